import { expect, test } from 'vitest';
import { asText, get } from '../../model/json/node.ts';
import { shopEditor } from './fixture.ts';
import {
  copyOf,
  scoreOf,
  severityChoice,
  statusChoice,
  statusName,
  typeChoice,
  usualType,
  whyNoThreats,
} from './threat.ts';

function shop() {
  const editor = shopEditor();
  const cell = editor.diagram.cell('api');
  const [first, second] = cell?.threats ?? [];
  if (!cell || !first || !second) throw new Error('the model has two threats to the API');
  return { editor, cell, first, second };
}

test('the known words are offered, whatever their case in the file', () => {
  const { first } = shop();
  expect(severityChoice(first)).toMatchObject({ value: 'High', groups: [{ title: '' }] });
  expect(statusChoice(first).value).toBe('Open');
});

test('a word that is not known stays, and can be chosen', () => {
  const { editor, cell, second } = shop();
  const type = typeChoice(second, cell, editor.diagram, []);
  expect(type.value).toBe('Usurpation');
  expect(type.groups.at(-1)).toEqual({
    title: 'As in the file',
    choices: [{ value: 'Usurpation', text: 'Usurpation' }],
  });
  expect(type.groups[0]?.choices.map((choice) => choice.value)).toContain('Elevation of privilege');
  expect(statusChoice(second).value).toBe('Perhaps');
  expect(statusName(second)).toBe('Perhaps');
});

test('a score that is a number is read, too', () => {
  expect(scoreOf(shop().first)).toBe('7');
});

test('a new threat has the category that the element has least', () => {
  const { editor, cell } = shop();
  expect(usualType(cell, editor.diagram, [])).toBe('Tampering');
});

test('it is said why something has no threats', () => {
  const { editor } = shop();
  const why = (id: string) => editor.diagram.cells.filter((cell) => cell.id === id).map(whyNoThreats)[0];
  expect(why('api')).toBeNull();
  expect(why('order')).toBeNull();
  expect(why('inner')).toMatch(/boundaries/);
  expect(why('line')).toMatch(/boundaries/);
  expect(why('keys')).toMatch(/out of scope/);
});

test('a copy has another id and all else', () => {
  const { editor, first } = shop();
  const copy = copyOf(first, 'copy', editor.document);
  expect(asText(get(copy, 'id'))).toBe('copy');
  expect(get(copy, 'score')?.raw).toBe('7');
  expect(asText(get(copy, 'title'))).toBe('A stranger pays');
});
