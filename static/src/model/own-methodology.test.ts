import { expect, test } from 'vitest';
import { categoriesOf } from './categories.ts';
import { categoriesIn, ownOf, type OwnMethodology } from './own-methodology.ts';

const PUMP: OwnMethodology = {
  id: 'Pump',
  name: 'Pump safety',
  categories: { actor: ['Strain'], process: ['Wear', 'Strain'], store: [], flow: ['Leak'] },
};

test('a diagram of an own methodology has its categories, by kind of element', () => {
  expect(categoriesIn('Pump', 'process', [PUMP])).toEqual([
    { title: 'Pump safety', words: ['Wear', 'Strain'], isOwn: true },
  ]);
  expect(categoriesIn('Pump', 'store', [PUMP])[0]?.words).toEqual([]);
});

test('without it the diagram offers what one of an unknown methodology does', () => {
  expect(categoriesIn('Pump', 'flow', [])).toEqual(categoriesOf(null, 'flow'));
  expect(categoriesIn('pump', 'flow', [PUMP])).toEqual(categoriesOf(null, 'flow'));
});

test('none takes the place of one that everybody knows', () => {
  const stride = { ...PUMP, id: 'stride' };
  expect(ownOf('stride', [stride])).toBeUndefined();
  expect(categoriesIn('stride', 'flow', [stride])).toEqual(categoriesOf('STRIDE', 'flow'));
  expect(ownOf('Pump', [PUMP, { ...PUMP, name: 'Again' }])?.name).toBe('Pump safety');
});
