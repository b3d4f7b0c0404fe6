/// Signing in with GitHub from its own pages on, and working there: nothing is made up here, the server
/// talks to a GitHub of the tests.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, place, settled, startBrowser } from './browser.mjs';
import { startForge } from './wyvern.mjs';

let wyvern;
let browser;

before(async () => {
  wyvern = await startForge();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

/** A page of a new profile that has gone to GitHub's question. */
async function atGitHub(address = '#/') {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${wyvern.address}/${address}`);
  await page.getByRole('button', { name: 'Sign in with GitHub' }).click();
  await page.getByRole('heading', { name: 'Authorize Wyvern' }).waitFor();
  return page;
}

test('ada signs in, finds a model on a branch with a slash, and signs out', async () => {
  const page = await atGitHub();
  await page.getByLabel('I am').selectOption('ada');
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.getByRole('link', { name: 'ada/threat-models' }).click();
  await page.getByRole('link', { name: 'feature/sign-in' }).click();
  await page.getByRole('link', { name: 'starter' }).click();
  await page.getByRole('tab').or(page.getByRole('heading', { level: 2 })).first().waitFor();
  assert.equal(place(page), '#/git/github/ada%2Fthreat-models/feature%2Fsign-in/starter');
  assert.equal(await page.evaluate(() => document.cookie), '', 'no script sees the session');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
  await page.context().close();
});

test('a protected branch is marked as such', async () => {
  const page = await atGitHub('#/git/github/ada%2Fthreat-models');
  await page.getByLabel('I am').selectOption('grace');
  await page.getByRole('button', { name: 'Authorize' }).click();
  await heading(page, 'ada/threat-models').waitFor();
  await settled(page);
  assert.equal(place(page), '#/git/github/ada%2Fthreat-models', 'the way back leads where one was');
  const release = page.getByRole('listitem').filter({ hasText: 'release' });
  assert.match(await release.innerText(), /protected/i);
  await page.context().close();
});

test('who does not give permission is told so, and can try again', async () => {
  const page = await atGitHub();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await heading(page, 'Permission was not given').waitFor();
  await page.getByRole('link', { name: 'Back to Wyvern' }).click();
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
  await page.context().close();
});
