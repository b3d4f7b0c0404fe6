import { expect, test } from 'vitest';
import { editorOf, node } from '../../editor/commands/fixture.ts';
import { typeChoice, usualType } from '../../editor/panes/threat.ts';
import type { OwnMethodology } from '../../model/own-methodology.ts';
import { kept } from '../library/fixture.ts';
import { commonTypes } from '../threats/bulk.ts';
import { rowsOf } from '../threats/rows.ts';
import { offersFromLibrary } from './from-library.ts';
import { elementsIn, offersByCategory } from './offer.ts';

/** "Manipulation" is what French calls tampering: here it is a word of the team. */
const PUMP: OwnMethodology = {
  id: 'Pump',
  name: 'Pump safety',
  categories: { actor: [], process: ['Wear', 'Manipulation'], store: [], flow: ['Leak'] },
};
const OWN = [PUMP];
const ALL = { diagram: null, elements: null };

function station() {
  const worn = { id: 't', title: 'T', type: 'Manipulation', status: 'Open', severity: 'Low', modelType: 'Pump' };
  const editor = editorOf([
    node('process', 'pump', { x: 0, y: 0 }, { data: { threats: [worn] } }),
    node('store', 'tank', { x: 300, y: 0 }),
  ]);
  editor.do('Retype', [{ type: 'setDiagramField', diagram: 7, key: 'diagramType', value: 'Pump' }]);
  return editor;
}

test('by category its words are offered that the element has no threat of, as they are', () => {
  const offers = offersByCategory(station().document, ALL, OWN);
  expect(
    offers.map(({ cell, category, methodology, wording }) => [cell.id, category, methodology, wording.title]),
  ).toEqual([['pump', 'Wear', 'Pump', 'Wear']]);
});

test('the form of a threat offers its words, and so does what is done to many', () => {
  const { document, diagram } = station();
  const pump = diagram.cell('pump');
  const [threat] = pump?.threats ?? [];
  if (!pump || !threat) throw new Error('there is no threat');
  expect(typeChoice(threat, pump, diagram, OWN)).toEqual({
    value: 'Manipulation',
    groups: [
      {
        title: '',
        choices: [
          { value: 'Wear', text: 'Wear' },
          { value: 'Manipulation', text: 'Manipulation' },
        ],
      },
    ],
  });
  expect(usualType(pump, diagram, OWN)).toBe('Wear');
  expect(commonTypes(rowsOf(document), OWN).map(({ text }) => text)).toEqual(['Wear', 'Manipulation']);
});

test('an entry of the library has its category, or one is chosen from its words', () => {
  const [pump, tank] = elementsIn(station().document, ALL);
  if (!pump || !tank) throw new Error('there are no elements');
  const entries = [kept('a/said', { categories: { Pump: 'Wear' } }), kept('a/unsaid')];
  const [said, unsaid] = offersFromLibrary(entries, pump, OWN);
  expect([said?.category, said?.choices]).toEqual(['Wear', []]);
  expect([unsaid?.category, unsaid?.choices[0]?.words]).toEqual(['Wear', ['Wear', 'Manipulation']]);
  expect(offersFromLibrary(entries, tank, OWN)[1]).toMatchObject({ category: '', methodology: 'Pump' });
});
