/// Who is signed in, and the tokens that prove it.
///
/// The tokens live as long as the tab does (`sessionStorage`), so that a reload keeps them.

/** As the server gives them: a JWT whose body names the user, and an opaque handle to renew it. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

const TOKENS = 'wyvern.tokens';
const RETURN_TO = 'wyvern.return-to';

export class Session {
  readonly #storage: Storage;
  #tokens: Tokens | null;
  #username = $state<string | null>(null);
  #expired = $state(false);

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#tokens = readTokens(storage);
    this.#username = usernameIn(this.#tokens);
  }

  /** Not reactive on purpose: a renewed token must not make the pages load again. */
  get tokens(): Tokens | null {
    return this.#tokens;
  }

  /** The signed-in person's name; null when nobody is signed in. */
  get username(): string | null {
    return this.#username;
  }

  /** Whether the session ended by itself, rather than by signing out. */
  get expired(): boolean {
    return this.#expired;
  }

  hold(tokens: Tokens): void {
    this.#tokens = tokens;
    this.#storage.setItem(TOKENS, JSON.stringify(tokens));
    this.#username = usernameIn(tokens);
    this.#expired = false;
  }

  end(reason: 'signed-out' | 'expired'): void {
    this.#tokens = null;
    this.#storage.removeItem(TOKENS);
    this.#username = null;
    this.#expired = reason === 'expired';
  }

  /** Remembers, across the trip to the provider, the address to come back to. */
  leaveFor(returnTo: string): void {
    this.#storage.setItem(RETURN_TO, returnTo);
  }

  /** The address kept by `leaveFor`, once; null when no sign-in was begun in this tab. */
  takeReturn(): string | null {
    const address = this.#storage.getItem(RETURN_TO);
    this.#storage.removeItem(RETURN_TO);
    return address;
  }
}

function readTokens(storage: Storage): Tokens | null {
  try {
    const kept = JSON.parse(storage.getItem(TOKENS) ?? 'null') as Partial<Tokens> | null;
    const { accessToken, refreshToken } = kept ?? {};
    return typeof accessToken === 'string' && typeof refreshToken === 'string'
      ? { accessToken, refreshToken }
      : null;
  } catch {
    return null;
  }
}

/** `user.username` in the JWT's body. The browser cannot check the signature and need not. */
function usernameIn(tokens: Tokens | null): string | null {
  if (!tokens) return null;
  try {
    const body = tokens.accessToken.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(body.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { user?: { username?: unknown } };
    return typeof claims.user?.username === 'string' ? claims.user.username : 'Signed in';
  } catch {
    return 'Signed in';
  }
}
