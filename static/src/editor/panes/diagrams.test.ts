import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { tabsOf, unusedTitle } from './diagram-tabs.ts';
import { chosenType, typeChoices, withType } from './diagram-type.ts';
import { shopEditor } from './fixture.ts';

test('a diagram without an id of its own is there, but cannot be shown', () => {
  const text =
    '{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":1,"title":"A","cells":[]},{"id":1,"title":"B"},{"title":" "}]}}';
  const tabs = tabsOf(Document.parse(text));
  expect(tabs.map((tab) => [tab.title, tab.obstacle === ''])).toEqual([
    ['A', true],
    ['B', false],
    ['Untitled diagram', false],
  ]);
});

test('a new title is not yet taken', () => {
  const tabs = tabsOf(shopEditor().document);
  expect(unusedTitle(tabs, 'New diagram')).toBe('New diagram');
  expect(unusedTitle(tabs, 'Paying')).toBe('Paying 2');
});

test('a methodology that is not known stays among the choices; one in another language is known', () => {
  expect(typeChoices('PASTA', []).at(-1)).toEqual({ value: 'PASTA', text: 'PASTA' });
  expect(chosenType('PASTA')).toBe('PASTA');
  expect(typeChoices('Générique', [])).toHaveLength(7);
  expect(chosenType('Générique')).toBe('Generic');
  expect(chosenType('die')).toBe('CIADIE');
  expect(typeChoices('STRIDE', [])).toHaveLength(7);
});

test('the methodologies of the team are among the choices, each once; without its pack one shows its word', () => {
  const categories = { actor: [], process: ['Wear'], store: [], flow: [] };
  const own = [
    { id: 'Pump', name: 'Pump safety', categories },
    { id: 'Pump', name: 'A twin', categories },
    { id: 'STRIDE', name: 'Not it', categories },
  ];
  expect(typeChoices('STRIDE', own).slice(7)).toEqual([{ value: 'Pump', text: 'Pump safety' }]);
  expect(typeChoices('Pump', own).slice(7)).toEqual([{ value: 'Pump', text: 'Pump safety' }]);
  expect(typeChoices('Pump', []).slice(7)).toEqual([{ value: 'Pump', text: 'Pump' }]);
});

test('the usual picture follows the methodology; another one stays', () => {
  const { document } = shopEditor();
  const [paying, shipping] = document.diagrams;
  const keys = (view: typeof paying) =>
    view ? withType(view, 0, 'CIA').map((each) => ('key' in each ? [each.key, each.value] : [])) : [];
  expect(keys(paying)).toEqual([
    ['diagramType', 'CIA'],
    ['thumbnail', './public/content/images/thumbnail.cia.jpg'],
  ]);
  expect(keys(shipping)).toEqual([['diagramType', 'CIA']]);
});
