/// The methodology of a diagram, as a choice: what the file says is always among the choices.
import { METHODOLOGIES, METHODOLOGY_NAMES, methodologyOf } from '../../model/categories.ts';
import type { Choice } from './field.ts';

export function typeChoices(now: string): Choice[] {
  const choices: Choice[] = METHODOLOGIES.map((value) => ({ value, text: METHODOLOGY_NAMES[value] }));
  return methodologyOf(now) === null ? [...choices, { value: now, text: now || 'Not said' }] : choices;
}

/** The choice that stands for what the file says. */
export function chosenType(now: string): string {
  return methodologyOf(now) ?? now;
}
