import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { History, type Step } from '../../model/history.ts';
import { laterSteps, leadingTo } from './rebase.ts';

const shop = (title: string, owner = '') =>
  Document.parse(`{"version":"2.0","summary":{"title":"${title}","owner":"${owner}"},"detail":{"diagrams":[]}}`);
const base = shop('Shop');

function added(title: string): Step {
  return { name: `Add ${title}`, at: 0, operations: [{ type: 'addDiagram', diagram: { title, cells: [] } }] };
}

const renamed: Step = { name: 'Rename', at: 0, operations: [{ type: 'setSummaryField', key: 'title', value: 'New' }] };
const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

test('what was sent is not done again, and what was undone since stays undone', () => {
  const sent = History.of(base).do(added('A')).do(added('B'));
  expect(names(laterSteps(sent, sent))).toEqual([]);
  expect(names(laterSteps(sent, sent.do(added('C')).do(added('D')).undo()))).toEqual(['Add C']);
  expect(names(laterSteps(sent.undo(), sent))).toEqual(['Add B']);
});

test('steps can be undone after a merge where they lead to what was merged', () => {
  const start = History.of(base);
  const now = start.do(renamed);
  const found = leadingTo(shop('New', 'They'), shop('Shop', 'They'), start, now);
  expect([names(found.steps), found.document.text()]).toEqual([['Rename'], shop('New', 'They').text()]);
  expect(found.undo().document.text()).toBe(shop('Shop', 'They').text());
});

test('where they lead to something else, do not fit or are not known, what was merged has no steps', () => {
  const start = History.of(base);
  const lost: Step = {
    name: 'Lost',
    at: 0,
    operations: [{ type: 'setDiagramField', diagram: 9, key: 'title', value: '' }],
  };
  const fits = start.do(added('A'));
  const merged = shop('Other', 'They');
  for (const [since, now] of [
    [start, start.do(renamed)],
    [null, start.do(renamed)],
    [start, fits],
  ] as const) {
    expect(leadingTo(merged, base, since, now)).toEqual(History.of(merged));
  }
  const refused = { steps: [lost], done: 1 } as unknown as History;
  expect(leadingTo(merged, base, start, refused).steps).toEqual([]);
});
