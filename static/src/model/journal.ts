/// Operations as JSON text and back, so that a history can be kept. Values keep their tokens.
import { fromPlain } from './json/layout.ts';
import { asNumber, asText, Container, get, type Json, type JsonValue } from './json/node.ts';
import { parse } from './json/parse.ts';
import type { NewValue, Operation } from './operation.ts';
import type { Step } from './history.ts';

/** The members of operations whose value is any JSON, kept as nodes. */
const FREE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['setSummaryField', new Set(['value'])],
  ['setDiagramField', new Set(['value'])],
  ['setCellField', new Set(['value'])],
  ['setThreatField', new Set(['value'])],
  ['addDiagram', new Set(['diagram'])],
  ['addCell', new Set(['cell'])],
  ['addThreat', new Set(['threat'])],
]);

/** Reads one operation in its JSON form. The shape is taken on trust: this app has written it. */
export function operationOf(node: Json | undefined): Operation {
  const type = asText(get(node, 'type')) ?? '';
  const free = FREE.get(type);
  const members = (node instanceof Container ? node.parts : []).map(({ key, value }) => [
    key,
    free?.has(key) ? value : plainOf(value),
  ]);
  return Object.fromEntries(members) as unknown as Operation;
}

/** Steps as text. */
export function stepsToText(steps: readonly Step[]): string {
  const written = steps.map((step) => new Map<string, NewValue>(Object.entries(step) as [string, NewValue][]));
  return fromPlain(written as unknown as JsonValue).raw;
}

/** The steps that a text holds. @throws {JsonError | TypeError} when it holds something else */
export function stepsFromText(text: string): Step[] {
  const { root } = parse(text);
  if (!(root instanceof Container) || root.kind !== 'array') throw new TypeError('a history is a list of steps');
  return root.parts.map(({ value }) => stepOf(value));
}

function stepOf(node: Json): Step {
  const [name, at, operations] = [asText(get(node, 'name')), asNumber(get(node, 'at')), get(node, 'operations')];
  if (name === undefined || at === undefined || !(operations instanceof Container)) {
    throw new TypeError('a step has a name, a time and operations');
  }
  const key = asText(get(node, 'key'));
  const step = { name, at, operations: operations.parts.map((part) => operationOf(part.value)) };
  return key === undefined ? step : { ...step, key };
}

/** A value as plain data; only for the members of operations that are plain. */
function plainOf(node: Json): unknown {
  if (!(node instanceof Container)) return node.kind === 'number' ? Number(node.raw) : JSON.parse(node.raw);
  if (node.kind === 'array') return node.parts.map((part) => plainOf(part.value));
  return Object.fromEntries(node.parts.map((part) => [part.key, plainOf(part.value)]));
}
