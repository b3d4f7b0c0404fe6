import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Session, type Person } from './session.svelte.ts';

const ADA: Person = { provider: 'local', username: 'ada' };
const BOB: Person = { provider: 'github', username: 'bob' };

let channels: BroadcastChannel[];

beforeEach(() => {
  window.sessionStorage.clear();
  channels = [];
});

afterEach(() => channels.forEach((channel) => channel.close()));

/** The session as one tab sees it. */
function tab(person?: Person | null): Session {
  const channel = new BroadcastChannel('session.test');
  channels.push(channel);
  const session = new Session(channel);
  if (person) session.hold(person);
  if (person === null) session.end('expired');
  return session;
}

test('who is signed in is not known before the server was asked', () => {
  const session = tab();
  expect(session.person).toBeUndefined();
  session.hold(ADA);
  expect(session.person).toBe(ADA);
});

test('who is at work is not sent away by a refusal', () => {
  const session = tab(ADA);
  const leave = session.work(() => false);
  session.expire();
  expect(session.person).toBe(ADA);
  leave();
  session.expire();
  expect([session.person, session.expired]).toEqual([null, true]);
});

test('who signs out in another tab leaves a page only where nothing is lost with it', async () => {
  const [here, safe, other] = [tab(ADA), tab(ADA), tab(ADA)];
  here.work(() => true);
  safe.work(() => false);
  other.end('signed-out');
  other.announce();
  await vi.waitFor(() => expect(safe.person).toBeNull());
  expect(here.person).toBe(ADA);
});

test('somebody else who signs in in another tab leaves a page where something is lost with it, but not its name', async () => {
  const [here, safe, other] = [tab(ADA), tab(ADA), tab()];
  here.work(() => true);
  safe.work(() => false);
  other.hold(BOB);
  other.announce();
  await vi.waitFor(() => expect(safe.person).toEqual(BOB));
  expect([here.person, here.isOthers, safe.isOthers]).toEqual([ADA, true, false]);
  other.hold(ADA);
  other.announce();
  await vi.waitFor(() => expect(here.isOthers).toBe(false));
});

test('a session that ended by itself is told from one that was left', () => {
  const session = tab(ADA);
  session.end('expired');
  expect([session.person, session.expired]).toEqual([null, true]);
  session.hold(ADA);
  expect(session.expired).toBe(false);
  session.end('signed-out');
  expect([session.person, session.expired]).toEqual([null, false]);
});

test('nothing of a person is kept in the storage', () => {
  tab(ADA);
  expect(window.sessionStorage).toHaveLength(0);
});

test('the other tabs hear who is signed in now, and that nobody is', async () => {
  const [here, there, unsure] = [tab(ADA), tab(ADA), tab()];
  here.hold(BOB);
  here.announce();
  await vi.waitFor(() => expect([there.person, unsure.person]).toEqual([BOB, BOB]));
  here.end('signed-out');
  here.announce();
  await vi.waitFor(() => expect([there.person, unsure.person]).toEqual([null, null]));
  expect(there.expired).toBe(false);
});

test('a tab that shows the same person already is left alone', async () => {
  const [here, same, witness] = [tab(ADA), tab(ADA), tab(null)];
  const before = same.person;
  here.hold({ ...ADA });
  here.announce();
  await vi.waitFor(() => expect(witness.person).toEqual(ADA));
  expect(same.person).toBe(before);
});

test('a tab whose session had ended keeps saying so when another signs out', async () => {
  const [here, ended, witness] = [tab(ADA), tab(null), tab(BOB)];
  here.end('signed-out');
  here.announce();
  await vi.waitFor(() => expect(witness.person).toBeNull());
  expect(ended.expired).toBe(true);
});

test('the way back is kept across a reload and given once', () => {
  tab().leaveFor('#/git/local/a%2Fb');
  const session = tab();
  expect(session.takeReturn()).toBe('#/git/local/a%2Fb');
  expect(session.takeReturn()).toBeNull();
});

test('that the same person has signed in again in another tab is heard, and changes nothing else', async () => {
  const [here, there] = [tab(ADA), tab(ADA)];
  here.announce();
  await vi.waitFor(() => expect(there.renewals).toBe(1));
  expect([there.person, here.renewals]).toEqual([ADA, 0]);
});
