/// The diagrams of a model as tabs. Operations name a diagram by its id, so one that has none, or that of
/// another before it, cannot be shown.
import { t } from '../../i18n/translate.svelte.ts';
import type { Document } from '../../model/document.ts';

export interface DiagramTab {
  readonly id: number | null;
  readonly title: string;
  /** Why it cannot be shown; empty when it can. */
  readonly obstacle: string;
}

export function tabsOf(document: Document): DiagramTab[] {
  return document.diagrams.map(({ id, title }, index) => {
    const isTaken = document.diagrams.findIndex((diagram) => diagram.id === id) < index;
    const obstacle = id === null ? t('panes.no-id') : isTaken ? t('panes.id-taken') : '';
    return { id, title: title.trim() || t('panes.untitled'), obstacle };
  });
}

/** The title, with a number behind it when another diagram has it. */
export function unusedTitle(tabs: readonly DiagramTab[], title: string): string {
  const titles = new Set(tabs.map((tab) => tab.title));
  let number = 1;
  const candidate = () => (number === 1 ? title : `${title} ${number}`);
  while (titles.has(candidate())) number += 1;
  return candidate();
}
