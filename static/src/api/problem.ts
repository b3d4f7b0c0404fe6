/// What went wrong with a call, in words for a person.
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
    this.conflicts = particulars.conflicts ?? [];
    this.conflictCount = particulars.conflictCount ?? this.conflicts.length;
  }

  /** Reads an answer that is not a success. */
  static async from(response: Response): Promise<Problem> {
    const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
    const text = (key: string) => (typeof body?.[key] === 'string' ? body[key] : '');
    return new Problem(
      response.status,
      text('title') || text('message') || `The server answered ${response.status}`,
      text('detail') || text('details'),
      {
        code: text('code'),
        requestId: text('request_id'),
        retryAt: retryAt(response.headers),
        version: text('current_version'),
        ...conflictsOf(body),
      },
    );
  }

  /** Turns whatever was thrown into a problem: for a failed `fetch` that means no answer came. */
  static of(thrown: unknown): Problem {
    if (thrown instanceof Problem) return thrown;
    if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
      return new Problem(0, 'The server took too long to answer', 'Nothing was changed.');
    }
    if (thrown instanceof TypeError) {
      return new Problem(0, 'The server cannot be reached', 'It may be stopped, or the network may be down.');
    }
    return new Problem(0, 'Something went wrong in this page', String(thrown));
  }

  /** What happened, in a few words: the server's title is only the name of the status. */
  get heading(): string {
    return TOLD.get(this.code)?.heading ?? this.#headingByStatus();
  }

  /** What the person can do about it, in one sentence. */
  get advice(): string {
    return TOLD.get(this.code)?.advice ?? this.#adviceByStatus();
  }

  #headingByStatus(): string {
    if (this.status === 403) return 'You are not allowed to see this';
    if (this.status === 404) return 'This cannot be found';
    if (this.status === 429) return 'The server asks for a pause';
    if (this.status >= 500) return 'The server could not do this';
    return this.title;
  }

  #adviceByStatus(): string {
    if (this.status === 0) return 'Check that the server is running and your network works, then try again.';
    if (this.status === 403) return 'Ask someone who may see it for access, or choose another one.';
    if (this.status === 404)
      return 'It may have been renamed, moved or deleted. Go back one step and choose from the list.';
    if (this.retryAt) return `Wait until ${clockTime(this.retryAt)}, then try again.`;
    if (this.status === 429) return 'Wait a minute, then try again.';
    if (this.status >= 500) return 'Try again; if it stays, give the operator the request number below.';
    return 'Go back one step and try again.';
  }
}

/** By code, what the status alone does not tell. */
const TOLD = new Map<string, { heading: string; advice?: string }>([
  ['sign_in_refused', { heading: 'That did not sign you in', advice: 'Check what you typed and try again.' }],
  [
    'insecure_address',
    { heading: 'This address is not safe to sign in at', advice: 'Use this server’s https address.' },
  ],
  ['provider_rate_limited', { heading: 'The provider asks for a pause' }],
  ['provider_resting', { heading: 'The provider has trouble' }],
  ['provider_unavailable', { heading: 'The provider could not be reached' }],
]);

/** `Retry-After` as seconds from now; a server of ours sends no date there. */
function retryAt(headers: Headers): Date | null {
  const seconds = headers.get('Retry-After') ?? '';
  return /^\d{1,7}$/.test(seconds) ? new Date(Date.now() + Number(seconds) * 1000) : null;
}

/** As the person's clock shows it: to the second, and with the day where that is another one. */
function clockTime(moment: Date): string {
  const today = moment.toDateString() === new Date().toDateString();
  return today ? moment.toLocaleTimeString() : moment.toLocaleString();
}
