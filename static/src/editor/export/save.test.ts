import { expect, test } from 'vitest';
import { diagramOf } from '../geometry/vectors.ts';
import { diagramView } from '../../model/views.ts';
import { parse } from '../../model/json/parse.ts';
import { fileName } from './save.ts';

const named = (title: string) => diagramView(parse(JSON.stringify({ title })).root);

test.each([
  ['Main Request Data Flow', 'Main Request Data Flow.svg'],
  ['a/b\\c:d*e?"f<g>h|i', 'a b c d e f g h i.svg'],
  ['../..', 'diagram.svg'],
  ['', 'diagram.svg'],
  [' .hidden\n\u202egvs ', 'hidden gvs.svg'],
  ['\u{1f600}'.repeat(100), `${'\u{1f600}'.repeat(80)}.svg`],
])('%s is saved as %s', (title, name) => {
  expect(fileName(named(title), 'svg')).toBe(name);
});

test('a picture has the end of a picture', () => {
  expect(fileName(diagramOf([]), 'png')).toBe('Test.png');
});
