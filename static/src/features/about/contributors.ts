/// The people who have contributed to a model, as a list that is edited. What else the file says of one of them stays.
import { append, remove } from '../../model/json/edit.ts';
import { layoutOf } from '../../model/json/layout.ts';
import { at, Container, isArray, type Json } from '../../model/json/node.ts';
import type { Document } from '../../model/document.ts';
import type { NewValue } from '../../model/operation.ts';

/** What separates names that are typed or pasted. */
const BETWEEN = /[,;\n\r\t]+/;

export function namesIn(text: string): readonly string[] {
  const names = text.split(BETWEEN).map((name) => name.replace(/\s+/g, ' ').trim());
  return [...new Set(names)].filter((name) => name !== '');
}

/** The list as it is with these behind it. */
export function withAdded(document: Document, names: readonly string[]): NewValue {
  const list = listOf(document);
  if (!list) return names.map((name) => ({ name }));
  const layout = layoutOf(list);
  return names.reduce<Json>((node, name) => append({ layout, node, place: null }, [], { name }), list);
}

export function without(document: Document, index: number): NewValue {
  const list = listOf(document);
  return list ? remove({ layout: layoutOf(list), node: list, place: null }, [index]) : [];
}

/** The list with one of them at another place; the white space stays where it is. */
export function withMoved(document: Document, from: number, to: number): NewValue {
  const list = listOf(document);
  if (!list) return [];
  const values = list.parts.map(({ value }) => value);
  const [mover] = values.splice(from, 1);
  const moved = mover ? values.toSpliced(to, 0, mover) : values;
  return new Container(
    'array',
    list.parts.map((part, index) => ({ ...part, value: moved[index] ?? part.value })),
    list.tail,
  );
}

function listOf({ root }: Document): Container | undefined {
  const list = at(root, 'detail', 'contributors');
  return isArray(list) ? list : undefined;
}
