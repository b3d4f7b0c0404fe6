import { expect, test } from 'vitest';
import UndoNotice from '../canvas/UndoNotice.svelte';
import { shopEditor } from './fixture.ts';
import { button, click, control, enter, show, settled, textOf } from './shown.ts';
import Threats from './Threats.svelte';

function shop(...selected: string[]) {
  const editor = shopEditor();
  editor.selection.only(...selected);
  show(Threats, { editor });
  show(UndoNotice, { editor });
  return editor;
}

const heads = () => [...document.querySelectorAll<HTMLElement>('button[aria-expanded]')];

test('each threat is told with number, title, severity, status and type', () => {
  shop('api');
  expect(heads().map(textOf)).toEqual(['#1 A stranger pays H High Open Spoofing', '#2 Ruse H High Perhaps Usurpation']);
});

test('a new threat opens with its title selected', async () => {
  const editor = shop('api');
  await click(button('Add a threat'));
  const added = editor.diagram.cell('api')?.threats.at(-1);
  expect(added).toMatchObject({ number: 4, title: 'New threat', type: 'Tampering', status: 'Open' });
  expect(document.activeElement).toBe(control('Title'));
  await enter(control('Title'), 'Prices are changed');
  expect(editor.diagram.cell('api')?.threats.at(-1)?.title).toBe('Prices are changed');
});

test('all of a threat is edited where it stands', async () => {
  const editor = shop('api');
  await click(heads()[1] ?? document.body);
  const edit = {
    Type: 'Tampering',
    Status: 'Mitigated',
    Severity: 'Low',
    Score: '3.1',
    Description: 'How',
    Mitigation: 'What\nelse',
  };
  for (const [label, value] of Object.entries(edit)) await enter(control(label), value);
  expect(editor.diagram.cell('api')?.threats[1]).toMatchObject({
    title: 'Ruse',
    type: 'Tampering',
    status: 'Mitigated',
    severity: 'Low',
    description: 'How',
    mitigation: 'What\nelse',
  });
  expect(control('Score').value).toBe('3.1');
  expect(editor.history.steps).toHaveLength(6);
});

test('a word that is not known is kept while others are edited', async () => {
  shop('api');
  await click(heads()[1] ?? document.body);
  expect(control('Type').value).toBe('Usurpation');
  expect(control('Status').value).toBe('Perhaps');
});

test('what is deleted can be got back, until something else is done', async () => {
  const editor = shop('api');
  await click(heads()[0] ?? document.body);
  await click(button('Delete threat'));
  expect(heads()).toHaveLength(1);
  expect(document.activeElement).toBe(heads()[0]);
  expect(editor.said.text).toBe('Deleted threat A stranger pays.');
  expect(textOf(document.querySelector('[role="group"]'))).toBe('Deleted threat A stranger pays. Undo ×');
  await click(button('Undo'));
  expect(heads()).toHaveLength(2);
  expect(document.querySelector('[role="group"]')).toBeNull();
  expect(editor.diagram.cell('api')?.threats[0]?.id).toBe('t1');
});

test('a threat is duplicated, and copied to another element', async () => {
  const editor = shop('api');
  await click(heads()[0] ?? document.body);
  await click(button('Duplicate'));
  expect(editor.diagram.cell('api')?.threats.map((threat) => threat.title)).toEqual([
    'A stranger pays',
    'Ruse',
    'A stranger pays',
  ]);
  const targets = [...control('Copy to').querySelectorAll('option')].map(textOf);
  expect(targets.toSorted()).toEqual(['Buyer', 'Order', 'Orders', 'Unnamed flow']);
  await enter(control('Copy to'), 'orders');
  await click(button('Copy'));
  expect(editor.diagram.cell('orders')?.threats).toMatchObject([{ id: 'new-2', number: 5, title: 'A stranger pays' }]);
});

test.each([
  ['inner', /boundaries have no threats/],
  ['keys', /out of scope/],
])('%s cannot get threats, and it is said why', (id, why) => {
  shop(id);
  expect(button('Add a threat').disabled).toBe(true);
  expect(textOf(document.body)).toMatch(why);
});

test('one element at a time is asked for', async () => {
  const editor = shop();
  expect(textOf(document.body)).toMatch(/Select an element/);
  editor.selection.only('api', 'orders');
  await settled();
  expect(textOf(document.body)).toMatch(/one element only/);
});

test('one goes from threat to threat', async () => {
  shop('api');
  await click(heads()[0] ?? document.body);
  expect(button('Previous threat').disabled).toBe(true);
  await click(button('Next threat'));
  expect(control('Title').value).toBe('Ruse');
  expect(document.activeElement).toBe(heads()[1]);
  expect(button('Next threat').disabled).toBe(true);
});

test('a category in another language is called by its name here, and stays in the file', async () => {
  const editor = shop('api');
  const type = { type: 'setThreatField', diagram: 0, cell: 'api', threat: 't1', key: 'type' } as const;
  editor.do('Another language', [{ ...type, value: "Usurpation d'identité" }]);
  await settled();
  expect(textOf(heads()[0])).toBe('#1 A stranger pays H High Open Spoofing');
  await click(heads()[0] ?? document.body);
  expect(control('Type').value).toBe('Spoofing');
  await enter(control('Title'), 'Again');
  expect(editor.diagram.cell('api')?.threats[0]?.type).toBe("Usurpation d'identité");
  await click(button('Add a threat'));
  expect(editor.diagram.cell('api')?.threats.at(-1)?.type).toBe('Tampering');
});

test('a threat of a game has a suit and a card, and the old ones go with the game', async () => {
  const editor = shop('api');
  const set = (key: string, value: string) =>
    ({ type: 'setThreatField', diagram: 0, cell: 'api', threat: 't1', key, value }) as const;
  editor.do('Play', [
    set('type', 'cornucopia'),
    { type: 'setDiagramField', diagram: 0, key: 'diagramType', value: 'EOP' },
  ]);
  await settled();
  await click(heads()[0] ?? document.body);
  await enter(control('Suit'), 'Cryptography');
  await enter(control('Card'), 'CR9');
  expect(document.querySelector('a')?.getAttribute('href')).toBe('https://cornucopia.owasp.org/cards/CR9');
  const node = () => JSON.parse(editor.diagram.cell('api')?.threats[0]?.node.raw ?? '');
  expect(node()).toMatchObject({ cardSuit: 'Cryptography', cardNumber: 'CR9' });
  await enter(control('Game'), 'cornucopia-companion');
  expect(node()).toMatchObject({ type: 'cornucopia-companion', cardSuit: '', cardNumber: '' });
  editor.undo();
  expect(node()).toMatchObject({ type: 'cornucopia', cardSuit: 'Cryptography', cardNumber: 'CR9' });
});
