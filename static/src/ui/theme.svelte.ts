/// Light or dark: as the system has it, or as the person has chosen. The colours follow `color-scheme`, see
/// styles/tokens.css.
import { keep, recall } from '../kept.ts';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEPT = 'theme';

let theme: Theme = $state(THEMES.find((each) => each === recall(KEPT)) ?? 'system');

export function shownTheme(): Theme {
  return theme;
}

/** Before anything is drawn, so that nothing is seen in other colours first. */
export function showTheme(): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function chooseTheme(chosen: Theme): void {
  theme = chosen;
  keep(KEPT, chosen === 'system' ? null : chosen);
  showTheme();
}
