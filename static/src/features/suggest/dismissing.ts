/// What is kept of suggestions that somebody does not want: in the element's own data, by rule, with the reason.
import type { Document } from '../../model/document.ts';
import { ensureObject, remove, set } from '../../model/json/edit.ts';
import { isEmpty } from '../../model/json/equal.ts';
import { fromPlain } from '../../model/json/layout.ts';
import { asText, at, get, isObject, type Json } from '../../model/json/node.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView } from '../../model/views.ts';
import { byElement } from './arrange.ts';
import type { Offer } from './offer.ts';

/** Why an element's suggestion of a rule was dismissed; null where it was not. */
export function dismissalOf(cell: CellView, rule: string): string | null {
  const found = at(cell.node, 'data', 'wyvern', 'dismissed', rule);
  return found === undefined ? null : (asText(found) ?? '');
}

/** Dismisses these, for one reason. */
export function dismissal(document: Document, offers: readonly Offer[], reason: string): Operation[] {
  const spot = { layout: document.layout, place: null };
  return byCell(offers).flatMap(([place, own, rules]) => {
    const start = ensureObject({ ...spot, node: own }, ['dismissed']);
    const value = rules.reduce((node, rule) => set({ ...spot, node }, ['dismissed', rule], reason), start);
    return [{ type: 'setCellField', ...place, key: 'wyvern', value }];
  });
}

/** Takes the dismissal of these back, with what is left empty by it. */
export function restoration(document: Document, offers: readonly Offer[]): Operation[] {
  const spot = { layout: document.layout, place: null };
  return byCell(offers).flatMap(([place, own, rules]): Operation[] => {
    const left = rules.reduce((node, rule) => remove({ ...spot, node }, ['dismissed', rule]), own);
    const dismissed = get(left, 'dismissed');
    const value = dismissed && isEmpty(dismissed) ? remove({ ...spot, node: left }, ['dismissed']) : left;
    if (!isEmpty(value)) return [{ type: 'setCellField', ...place, key: 'wyvern', value }];
    // No operation takes a member away, but unlocking does where nothing else is left.
    return [
      { type: 'setCellField', ...place, key: 'wyvern', value: { locked: true } },
      { type: 'lockCell', ...place, locked: false },
    ];
  });
}

type OfCell = readonly [place: { diagram: number; cell: string }, own: Json, rules: readonly string[]];

/** By cell: what it has of this app's own, and the rules of its offers. */
function byCell(offers: readonly Offer[]): OfCell[] {
  return byElement(offers).map(({ diagram, cell, offers: of }) => {
    const own = at(cell.node, 'data', 'wyvern');
    const rules = of.flatMap(({ rule }) => rule?.id ?? []);
    return [{ diagram: diagram.id ?? 0, cell: cell.id }, isObject(own) ? own : fromPlain({}), rules];
  });
}
