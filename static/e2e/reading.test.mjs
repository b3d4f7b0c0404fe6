/// A person finds a model and reads it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, place, rows, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { createModel, data, DEMO, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const MODEL = 'Checkout 50% & co #1?';
const MODEL_PLACE = `#/git/local/demo%2Fthreat-models/main/${encodeURIComponent(MODEL)}`;

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  await createModel(wyvern.address, MODEL, CHECKOUT);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('from the first page to the threats of a model, and back', {}, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).click();
  await page.getByRole('link', { name: DEMO.repository }).click();
  await heading(page, DEMO.repository).waitFor();
  await page.getByRole('link', { name: DEMO.branch, exact: true }).click();
  await heading(page, 'Threat models').waitFor();
  await page.getByRole('link', { name: MODEL, exact: true }).click();
  await heading(page, 'Web shop checkout').waitFor();
  assert.equal(place(page), MODEL_PLACE);
  assert.equal(await page.title(), 'Web shop checkout · Wyvern');

  for (const name of ['Threat models', DEMO.repository, 'Repositories']) {
    await page.goBack();
    await heading(page, name).waitFor();
  }
  await page.goForward();
  await heading(page, DEMO.repository).waitFor();
});

walk('a model shows whose it is, its counts, its threats and its elements', {}, async (page) => {
  await openSignedIn(page, wyvern.address, MODEL_PLACE);
  const main = page.getByRole('main');
  for (const text of ['Ada Lovelace', 'Grace Hopper', 'Edsger and Barbara', 'How money moves.\nIn two lines.']) {
    await main.getByText(text, { exact: true }).waitFor();
  }
  await main.getByText('STRIDE · 3 elements · 3 threats, 2 open').waitFor();
  const paying = page.locator('section', { has: page.getByRole('heading', { name: 'Paying' }) });
  assert.deepEqual(await rows(paying.getByRole('table', { name: /^Threats/ })), [
    '1 | A stranger pays | Spoofing | Shop | Open | Critical',
    '2 | Prices changed in transit | Tampering | Shop | Mitigated | Medium',
    '3 | Orders read by others | Information disclosure | Order | Open | TBD',
  ]);
  assert.deepEqual(await rows(paying.getByRole('table', { name: /^Elements/ })), [
    'Buyer | Actor | none',
    'Shop | Process | 2 (1 open)',
    'Order from Buyer to Shop | Flow | 1 (1 open)',
  ]);
  await paying.getByText('A stranger pays').click();
  await paying.getByText('With a stolen card').waitFor();
  await paying.getByText('Ask the bank').waitFor();
  const shipping = page.locator('section', { has: page.getByRole('heading', { name: 'Shipping' }) });
  await shipping.getByText('No threats are recorded in this diagram.').waitFor();
  await shipping.getByText('Nothing is drawn in this diagram.').waitFor();
});

walk('each demo model is listed and shows as many elements as its file has', {}, async (page) => {
  const { accessToken } = await signInByApi(wyvern.address);
  const ask = (path) =>
    fetch(wyvern.address + path, { headers: { Authorization: `Bearer ${accessToken}` } }).then(data);
  const names = await ask(demoPath('models'));
  assert.ok(names.length > 4, `at least four of them: ${names}`);

  await openSignedIn(page, wyvern.address, '#/git/local/demo%2Fthreat-models/main');
  assert.deepEqual(await page.locator('main ul a').allInnerTexts(), names);
  for (const name of names) {
    const { summary, detail } = await ask(demoPath(name, 'data'));
    await page.getByRole('link', { name, exact: true }).click();
    await heading(page, summary.title).waitFor();
    await settled(page);
    await page
      .locator('details.long:not([open]) > summary')
      .evaluateAll((long) => long.forEach((each) => each.click()));
    const shown = page.getByRole('table', { name: /^Elements/ }).locator('tbody tr');
    assert.equal(await shown.count(), detail.diagrams.flatMap((diagram) => diagram.cells ?? []).length, name);
    await page.goBack();
    await heading(page, 'Threat models').waitFor();
  }
});

walk('a search narrows the repositories, and its address can be shared', {}, async (page) => {
  await openSignedIn(page, wyvern.address);
  const box = page.getByRole('searchbox', { name: 'Search by name' });
  await box.fill('threat');
  await page.waitForFunction(() => location.hash === '#/?search=threat');
  await settled(page);
  await page.getByRole('link', { name: DEMO.repository }).waitFor();
  await box.fill('no such <b>thing</b>');
  await page.getByRole('heading', { name: 'No repository matches “no such <b>thing</b>”' }).waitFor();
  await page.reload();
  assert.equal(await box.inputValue(), 'no such <b>thing</b>');
  await page.getByRole('button', { name: 'Show all repositories' }).click();
  await page.getByRole('link', { name: DEMO.repository }).waitFor();
  assert.equal(await box.inputValue(), '');
  assert.equal(place(page), '#/');
});

walk('a long list comes in pages', {}, async (page) => {
  await page.route('**/api/threatmodel/repos?*', (route) => {
    const number = Number(new URL(route.request().url()).searchParams.get('page'));
    const pagination = { page: number, prev: number > 1, next: number < 3 };
    return route.fulfill({
      json: { status: 200, data: { repositories: [{ name: `acme/service-${number}`, writable: true }], pagination } },
    });
  });
  await openSignedIn(page, wyvern.address);
  await page.getByRole('link', { name: 'acme/service-1' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Previous' }).count(), 0);
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('link', { name: 'acme/service-2' }).waitFor();
  await page.getByRole('link', { name: 'Next' }).click();
  await page.getByRole('link', { name: 'acme/service-3' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Next' }).count(), 0);
  await page.goBack();
  await page.getByRole('link', { name: 'acme/service-2' }).waitFor();
  assert.equal(place(page), '#/?page=2');
});

walk('thousands of models can be filtered', {}, async (page) => {
  const names = Array.from({ length: 5000 }, (_, index) => `model ${index}`);
  await page.route('**/main/models', (route) => route.fulfill({ json: { status: 200, data: names } }));
  await openSignedIn(page, wyvern.address, '#/git/local/demo%2Fthreat-models/main');
  const links = page.locator('main ul a');
  assert.equal(await links.count(), 200);
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('MODEL 499');
  await page.getByText('11 of 5,000 models').waitFor();
  assert.equal(await links.count(), 11);
  await page.getByRole('searchbox').fill('nothing like it');
  await page.getByRole('button', { name: 'Show all models' }).click();
  await page.getByRole('button', { name: 'Show all 5,000' }).click();
  assert.equal(await links.count(), 5000);
});
