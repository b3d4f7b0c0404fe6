/// How wide names are and how they are broken into lines, estimated without a browser.

export const FONT_SIZE = 14;
/** From one line to the next, as a part of the font size: lines of the files' own editor are set solid. */
export const LINE_HEIGHT = 1;

export interface TextBlock {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Characters by their width in thousandths of the font size: Arial, and Liberation Sans that is as wide. */
const WIDTHS: readonly (readonly [number, string])[] = [
  [191, "'"],
  [222, 'ijl'],
  [260, '|'],
  [278, ' !,./:;[\\]ftI'],
  [333, '()-`r'],
  [334, '{}'],
  [355, '"'],
  [389, '*'],
  [469, '^'],
  [500, 'ckvxyszJ'],
  [556, '0123456789#$?_Labdeghnopqu'],
  [584, '+<=>~'],
  [611, 'FTZ'],
  [667, '&ABEKPSVXY'],
  [722, 'wCDHNRU'],
  [778, 'GOQ'],
  [833, 'mM'],
  [889, '%'],
  [944, 'W'],
  [1015, '@'],
];
const DEFAULT_WIDTH = 0.6;

const advances = new Map(
  WIDTHS.flatMap(([width, characters]) =>
    Array.from(characters, (character): [string, number] => [character, width / 1000]),
  ),
);

/** Marks that are set over the letter before them, and characters that are not seen. */
const UNSEEN = /\p{Mark}|\p{Cf}|\p{Cc}/u;
/** Characters as wide as high: those of Chinese, Japanese and Korean, wide forms, pictographs. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export function textWidth(text: string, size: number = FONT_SIZE): number {
  let ems = 0;
  for (const character of text) ems += advance(character);
  return ems * size;
}

function advance(character: string): number {
  const known = advances.get(character);
  if (known !== undefined) return known;
  if (UNSEEN.test(character)) return 0;
  return WIDE.test(character) ? 1 : DEFAULT_WIDTH;
}

/** The lines of a text as they stand in it. */
export function lines(text: string, size: number = FONT_SIZE): TextBlock {
  return block(text === '' ? [] : text.split(/\r\n|\r|\n/), size);
}

/**
 * The lines of a text; a line wider than `width` is broken between words, and within a word only where
 * the word alone is too wide.
 */
export function wrap(text: string, width: number, size: number = FONT_SIZE): TextBlock {
  const written = lines(text, size);
  if (written.width <= width) return written;
  return block(
    written.lines.flatMap((line) => broken(line, width, size)),
    size,
  );
}

function block(found: readonly string[], size: number): TextBlock {
  const width = found.reduce((widest, line) => Math.max(widest, textWidth(line, size)), 0);
  return { lines: found, width, height: found.length * size * LINE_HEIGHT };
}

function broken(line: string, width: number, size: number): string[] {
  if (textWidth(line, size) <= width) return [line];
  const found: string[] = [];
  let current = '';
  for (const word of line.split(/\s+/).filter((part) => part !== '')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (textWidth(longer, size) <= width) {
      current = longer;
      continue;
    }
    if (current !== '') found.push(current);
    const pieces = cut(word, width, size);
    found.push(...pieces.slice(0, -1));
    current = pieces.at(-1) ?? '';
  }
  if (current !== '') found.push(current);
  return found;
}

/** A word in pieces no wider than `width`, each of at least one letter. */
function cut(word: string, width: number, size: number): string[] {
  const pieces: string[] = [];
  let current = '';
  for (const letter of letters(word)) {
    if (current !== '' && textWidth(current + letter, size) > width) {
      pieces.push(current);
      current = '';
    }
    current += letter;
  }
  pieces.push(current);
  return pieces;
}

/** Letters with the marks over them, so that no mark loses its letter. */
function letters(word: string): string[] {
  return word.match(/\P{Mark}\p{Mark}*|\p{Mark}+/gu) ?? [];
}
