/// What went wrong with a call, in words for a person.

/** A call that failed: the server's problem+json, or our own words where there is none. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** The HTTP status; 0 when no answer came at all. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  /** Finds the failure in the server's log. */
  readonly requestId: string;

  constructor(status: number, title: string, detail: string, code = '', requestId = '') {
    super(`${title} ${detail}`.trim());
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.code = code;
    this.requestId = requestId;
  }

  /** Reads an answer that is not a success. */
  static async from(response: Response): Promise<Problem> {
    const body = (await response.json().catch(() => null)) as Record<string, unknown> | null;
    const text = (key: string) => (typeof body?.[key] === 'string' ? body[key] : '');
    return new Problem(
      response.status,
      text('title') || text('message') || `The server answered ${response.status}`,
      text('detail') || text('details'),
      text('code'),
      text('request_id'),
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
    if (this.code === 'sign_in_refused') return 'That did not sign you in';
    if (this.status === 403) return 'You are not allowed to see this';
    if (this.status === 404) return 'This cannot be found';
    if (this.status === 429) return 'The server asks for a pause';
    if (this.status >= 500) return 'The server could not do this';
    return this.title;
  }

  /** What the person can do about it, in one sentence. */
  get advice(): string {
    if (this.status === 0) return 'Check that the server is running and your network works, then try again.';
    if (this.code === 'sign_in_refused') return 'Check what you typed and try again.';
    if (this.status === 403) return 'Ask someone who may see it for access, or choose another one.';
    if (this.status === 404) return 'It may have been renamed, moved or deleted. Go back one step and choose from the list.';
    if (this.status === 429) return 'Wait a minute, then try again.';
    if (this.status >= 500) return 'Try again; if it stays, give the operator the request number below.';
    return 'Go back one step and try again.';
  }
}
