/// What is different between two texts, word by word.

/** A run of text, and whether it stands in both, only in the older, or only in the newer. */
export interface Run {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** How many pairs of words are compared at most; beyond, what lies between the first and last difference is told whole. */
const PAIRS_MAX = 1_000_000;

/** The runs of both texts in one row. */
export function wordwise(before: string, after: string): readonly Run[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const start = commonStart(old, now);
  const end = commonEnd(old, now, start);
  const [oldMiddle, nowMiddle] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  const isTooMuch = oldMiddle.length * nowMiddle.length > PAIRS_MAX;
  return joined([
    ...old.slice(0, start).map(as('same')),
    ...(isTooMuch ? replaced(oldMiddle, nowMiddle) : compared(oldMiddle, nowMiddle)),
    ...old.slice(old.length - end).map(as('same')),
  ]);
}

/** Words, spaces and other signs; of scripts that do not part words, single characters. */
const WORDS =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}_])+|\s+|[^]/gu;

function wordsOf(text: string): readonly string[] {
  return text.match(WORDS) ?? [];
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}

/** Without what the common start has already. */
function commonEnd(one: readonly string[], other: readonly string[], start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let length = 0;
  while (length < most && one[one.length - 1 - length] === other[other.length - 1 - length]) length += 1;
  return length;
}

const as =
  (kind: Run['kind']) =>
  (text: string): Run => ({ text, kind });

function replaced(old: readonly string[], now: readonly string[]): readonly Run[] {
  return [...old.map(as('removed')), ...now.map(as('added'))];
}

/** A word counts for more than the spaces and signs around it: so texts meet in words. */
function weight(word = ''): number {
  return /[\p{L}\p{N}]/u.test(word) ? 4 : 1;
}

/** Along a longest common subsequence. */
function compared(old: readonly string[], now: readonly string[]): readonly Run[] {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + weight(old[row])
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const runs: Run[] = [];
  let [row, column] = [0, 0];
  while (row < old.length && column < now.length) {
    const [oldWord, nowWord] = [old[row] ?? '', now[column] ?? ''];
    if (oldWord === nowWord) {
      runs.push({ text: oldWord, kind: 'same' });
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      runs.push({ text: oldWord, kind: 'removed' });
      row += 1;
    } else {
      runs.push({ text: nowWord, kind: 'added' });
      column += 1;
    }
  }
  return [...runs, ...replaced(old.slice(row), now.slice(column))];
}

/** Neighbours of one kind as one. */
function joined(runs: readonly Run[]): readonly Run[] {
  const whole: { kind: Run['kind']; texts: string[] }[] = [];
  for (const { kind, text } of runs) {
    const last = whole.at(-1);
    if (last?.kind === kind) last.texts.push(text);
    else whole.push({ kind, texts: [text] });
  }
  return whole.map(({ kind, texts }) => ({ kind, text: texts.join('') }));
}

/** How much of a text that stands in both is shown on either side, and how much of any other, in characters. */
const AROUND = 120;
const MOST = 4000;

/** The runs without what is far from any difference. */
export function excerpt(runs: readonly Run[]): readonly Run[] {
  return runs.map((run, index) => {
    const { text, kind } = run;
    const most = kind === 'same' ? 2 * AROUND : MOST;
    if (text.length <= most + 1) return run;
    const start = kind === 'same' && index === 0 ? '' : cutAt(text, 0, most / 2);
    const end = kind === 'same' && index === runs.length - 1 ? '' : cutAt(text, text.length - most / 2, text.length);
    return { kind, text: `${start}…${end}` };
  });
}

/** A part of a text that begins and ends between characters. */
function cutAt(text: string, start: number, end: number): string {
  return text.slice(start, end).replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '');
}
