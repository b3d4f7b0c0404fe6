import { beforeEach, expect, test } from 'vitest';
import { Session } from './session.svelte.ts';

beforeEach(() => window.sessionStorage.clear());

/** An access token whose body is this text, base64-encoded with either alphabet. */
function accessToken(body: string): string {
  const bytes = new TextEncoder().encode(body);
  return `head.${btoa(String.fromCharCode(...bytes))}.signature`;
}

function sessionOf(token: string): Session {
  const session = new Session(window.sessionStorage);
  session.hold({ accessToken: token, refreshToken: 'r' });
  return session;
}

test('the name comes from the token, whatever its script and alphabet', () => {
  expect(sessionOf(accessToken('{"user":{"username":"Zoë 威"}}')).username).toBe('Zoë 威');
  const urlSafe = accessToken('{"user":{"username":"???>>>~~~"}}').replaceAll('+', '-').replaceAll('/', '_');
  expect(sessionOf(urlSafe.replaceAll('=', '')).username).toBe('???>>>~~~');
});

test.each(['', 'a.b.c', 'a.e30.c', accessToken('[]'), accessToken('{"user":{"username":7}}')])(
  'the token "%s" names nobody, but is kept',
  (token) => {
    expect(sessionOf(token).username).toBe('Signed in');
  },
);

test('a reload finds the session again, and signing out forgets it', () => {
  const session = sessionOf(accessToken('{"user":{"username":"Ada"}}'));
  expect(new Session(window.sessionStorage).username).toBe('Ada');
  session.end('signed-out');
  expect(session.username).toBeNull();
  expect(session.expired).toBe(false);
  expect(new Session(window.sessionStorage).username).toBeNull();
});

test.each(['{', 'null', '7', '{"accessToken":"a"}', '{"accessToken":1,"refreshToken":2}'])(
  'what is no session in the storage is ignored: %s',
  (kept) => {
    window.sessionStorage.setItem('wyvern.tokens', kept);
    expect(new Session(window.sessionStorage).tokens).toBeNull();
  },
);

test('the way back is kept across a reload and given once', () => {
  new Session(window.sessionStorage).leaveFor('#/git/local/a%2Fb');
  const session = new Session(window.sessionStorage);
  expect(session.takeReturn()).toBe('#/git/local/a%2Fb');
  expect(session.takeReturn()).toBeNull();
});
