import { expect, test } from 'vitest';
import { excerpt, wordwise } from './wordwise.ts';

/** `same [-removed-] {+added+}` */
function shown(before: string, after: string): string {
  return wordwise(before, after)
    .map(({ text, kind }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join('');
}

test.each([
  ['', '', ''],
  ['one', 'one', 'one'],
  ['', 'new', '{+new+}'],
  ['old', '', '[-old-]'],
  ['the red door', 'the blue door', 'the [-red-]{+blue+} door'],
  ['ask the bank, always', 'ask the old bank', 'ask the {+old +}bank[-, always-]'],
  ['größer', 'größe', '[-größer-]{+größe+}'],
  ['脅威の分析', '脅威の検討', '脅威の[-分析-]{+検討+}'],
  ['a\nb', 'a\n\nb', 'a[-\n-]{+\n\n+}b'],
  ['<b>x</b>', '<b>y</b>', '<b>[-x-]{+y+}</b>'],
  ['👩‍🚒 שלום', '👩‍🚒 עולם', '👩‍🚒 [-שלום-]{+עולם+}'],
])('%j to %j', (before, after, expected) => {
  expect(shown(before, after)).toBe(expected);
});

test('each side can be read out of the runs', () => {
  const before = 'If a stranger has the key, they may open the vault.';
  const after = 'Whoever has the old key may open it: the vault is open.';
  const side = (without: string) =>
    wordwise(before, after)
      .filter(({ kind }) => kind !== without)
      .map(({ text }) => text)
      .join('');
  expect(side('added')).toBe(before);
  expect(side('removed')).toBe(after);
});

test('texts too long to be compared are told as replaced, but for their ends', () => {
  const long = (word: string) => `same ${`${word} `.repeat(2000)}end`;
  expect(wordwise(long('old'), long('new')).map(({ kind, text }) => [kind, text.length])).toEqual([
    ['same', 5],
    ['removed', 7999],
    ['added', 7999],
    ['same', 4],
  ]);
});

test('what is far from any difference is left out', () => {
  const same = 'word '.repeat(200);
  const shown = excerpt(wordwise(`${same}old ${same}end`, `${same}new ${same}END`));
  expect(shown.map(({ kind, text }) => [kind, text.length, text.indexOf('…')])).toEqual([
    ['same', 121, 0],
    ['removed', 3, -1],
    ['added', 3, -1],
    ['same', 241, 120],
    ['removed', 3, -1],
    ['added', 3, -1],
  ]);
  expect(excerpt([{ kind: 'added', text: '👩'.repeat(5000) }])[0]?.text).toBe(
    `${'👩'.repeat(1000)}…${'👩'.repeat(1000)}`,
  );
  expect(
    excerpt([
      { kind: 'same', text: `a${'👩'.repeat(500)}` },
      { kind: 'added', text: 'x' },
    ])[0]?.text,
  ).toBe(`…${'👩'.repeat(60)}`);
});
