/// What can be the first line of a commit's message; the server holds to the same.
import type { MessageKey } from '../../i18n/message-key.ts';

/** In bytes of UTF-8. */
const LENGTH_MAX = 1000;
/** How lines begin at which git takes a message to end. */
const ENDS = ['---', '# --'];

/** Why it cannot be one, as a message; null when it can, or is empty. */
export function messageFault(text: string): MessageKey | null {
  const line = text.trim();
  if (new TextEncoder().encode(line).length > LENGTH_MAX) return 'edit.message-too-long';
  if (/[\p{Cc}\u2028\u2029]/u.test(line)) return 'edit.message-lines';
  return ENDS.some((end) => line.startsWith(end)) ? 'edit.message-ends' : null;
}
