/// The methodology of a diagram, as a choice: what the file says is always among the choices.
import { methodologyName } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { METHODOLOGIES, methodologyOf } from '../../model/categories.ts';
import { asText, get } from '../../model/json/node.ts';
import { ownOf, type OwnMethodology } from '../../model/own-methodology.ts';
import { pictureOf } from '../../model/new-model.ts';
import type { Operation } from '../../model/operation.ts';
import type { DiagramView } from '../../model/views.ts';
import type { Choice } from './field.ts';

export function typeChoices(now: string, own: readonly OwnMethodology[]): Choice[] {
  const choices: Choice[] = [
    ...METHODOLOGIES.map((value) => ({ value, text: methodologyName(value) })),
    ...own.filter((each) => ownOf(each.id, own) === each).map(({ id, name }) => ({ value: id, text: name })),
  ];
  return methodologyOf(now) === null && !ownOf(now, own)
    ? [...choices, { value: now, text: now || t('panes.not-said') }]
    : choices;
}

/** The choice that stands for what the file says. */
export function chosenType(now: string): string {
  return methodologyOf(now) ?? now;
}

/** Sets the methodology, and the picture that other editors show for it, when the file has the usual one. */
export function withType(view: DiagramView, diagram: number, type: string): Operation[] {
  const usual = asText(get(view.node, 'thumbnail')) === pictureOf(view.type);
  const field = (key: string, value: string): Operation => ({ type: 'setDiagramField', diagram, key, value });
  return [field('diagramType', type), ...(usual ? [field('thumbnail', pictureOf(type))] : [])];
}
