/// Threats on the clipboard, for any element of this or another model.
import { t } from '../../i18n/translate.svelte.ts';
import type { ThreatView } from '../../model/views.ts';
import { threatsText } from '../commands/clip/clip.ts';
import { isTyping } from '../commands/typing.ts';
import type { Editor } from '../editor.svelte.ts';

/** Whether a clipboard event is about a text: one that is marked, or being typed. */
export function isAboutText(event: ClipboardEvent): boolean {
  const marked = event.type !== 'paste' && document.getSelection()?.type === 'Range';
  return marked || isTyping(document.activeElement);
}

/** Answers `copy` with threats. */
export function copyThreats(event: ClipboardEvent, editor: Editor, threats: readonly ThreatView[]): void {
  if (threats.length === 0 || !event.clipboardData) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', threatsText(threats));
  editor.announce(t('threats.copied', { count: threats.length }));
}
