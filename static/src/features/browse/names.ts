/// What a branch and a model may be called: the rules of the server, told while somebody types.
import type { Problem } from '../../api/problem.ts';
import type { MessageKey } from '../../i18n/message-key.ts';

/** The longest name, in bytes of UTF-8. */
const BYTES_MAX = 240;

const CONTROL = /[\p{Cc}\u2028\u2029\ufeff]/u;
const REORDERS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** Names that git, or a host of repositories, has for itself. */
const GITS_OWN = /^(\.git|\.gitmodules|\.gitattributes|\.gitignore|\.mailmap|\.github|\.gitlab)$|^git~\d+$/i;
/** Devices of Windows, whatever extension they have. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])\s*([.:]|$)/i;

/** What is wrong with a name for a branch, git-check-ref-format(1); null when nothing is. */
export function branchFault(name: string): MessageKey | null {
  const parts = name.split('/');
  if (name === '') return 'browse.name-empty';
  if (isLong(name)) return 'browse.name-long';
  if (CONTROL.test(name) || REORDERS.test(name)) return 'browse.name-hidden';
  if (/[ ~^:?*[\\]/.test(name)) return 'browse.branch-signs';
  if (name.includes('..') || name.includes('@{')) return 'browse.branch-pairs';
  if (name.startsWith('-') || name === '@') return 'browse.branch-begin';
  if (parts.includes('')) return 'browse.branch-slashes';
  if (parts.some((part) => part.startsWith('.') || part.endsWith('.'))) return 'browse.branch-stops';
  if (parts.some(isLock)) return 'browse.name-lock';
  if (/^refs\/|^HEAD$|_HEAD$/.test(name)) return 'browse.name-taken-by-git';
  return /^[0-9a-f]{40}$/i.test(name) ? 'browse.branch-commit' : null;
}

/** What is wrong with a name for a model, which is a folder's and a file's too; null when nothing is. */
export function modelNameFault(name: string): MessageKey | null {
  if (name === '') return 'browse.name-empty';
  if (isLong(name)) return 'browse.name-long';
  if (CONTROL.test(name) || REORDERS.test(name)) return 'browse.name-hidden';
  if (/[/\\]/.test(name)) return 'browse.model-slash';
  if (/^\s|\s$/.test(name)) return 'browse.model-spaces';
  if (name.endsWith('.')) return 'browse.model-stop';
  if (isLock(name)) return 'browse.name-lock';
  if (GITS_OWN.test(name.replace(/[. ]+$/, ''))) return 'browse.name-taken-by-git';
  return DEVICE.test(name) ? 'browse.model-device' : null;
}

/** Whether a call has failed because there is something of this name already. */
export function isTaken({ status, code }: Problem): boolean {
  return status === 409 || code === 'already_exists';
}

/** What is told at the field of a name that the server has not taken; null when it has failed for something else. */
export function nameRefusal(refused: Problem, taken: MessageKey): MessageKey | null {
  if (isTaken(refused)) return taken;
  return refused.status === 422 ? 'browse.name-refused' : null;
}

function isLong(name: string): boolean {
  return new TextEncoder().encode(name).length > BYTES_MAX;
}

function isLock(part: string): boolean {
  return /\.lock$/i.test(part);
}
