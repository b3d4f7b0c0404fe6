/// Signing in, staying signed in, and signing out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, place, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { DEMO, startWyvern } from './wyvern.mjs';

const DEEP = '#/git/local/demo%2Fthreat-models/main';
const REFUSED = /status of 401/;

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

const keptTokens = (page) => page.evaluate(() => JSON.parse(sessionStorage.getItem('wyvern.tokens')));

walk('nobody is signed in before they ask to be', {}, async (page) => {
  const called = [];
  page.on('request', (request) => called.push(new URL(request.url()).pathname));
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  assert.deepEqual(called.filter((path) => path.startsWith('/api/')), ['/api/config']);
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
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

walk('a reload stays signed in', {}, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  await page.reload();
  await heading(page, 'Threat models').waitFor();
});

walk('a token that has run out is renewed unseen, once for all calls', { expected: REFUSED }, async (page) => {
  await openSignedIn(page, wyvern.address);
  const before = await keptTokens(page);
  let refusals = 0;
  await page.route('**/branches?page=1', (route) => {
    refusals += 1;
    return refusals === 1 ? route.fulfill({ status: 401, json: { title: 'Sign in', status: 401 } }) : route.fallback();
  });
  await page.getByRole('link', { name: DEMO.repository }).click();
  await page.getByRole('link', { name: DEMO.branch, exact: true }).waitFor();
  const renewed = await keptTokens(page);
  assert.notEqual(renewed.refreshToken, before.refreshToken);
  assert.equal(refusals, 2);
});

walk('a session that the server no longer takes asks to sign in, and returns', { expected: REFUSED }, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  await page.evaluate(() => {
    const tokens = JSON.parse(sessionStorage.getItem('wyvern.tokens'));
    sessionStorage.setItem('wyvern.tokens', JSON.stringify({ ...tokens, refreshToken: 'made-up' }));
  });
  let refused = false;
  await page.route('**/models', (route) => {
    if (refused) return route.fallback();
    refused = true;
    return route.fulfill({ status: 401, json: { title: 'Sign in', status: 401 } });
  });
  await page.reload();
  await heading(page, 'Your sign-in has ended').waitFor();
  assert.equal(await keptTokens(page), null);
  await signInButton(page).click();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), DEEP);
});

walk('signing out forgets the session here and on the server', {}, async (page) => {
  await openSignedIn(page, wyvern.address, DEEP);
  const { refreshToken } = await keptTokens(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInButton(page).waitFor();
  assert.equal(await keptTokens(page), null);
  const answer = await fetch(`${wyvern.address}/api/token/refresh`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ refreshToken }),
  });
  assert.equal(answer.status, 401);
});

walk('a code that came from elsewhere signs nobody in', {}, async (page) => {
  const called = [];
  page.on('request', (request) => called.push(request.url()));
  await page.goto(`${wyvern.address}/#/oauth-return?code=from-a-stranger`);
  await signInButton(page).waitFor();
  assert.equal(place(page), '#/');
  assert.deepEqual(called.filter((url) => url.includes('/api/oauth/')), []);
});

walk('a code that does not work is explained', { expected: /status of 4\d\d/ }, async (page) => {
  await page.goto(wyvern.address);
  await page.evaluate(() => sessionStorage.setItem('wyvern.return-to', '#/'));
  await page.goto(`${wyvern.address}/#/oauth-return?code=made-up`);
  await heading(page, 'Signing in did not work').waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await signInButton(page).click();
  await settled(page);
  await page.getByRole('link', { name: DEMO.repository }).waitFor();
});
