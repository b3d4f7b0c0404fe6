/// What went wrong with a call, in words for a person.
import { formatClock } from '../i18n/format.ts';
import type { MessageKey } from '../i18n/message-key.ts';
import { t } from '../i18n/translate.svelte.ts';
import { conflictsOf, type Conflict } from './conflict.ts';

/** What is known of a failure besides its status and its words. */
interface Particulars {
  /** What happened, for programs. */
  code: string;
  /** Finds the failure in the server's log. */
  requestId: string;
  /** From when on the server wants to be asked again; null where it did not say. */
  retryAt: Date | null;
  /** The version that the model is in, where the change was made from another one. */
  version: string;
  /** Whether something was to be changed. */
  wrote: boolean;
  /** How many places collide, and the first of them. */
  conflictCount: number;
  conflicts: readonly Conflict[];
}

/** A call that failed: the server's problem+json, or our own words where there is none. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly requestId: string;
  readonly retryAt: Date | null;
  readonly version: string;
  readonly wrote: boolean;
  readonly conflictCount: number;
  readonly conflicts: readonly Conflict[];

  constructor(status: number, title: string, detail: string, particulars: Partial<Particulars> = {}) {
    super(`${title} ${detail}`.trim());
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.code = particulars.code ?? '';
    this.requestId = particulars.requestId ?? '';
    this.retryAt = particulars.retryAt ?? null;
    this.version = particulars.version ?? '';
    this.wrote = particulars.wrote ?? false;
    this.conflicts = particulars.conflicts ?? [];
    this.conflictCount = particulars.conflictCount ?? this.conflicts.length;
  }

  /** Reads an answer that is not a success; `wrote` is whether it was asked for a change. */
  static async from(response: Response, wrote = false): Promise<Problem> {
    const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
    const text = (key: string) => (typeof body?.[key] === 'string' ? body[key] : '');
    return new Problem(
      response.status,
      text('title') || text('message') || t('problems.no-words', { status: String(response.status) }),
      text('detail') || text('details'),
      {
        code: text('code'),
        requestId: text('request_id'),
        retryAt: retryAt(response.headers),
        version: text('current_version'),
        wrote,
        ...conflictsOf(body),
      },
    );
  }

  /** Turns whatever was thrown into a problem: for a failed `fetch` that means no answer came. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
      return new Problem(0, t('problems.too-slow'), t('problems.too-slow-detail'));
    }
    if (thrown instanceof TypeError && /module/.test(thrown.message)) {
      return new Problem(0, t('problems.part-missing'), t('problems.part-missing-detail'), { code: PART_MISSING });
    }
    if (thrown instanceof TypeError) {
      return new Problem(0, t('problems.unreachable'), t('problems.unreachable-detail'));
    }
    return new Problem(0, t('problems.page-failed'), String(thrown), { code: PAGE_FAILED });
  }

  /** The same for what nobody has expected: then a `TypeError` is a fault of this app, not of the network. */
  static ofUnexpected(thrown: unknown): Problem {
    const problem = Problem.of(thrown);
    const isFault = thrown instanceof TypeError && problem.code !== PART_MISSING;
    return isFault ? new Problem(0, t('problems.page-failed'), String(thrown), { code: PAGE_FAILED }) : problem;
  }

  /** What happened, in a few words: the server's title is only the name of the status. */
  get heading(): string {
    const told = TOLD.get(this.code)?.heading;
    return told ? t(told) : this.#headingByStatus();
  }

  /** What the person can do about it, in one sentence. */
  get advice(): string {
    const told = TOLD.get(this.code)?.advice;
    return told ? t(told) : this.#adviceByStatus();
  }

  #headingByStatus(): string {
    if (this.status === 403) return t(this.wrote ? 'problems.not-changed' : 'problems.not-seen');
    if (this.status === 404) return t('problems.not-found');
    if (this.status === 429) return t('problems.pause');
    if (this.status >= 500) return t('problems.server-failed');
    return this.title;
  }

  #adviceByStatus(): string {
    if (this.status === 0) return t('problems.check-advice');
    if (this.status === 403) return t(this.wrote ? 'problems.not-changed-advice' : 'problems.not-seen-advice');
    if (this.status === 404) return t('problems.not-found-advice');
    if (this.retryAt) return t('problems.until-advice', { time: formatClock(this.retryAt, new Date()) });
    if (this.status === 429) return t('problems.pause-advice');
    if (this.status >= 500) {
      return t(this.requestId ? 'problems.server-failed-advice' : 'problems.server-failed-advice-unnumbered');
    }
    return t('problems.general-advice');
  }
}

/** The code of a part of the app that could not be fetched. A browser does not try that again, but in a reload. */
const PART_MISSING = 'page_part_missing';
/** The code of a fault of this app. */
const PAGE_FAILED = 'page_failed';

/** The code of a call that needs somebody to be signed in. */
export const SIGNED_OUT = 'sign_in_required';

/** The code of a file that is no threat model. */
export const UNREADABLE = 'model_unreadable';

/** The codes of what only a reload can mend. */
export const NEED_RELOAD: ReadonlySet<string> = new Set([PART_MISSING, PAGE_FAILED]);

/** By code, what the status alone does not tell. */
const TOLD = new Map<string, { heading: MessageKey; advice?: MessageKey }>([
  [SIGNED_OUT, { heading: 'problems.signed-out', advice: 'problems.signed-out-advice' }],
  ['sign_in_refused', { heading: 'problems.sign-in-refused', advice: 'problems.sign-in-refused-advice' }],
  ['insecure_address', { heading: 'problems.insecure-address', advice: 'problems.insecure-address-advice' }],
  ['branch_protected', { heading: 'edit.trouble-protected', advice: 'edit.refusal-protected' }],
  ['provider_rate_limited', { heading: 'problems.provider-limited' }],
  ['provider_resting', { heading: 'problems.provider-resting' }],
  ['provider_unavailable', { heading: 'problems.provider-unreachable' }],
  ['crowded', { heading: 'problems.crowded', advice: 'problems.crowded-advice' }],
  [UNREADABLE, { heading: 'problems.unreadable', advice: 'problems.unreadable-advice' }],
  [PAGE_FAILED, { heading: 'problems.page-failed', advice: 'problems.page-failed-advice' }],
  [PART_MISSING, { heading: 'problems.part-missing', advice: 'problems.part-missing-advice' }],
]);

/** `Retry-After` as seconds from now; a server of ours sends no date there. */
function retryAt(headers: Headers): Date | null {
  const seconds = headers.get('Retry-After') ?? '';
  return /^\d{1,7}$/.test(seconds) ? new Date(Date.now() + Number(seconds) * 1000) : null;
}
