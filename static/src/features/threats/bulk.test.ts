import { expect, test } from 'vitest';
import { threatsText } from '../../editor/commands/clip/clip.ts';
import { appended, commonTypes, copyAll, removeAll, setAll } from './bulk.ts';
import { editorOf } from './fixture.ts';
import { pasteThreats } from './paste.ts';
import { rowsOf } from './rows.ts';

function shop() {
  const editor = editorOf();
  const rows = () => rowsOf(editor.document);
  const row = (number: number) => {
    const found = rows().find(({ threat }) => threat.number === number);
    if (!found) throw new Error(`there is no threat ${number}`);
    return found;
  };
  return { editor, rows, row };
}

test('all get a value in one step; who has it already is left alone', () => {
  const { editor, rows, row } = shop();
  const before = editor.document.text();
  const operations = setAll([row(1), row(2), row(5)], 'status', 'Mitigated');
  expect(operations.map((each) => ('threat' in each ? each.threat : null))).toEqual(['t1', 't5']);
  editor.do('Set', operations);
  expect(
    rows()
      .filter(({ threat }) => threat.status === 'Mitigated')
      .map(({ threat }) => threat.number),
  ).toEqual([1, 2, 5]);
  editor.undo();
  expect(editor.document.text()).toBe(before);
});

test('a category in another language is the same, and its word stays', () => {
  const { row } = shop();
  expect(setAll([row(1), row(10)], 'type', 'Spoofing')).toEqual([]);
  expect(setAll([row(10)], 'type', 'Tampering')).toEqual([
    { type: 'setThreatField', diagram: 0, cell: 'api', threat: 't10', key: 'type', value: 'Tampering' },
  ]);
});

test('a mitigation goes behind what is there', () => {
  const { row } = shop();
  const operations = setAll([row(1), row(2)], 'mitigation', ({ threat }) => appended(threat.mitigation, 'Logged'));
  expect(operations.map((each) => ('value' in each ? each.value : null))).toEqual(['Logged', 'Signed\nLogged']);
});

test('the types that all can have are offered', () => {
  const { row } = shop();
  const words = (...numbers: number[]) => commonTypes(numbers.map(row), []).map(({ value }) => value);
  expect(words(3)).toEqual(['Spoofing', 'Repudiation']);
  expect(words(3, 4)).toEqual(['Repudiation']);
  expect(words(5)).toContain('Linkability');
  expect(words()).toEqual([]);
});

test('threats of several diagrams are copied to one element, and deleted', () => {
  const { editor, rows, row } = shop();
  const { diagram, cell } = row(4);
  editor.do(
    'Copy',
    copyAll([row(1), row(5)], { diagram, cell }, () => editor.world.newId()),
  );
  expect(
    rows()
      .filter((each) => each.cell.id === 'orders')
      .map(({ threat }) => [threat.number, threat.title]),
  ).toEqual([
    [4, 'Orders are read'],
    [21, 'A stranger pays'],
    [22, 'Parcels are followed'],
  ]);
  editor.do('Delete', removeAll([row(1), row(5), row(21)]));
  expect(rows().map(({ threat }) => threat.number)).toEqual([2, 10, 4, 22, 3]);
});

test('threats of the clipboard are pasted to elements of any diagram; anything else is refused', () => {
  const { editor, rows, row } = shop();
  const { diagram, cell } = row(5);
  const text = threatsText([row(1).threat]);
  expect(pasteThreats(editor, text, [{ diagram, cell }])).toBe(true);
  expect(rows().at(-1)).toMatchObject({ threat: { number: 21, title: 'A stranger pays', id: 'new-1' } });
  expect(editor.history.undoable?.name).toBe('Paste 1 threat to API');
  expect(pasteThreats(editor, '<script>', [{ diagram, cell }])).toBe(false);
  expect(editor.said.seen).toBe(true);
  expect(editor.history.steps).toHaveLength(1);
});
