/// The ways out of what goes wrong around a model that is worked on: none of them loses anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessibleInEachLook } from './axe.mjs';
import { place, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { createModel, data, signInByApi, startWyvern } from './wyvern.mjs';

const REPOSITORY = '#/git/local/demo%2Fthreat-models';

let wyvern;
let browser;
let token;

before(async () => {
  wyvern = await startWyvern();
  token = (await signInByApi(wyvern.address)).accessToken;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

function call(names, method = 'GET', body = undefined, headers = {}) {
  const path = ['demo', 'threat-models', ...names].map(encodeURIComponent).join('/');
  return fetch(`${wyvern.address}/api/threatmodel/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
}

const stored = async (name, branch = 'main') => data(await call([branch, name, 'data']));

async function change(name, by) {
  const read = await call(['main', name, 'data']);
  const model = (await read.json()).data;
  by(model);
  const saved = await call(['main', name, 'update'], 'PUT', model, { 'If-Match': read.headers.get('etag') });
  assert.equal(saved.status, 200);
}

async function openEditor(page, name, more = '') {
  await createModel(wyvern.address, name, CHECKOUT);
  await page.goto(`${wyvern.address}/${REPOSITORY}/main/${name}/edit${more}`);
  await signInButton(page).click();
  await page.locator('.editor-page').waitFor();
}

const title = (page) => page.getByLabel('Title', { exact: true });
const standing = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const kept = (page) => standing(page, 'Draft kept on this computer');
const saved = (page) => standing(page, /^Saved ·/);

async function retitle(page, words) {
  await title(page).fill(words);
  await kept(page);
}

/** Loads the page again, whatever it asks before. */
async function reload(page) {
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
}

walk('the draft of a model that is gone can be gone on with', { expected: /status of 404/ }, async (page) => {
  await openEditor(page, 'gone');
  await retitle(page, 'Paying by card');
  const { headers } = await call(['main', 'gone', 'data']);
  const deleted = await call(['main', 'gone'], 'DELETE', undefined, { 'If-Match': headers.get('etag') });
  assert.ok(deleted.ok, `deleting answers ${deleted.status}`);
  await reload(page);
  await page.getByRole('heading', { name: 'This browser keeps a draft of this model' }).waitFor();
  await assertAccessibleInEachLook(page, 'the draft of a model that is gone');
  await page.getByRole('button', { name: 'Go on in a new file' }).click();
  await page.locator('.editor-page').waitFor();
  assert.equal(await title(page).inputValue(), 'Paying by card');
});

walk('what collides in a new branch is decided there', { expected: /status of 409/ }, async (page) => {
  await openEditor(page, 'branched');
  await retitle(page, 'Mine');
  await change('branched', (model) => (model.detail.diagrams[0].title = 'Theirs'));
  await page.getByRole('button', { name: 'More ways to save' }).click();
  await page.getByRole('button', { name: 'Save to a new branch…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save to a new branch' });
  await dialog.getByLabel('Name of the branch').fill('decided');
  await dialog.getByRole('button', { name: 'Make the branch and save' }).click();
  await page.getByRole('button', { name: 'Continue my draft' }).click();
  await page.locator('.what').getByText('demo/threat-models / decided').waitFor();
  assert.equal(await title(page).inputValue(), 'Mine');
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: 'Save with these choices' }).waitFor();
});

walk('a contributor that is typed is saved without Enter', {}, async (page) => {
  await openEditor(page, 'typed', '/about');
  await page.getByLabel('Contributors', { exact: true }).last().fill('Grace');
  await page.keyboard.press('Control+s');
  await saved(page);
  assert.deepEqual(
    (await stored('typed')).detail.contributors.map(({ name }) => name),
    ['Edsger', 'Barbara', 'Grace'],
  );
});

walk('who goes back is asked about what is typed and not entered yet', {}, async (page) => {
  await openEditor(page, 'back', '/about');
  const editor = place(page);
  await page.evaluate((address) => (location.hash = address), `${REPOSITORY}/main/back`);
  await page.getByRole('heading', { level: 1, name: CHECKOUT.summary.title }).waitFor();
  await page.evaluate((address) => (location.hash = address), editor);
  await page.getByLabel('Contributors', { exact: true }).last().fill('Grace');
  // As Alt+Left does, which a browser without a window does not know: the field keeps the focus.
  await page.evaluate(() => history.back());
  const question = page.getByRole('dialog', { name: 'Leave with unsaved changes?' });
  await question.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: CHECKOUT.summary.title }).waitFor();
  assert.deepEqual(
    (await stored('back')).detail.contributors.map(({ name }) => name),
    ['Edsger', 'Barbara', 'Grace'],
  );
});

walk('who saves without a title is led to it', {}, async (page) => {
  await openEditor(page, 'untitled', '/about');
  const field = title(page).first();
  await field.fill('');
  await page.getByRole('link', { name: 'Threats', exact: true }).click();
  await page.keyboard.press('Control+s');
  await page.getByRole('status').filter({ hasText: 'A model needs a title: enter one' }).first().waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input[aria-invalid]'));
  assert.equal((await stored('untitled')).summary.title, CHECKOUT.summary.title);
  await page.keyboard.type('Shop');
  await page.keyboard.press('Control+s');
  await saved(page);
  assert.equal((await stored('untitled')).summary.title, 'Shop');
});

walk('a sign-in that has ended takes no page away from whoever works', { expected: /status of 401/ }, async (page) => {
  await openEditor(page, 'working');
  await change('working', (model) => (model.detail.diagrams[1].title = 'Shipping abroad'));
  await retitle(page, 'Paying by card');
  await page.keyboard.press('Control+s');
  await page.locator('.notice').filter({ hasText: 'Merged changes from others' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Show what came in' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'What came in from others' });
  await dialog.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
  assert.equal(await dialog.getByRole('link', { name: 'Sign in in another tab' }).getAttribute('target'), '_blank');
  assert.ok(await page.locator('.editor-page').isVisible());
});

walk('what is said about saving moves no link', {}, async (page) => {
  await openEditor(page, 'steady');
  const place = () => page.getByRole('link', { name: 'Threats', exact: true }).boundingBox();
  const before = await place();
  await retitle(page, 'Paying by card');
  assert.deepEqual(await place(), before);
  await page.keyboard.press('Control+s');
  await saved(page);
  assert.deepEqual(await place(), before);
});
