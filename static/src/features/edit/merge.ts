/// Merging in this page, where the person has said for each collision which side counts: what comes out is saved as
/// one commit upon theirs.
import type { Conflict } from '../../api/conflict.ts';
import { applyAll } from '../../model/apply/apply.ts';
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { asNumber, at } from '../../model/json/node.ts';
import type { Operation } from '../../model/operation.ts';
import { carried } from './carry.ts';
import { separatorOf } from './collision.ts';
import { joined, settled } from './settle.ts';

/** Whose value stays where two collide. */
export type Side = 'ours' | 'theirs' | 'both';

/** What both have made of `base`; at each conflict the side that stands at the same place in `sides`. */
export function mergedBy(
  [base, ours, theirs]: readonly [Document, Document, Document],
  conflicts: readonly Conflict[],
  sides: readonly Side[],
): Document {
  const by = (side: Side) => conflicts.filter((_, index) => sides[index] === side);
  const taken = settled(carried(base, ours, theirs), theirs, by('theirs'));
  const kept = settled(taken, ours, by('ours'));
  const whole = by('both').reduce((now, conflict) => joined(now, ours, theirs, conflict, separatorOf(conflict)), kept);
  return numbered(whole, theirs);
}

/** New threats of ours whose numbers others have given away meanwhile take numbers that are free. */
export function numbered(document: Document, theirs: Document): Document {
  const [all, known] = [threatsIn(document), threatsIn(theirs)];
  const ids = new Set(known.map(({ id }) => id));
  const numbers = new Set(known.flatMap(({ number }) => number ?? []));
  let top = Math.max(topOf(document), topOf(theirs));
  for (const { number } of all) top = Math.max(top, number ?? 0);
  const operations = all
    .filter(({ id, number }) => !ids.has(id) && number !== null && numbers.has(number))
    .map(({ diagram, cell, id }): Operation => {
      top += 1;
      return { type: 'setThreatField', diagram, cell, threat: id, key: 'number', value: top };
    });
  const renumbered = applyAll(document, operations);
  const isCounted = operations.length > 0 || topOf(document) < topOf(theirs);
  return isCounted ? withTop(renumbered, top) : renumbered;
}

function threatsIn(document: Document) {
  return document.diagrams.flatMap(({ id: diagram, cells }) =>
    cells.flatMap((cell) =>
      cell.threats.map(({ id, number }) => ({ diagram: diagram ?? -1, cell: cell.id, id, number })),
    ),
  );
}

function topOf(document: Document): number {
  return asNumber(at(document.root, 'detail', 'threatTop')) ?? 0;
}

function withTop(document: Document, top: number): Document {
  return document.with(set({ layout: document.layout, node: document.root, place: '' }, ['detail', 'threatTop'], top));
}
