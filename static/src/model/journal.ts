/// The steps of a history as text and back, so that they outlive the page.
import type { Step } from './history.ts';
import { asNumber, asText, get, isArray, isObject, items, type Json } from './json/node.ts';
import { parse } from './json/parse.ts';
import { operationOf, operationText, UnknownForm } from './operation-form.ts';

const written = new WeakMap<Step, string>();

/** Steps as JSON. What has been written before is not written again. */
export function stepsToText(steps: readonly Step[]): string {
  return `[${steps.map(stepText).join(',')}]`;
}

function stepText(step: Step): string {
  let text = written.get(step);
  if (text === undefined) {
    const key = step.key === undefined ? '' : `"key":${quoted(step.key)},`;
    const operations = step.operations.map(operationText).join(',');
    text = `{"name":${quoted(step.name)},"at":${step.at},${key}"operations":[${operations}]}`;
    written.set(step, text);
  }
  return text;
}

/** Half of a character, which no text can hold, becomes the sign for what cannot be read. */
function quoted(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

/** The steps that a text holds. @throws {JsonError | UnknownForm} when it is not one that this app writes */
export function stepsFromText(text: string): Step[] {
  const { root } = parse(text);
  if (!isArray(root)) throw new UnknownForm('A history is a list of steps.');
  return items(root).map(stepOf);
}

/** The first steps of a text, up to one that cannot be read. @throws {JsonError} */
export function soundSteps(text: string): Step[] {
  const steps: Step[] = [];
  for (const node of items(parse(text).root)) {
    try {
      steps.push(stepOf(node));
    } catch {
      break;
    }
  }
  return steps;
}

function stepOf(node: Json): Step {
  const [name, at, key] = [asText(get(node, 'name')), asNumber(get(node, 'at')), get(node, 'key')];
  const operations = get(node, 'operations');
  if (!isObject(node) || name === undefined || at === undefined || !Number.isFinite(at) || !isArray(operations)) {
    throw new UnknownForm('A step has a name, a time and operations.');
  }
  const step = { name, at, operations: items(operations).map(operationOf) };
  if (key === undefined) return step;
  const word = asText(key);
  if (word === undefined) throw new UnknownForm('The key of a step is a text.');
  return { ...step, key: word };
}
