/// What methodologies and categories of threats are called, in the person's language.
import { isDeck } from '../model/cards.ts';
import { categoryIn, METHODOLOGY_NAMES, type Methodology } from '../model/categories.ts';
import { shownLanguage, t } from './translate.svelte.ts';

/** "STRIDE", "EoP games". */
export function methodologyName(methodology: Methodology): string {
  return methodology === 'EOP' || methodology === 'Generic'
    ? t(`threats.methodology-${methodology}`)
    : METHODOLOGY_NAMES[methodology];
}

/** A category as the file has it, by its name in the person's language; a word that is not known stays. */
export function categoryName(word: string, methodology: Methodology | null): string {
  return isDeck(word) ? t(`threats.game-${word}`) : categoryIn(shownLanguage().tag, word, methodology);
}
