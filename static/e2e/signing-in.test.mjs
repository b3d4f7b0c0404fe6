/// Signing in, staying signed in, and signing out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, place, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { DEMO, startWyvern } from './wyvern.mjs';

const DEEP = '#/git/local/demo%2Fthreat-models/main';
const REFUSED = /status of 401/;
const SESSION = '**/api/session';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

/** The cookie of the session, as the browser keeps it. */
async function sessionCookie(page) {
  const cookies = await page.context().cookies(wyvern.address);
  return cookies.find(({ name }) => name === 'wyvern');
}

walk('nobody is signed in before they ask to be', {}, async (page) => {
  const called = [];
  page.on('request', (request) => called.push(new URL(request.url()).pathname));
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  assert.deepEqual(
    called.filter((path) => path.startsWith('/api/')),
    ['/api/config'],
  );
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  assert.equal(await sessionCookie(page), undefined);
});

walk('a deep link leads through the sign-in to where it points', {}, async (page) => {
  await page.goto(`${wyvern.address}/${DEEP}`);
  await signInButton(page).click();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), DEEP);
  await page.goBack();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), DEEP);
});

walk('the header says who is signed in, and where', {}, async (page) => {
  await openSignedIn(page, wyvern.address);
  const { data } = await page.evaluate(async () => (await fetch('/api/session')).json());
  assert.equal(data.provider, 'local');
  await page.getByRole('banner').getByText(data.username, { exact: true }).waitFor();
  await page.getByRole('banner').getByText('This server', { exact: true }).waitFor();
});

walk('no script can see what proves the sign-in', {}, async (page) => {
  const authorized = [];
  page.on('request', (request) => authorized.push(request.headers().authorization));
  await openSignedIn(page, wyvern.address, DEEP);
  const seen = await page.evaluate(() => [
    sessionStorage.length,
    Object.keys(localStorage).toSorted(),
    document.cookie,
  ]);
  assert.deepEqual(seen, [0, ['wyvern.recent local owner', 'wyvern.signed-in', 'wyvern.tour'], '']);
  const kept = await page.evaluate(() => localStorage.getItem('wyvern.recent local owner'));
  assert.deepEqual(JSON.parse(kept), { models: [], repositories: ['demo/threat-models'] });
  assert.deepEqual([...new Set(authorized)], [undefined]);
  const { httpOnly, sameSite, path } = await sessionCookie(page);
  assert.deepEqual({ httpOnly, sameSite, path }, { httpOnly: true, sameSite: 'Lax', path: '/' });
});

walk('a reload stays signed in, and so does a second tab', {}, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  await page.reload();
  await heading(page, 'Threat models').waitFor();
  const second = await page.context().newPage();
  await second.goto(`${wyvern.address}/${DEEP}`);
  await heading(second, 'Threat models').waitFor();
});

walk('a session that the server no longer takes asks to sign in, and returns', { expected: REFUSED }, async (page) => {
  await openSignedIn(page, wyvern.address, '#/git/local/demo%2Fthreat-models');
  await page.context().clearCookies({ name: 'wyvern' });
  await page.getByRole('link', { name: DEMO.branch, exact: true }).click();
  await heading(page, 'Your sign-in has ended').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Sign out' }).count(), 0);
  await signInButton(page).click();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), DEEP);
});

walk('signing out ends the session here and on the server', { expected: REFUSED }, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  const { name, value } = await sessionCookie(page);
  const ask = () => fetch(`${wyvern.address}/api/session`, { headers: { Cookie: `${name}=${value}` } });
  assert.equal((await ask()).status, 200);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInButton(page).waitFor();
  await heading(page, 'Threat models that live in git').waitFor();
  assert.equal(await sessionCookie(page), undefined);
  assert.equal((await ask()).status, 401);
});

walk('signing out in one tab is seen in the other', {}, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  const second = await page.context().newPage();
  await second.goto(`${wyvern.address}/${DEEP}`);
  await second.getByRole('button', { name: 'Sign out' }).click();
  await signInButton(second).waitFor();
  await signInButton(page).waitFor();
  assert.equal(place(page), DEEP);
});

walk('who could not be signed out is told that they still are signed in', { expected: /ERR_FAILED/ }, async (page) => {
  await openSignedIn(page, wyvern.address);
  let reachable = false;
  await page.route(SESSION, (route) => (reachable ? route.fallback() : route.abort()));
  const button = page.getByRole('button', { name: 'Sign out' });
  await button.click();
  await page.getByRole('alert').getByText('You are still signed in. The server cannot be reached.').waitFor();
  reachable = true;
  await button.click();
  await signInButton(page).waitFor();
  assert.equal(await page.getByRole('alert').count(), 0);
});

walk('a code that came from elsewhere signs nobody in', {}, async (page) => {
  const posted = [];
  page.on('request', (request) => posted.push(request.method()));
  await page.goto(`${wyvern.address}/#/oauth-return?code=from-a-stranger`);
  await signInButton(page).waitFor();
  assert.equal(place(page), '#/');
  assert.deepEqual([...new Set(posted)], ['GET']);
});

walk('a code that does not work is explained, and signing in again returns', { expected: REFUSED }, async (page) => {
  await page.goto(`${wyvern.address}/#/nowhere`);
  await signInButton(page).waitFor();
  await page.evaluate((deep) => sessionStorage.setItem('wyvern.return-to', deep), DEEP);
  await page.goto(`${wyvern.address}/#/oauth-return?code=made-up`);
  await heading(page, 'Signing in did not work').waitFor();
  await page.getByRole('heading', { level: 2, name: 'This sign-in cannot be used any more' }).waitFor();
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await signInButton(page).click();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), DEEP);
});

walk('not knowing who is signed in is no reason to ask for a sign-in', { expected: /ERR_FAILED/ }, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  let reachable = false;
  await page.route(SESSION, (route) => (reachable ? route.fallback() : route.abort()));
  await page.reload();
  await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  assert.equal(await signInButton(page).count(), 0);
  reachable = true;
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await heading(page, 'Threat models').waitFor();
  await page.waitForFunction(() => document.activeElement === document.querySelector('main h1'));
});

for (const [name, signedIn, width] of [
  ['a visitor', false, 1280],
  ['a visitor with a phone', false, 412],
  ['a signed-in person', true, 1280],
  ['a signed-in person with a small screen', true, 320],
]) {
  walk(
    `nothing moves while the page finds out who is there: ${name}`,
    { viewport: { width, height: 823 } },
    async (page) => {
      if (signedIn) await openSignedIn(page, wyvern.address);
      await page.addInitScript(recordShifts);
      let answer;
      await page.route(signedIn ? SESSION : '**/api/config', (route) => {
        answer = () => route.fallback();
      });
      await page.goto(`${wyvern.address}/?fresh`);
      await page.getByText(signedIn ? 'Loading the page…' : 'Loading the ways to sign in…').waitFor();
      const logo = page.getByRole('banner').getByRole('link');
      const [place, height] = [await logo.boundingBox(), await headerHeight(page)];
      await answer();
      await (signedIn ? page.getByRole('link', { name: DEMO.repository }) : signInButton(page)).waitFor();
      await settled(page);
      assert.deepEqual([await logo.boundingBox(), await headerHeight(page)], [place, height]);
      assert.deepEqual(await page.evaluate(() => window.shifts), []);
    },
  );
}

const headerHeight = async (page) => (await page.getByRole('banner').boundingBox()).height;

/** Runs in the page: notes what moves without anybody having touched anything. */
function recordShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      window.shifts.push([value, ...sources.map(({ node }) => node?.nodeName)]);
  }).observe({ type: 'layout-shift', buffered: true });
}
