/// A person gets to a model: makes one, finds one among many, renames, deletes and brings one back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { heading, openSignedIn, place, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { canvas, cell, choose, openStart } from './opening.mjs';
import { commitModels, createModel, DEMO, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';
const OLD = {
  summary: { title: 'Old shop', owner: 'Ada' },
  detail: {
    contributors: [],
    diagrams: [
      { id: 0, title: 'Paying', thumbnail: '', size: { height: 590, width: 790 }, diagramJson: { cells: [] } },
    ],
    reviewer: '',
  },
};

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

const main = (page) => page.getByRole('main');
const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const modelLink = (page, name) => main(page).getByRole('link', { name, exact: true });

async function openModels(page, query = '') {
  await openSignedIn(page, wyvern.address, BRANCH + query);
  await heading(page, 'Threat models').waitFor();
}

/** Chooses from the menu of a model in the list. */
async function act(page, model, name) {
  // What a card shows comes when it is near the window.
  await modelLink(page, model).scrollIntoViewIfNeeded();
  await button(page, `Actions for ${model}`).click();
  await page.locator('[popover]').getByText(name, { exact: true }).click();
}

/** Opens a model in the editor, draws something, and leaves without saving. */
async function leaveUnsaved(page, model) {
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/${encodeURIComponent(model)}/edit`);
  await canvas(page).waitFor();
  await page.getByRole('button', { name: 'Process', exact: true }).press('Enter');
  await cell(page, /^Process Process/).waitFor();
  await page.goto(`${wyvern.address}/${BRANCH}`);
  await button(page, 'Keep the draft').click();
  await heading(page, 'Threat models').waitFor();
}

/** Waits until the address has this part behind `#`: the browser tells of a change a little later. */
async function placed(page, hash) {
  await page.waitForFunction((wanted) => location.hash === wanted, hash);
}

/** The version that a model has on the server, and its text; null when it is not there. */
async function stored(name) {
  const { accessToken } = await signInByApi(wyvern.address);
  const headers = { Authorization: `Bearer ${accessToken}` };
  const response = await fetch(wyvern.address + demoPath(name, 'data'), { headers });
  return response.ok ? { version: response.headers.get('etag'), text: await response.text() } : null;
}

walk('from the first page to a saved model with an empty canvas', {}, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).click();
  await page.getByRole('link', { name: DEMO.repository }).click();
  await page.getByRole('link', { name: DEMO.branch, exact: true }).click();
  await page.getByRole('link', { name: 'New model' }).click();
  await heading(page, 'New model').waitFor();
  await button(page, 'Create the model').click();
  await page.getByText('The model needs a title.').waitFor();
  await field(page, 'Title').fill('My first / model');
  assert.equal(await field(page, 'File name').inputValue(), 'My first model');
  await button(page, 'Create the model').click();
  await canvas(page).waitFor();
  assert.equal(place(page), `${BRANCH}/My%20first%20model/edit/0`);
  await page.getByRole('heading', { level: 1, name: 'My first / model' }).waitFor();
  await page.goBack();
  await heading(page, 'Threat models').waitFor();
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'My first model', exact: true }) });
  await card.getByText('My first / model').waitFor();
  await card.getByText('1 diagram, 0 threats').waitFor();
  await card.getByText('Nothing is drawn yet').waitFor();
});

walk('a name that is taken or impossible is told at its field', { expected: /status of 4(09|22)/ }, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}?new`);
  await field(page, 'Title').fill('starter');
  await page.getByText('There is a model of this name already. Choose another file name.').waitFor();
  await field(page, 'File name').fill('a.lock');
  await page.getByText('A name cannot end in “.lock”: git uses that itself.').waitFor();
  await field(page, 'File name').fill('late');
  await createModel(wyvern.address, 'late', CHECKOUT);
  await button(page, 'Create the model').click();
  await page.getByText('There is a model of this name already. Choose another file name.').waitFor();
  assert.equal(await field(page, 'File name').getAttribute('aria-invalid'), 'true');
});

walk('a model is begun with an example, with another model, and with a file of version 1', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}?new&from=demo:bank`);
  assert.equal(await field(page, 'Title').inputValue(), 'Mobile banking');
  await button(page, 'Create the model').click();
  await canvas(page)
    .getByRole('option', { name: /^Process App on the phone/ })
    .waitFor();

  await page.goto(`${wyvern.address}/${BRANCH}?new&from=model:Mobile%20banking`);
  assert.equal(await field(page, 'Title').inputValue(), 'Copy of Mobile banking');
  await button(page, 'Create the model').click();
  await canvas(page)
    .getByRole('option', { name: /^Process App on the phone/ })
    .waitFor();
  const [original, copy] = [await stored('Mobile banking'), await stored('Copy of Mobile banking')];
  const title = (text) => text.replace(/"title": ?"[^"]*"/, '');
  assert.equal(title(copy.text), title(original.text), 'nothing but its title is another');

  await page.goto(`${wyvern.address}/${BRANCH}?new`);
  await page.getByRole('radio', { name: /^A file or text/ }).check();
  await choose(page, '{"otmVersion":"0.2.0"}');
  await page.getByRole('heading', { name: 'Files of Open Threat Model cannot be opened yet' }).waitFor();
  await choose(page, JSON.stringify(OLD));
  await page.getByText('Old shop is ready to be created.').waitFor();
  await page.getByText(/has been upgraded to version 2/).waitFor();
  await button(page, 'Create the model').click();
  await canvas(page).waitFor();
  assert.match((await stored('Old shop')).text, /"version": ?"2/);
});

walk('a text that was pasted is read when the model is created, and old errors go', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}?new`);
  await button(page, 'Create the model').click();
  await page.getByText('The model needs a title').waitFor();
  await page.getByRole('radio', { name: /^A file or text/ }).check();
  await page.getByText('The model needs a title').waitFor({ state: 'detached' });
  await page
    .getByLabel(/text/i)
    .last()
    .fill(JSON.stringify({ ...CHECKOUT, summary: { title: 'Pasted shop' } }));
  await button(page, 'Create the model').click();
  await canvas(page).waitFor();
  assert.equal(JSON.parse((await stored('Pasted shop')).text).data.summary.title, 'Pasted shop');
});

walk('a renamed model keeps what is not saved of it', { expected: /status of 4(09|22)/ }, async (page) => {
  await createModel(wyvern.address, 'before', CHECKOUT);
  await leaveUnsaved(page, 'before');
  await act(page, 'before', 'Rename…');
  const dialog = page.getByRole('dialog', { name: 'Rename before' });
  const focused = await page.evaluate(() => document.activeElement.value);
  assert.equal(focused, 'before', 'the field with the name has the focus');
  await dialog.getByText('Your changes that are not saved yet go with it.').waitFor();
  await field(page, 'New file name').fill('starter');
  await button(page, 'Rename').click();
  await dialog.getByText('There is a model of this name already. Choose another name.').waitFor();
  await field(page, 'New file name').fill('after');
  await button(page, 'Rename').click();
  await modelLink(page, 'after').waitFor();
  assert.equal(await modelLink(page, 'before').count(), 0);
  assert.equal(await stored('before'), null);
  await page.goto(`${wyvern.address}/#/`);
  await page.getByRole('heading', { name: 'Not saved yet' }).waitFor();
  await modelLink(page, 'Web shop checkout').click();
  await page
    .getByText(/Your draft from this computer is continued/)
    .first()
    .waitFor();
  await placed(page, `${BRANCH}/after/edit/0`);
});

walk('a deleted model comes back as it was', { expected: /status of 404/ }, async (page) => {
  await createModel(wyvern.address, 'mistake', CHECKOUT);
  const before = await stored('mistake');
  await openModels(page);
  await act(page, 'mistake', 'Delete');
  await page.getByText('mistake was deleted.').waitFor();
  assert.equal(await modelLink(page, 'mistake').count(), 0);
  assert.equal(await stored('mistake'), null);
  await assertAccessible(page, 'a model is deleted');
  assert.ok(await button(page, 'Undo').evaluate((undo) => undo === document.activeElement), 'Undo has the focus');
  await page.keyboard.press('Enter');
  await modelLink(page, 'mistake').waitFor();
  assert.deepEqual(await stored('mistake'), before);
});

walk('a model with changes that are not saved is deleted only when that is wanted', {}, async (page) => {
  await createModel(wyvern.address, 'worked on', CHECKOUT);
  await leaveUnsaved(page, 'worked on');
  await act(page, 'worked on', 'Delete');
  await page.getByRole('dialog', { name: 'Delete worked on with changes that are not saved?' }).waitFor();
  await button(page, 'Keep it').click();
  assert.notEqual(await stored('worked on'), null);
});

walk('a branch is made where another one stands', { expected: /status of 4(09|22)/ }, async (page) => {
  const branches = BRANCH.replace('/main', '');
  await openSignedIn(page, wyvern.address, branches);
  await button(page, 'New branch…').click();
  await field(page, 'Name of the new branch').fill('two words');
  await page.getByText(/^Spaces and the characters/).waitFor();
  await field(page, 'Name of the new branch').fill('main');
  await page.getByText('There is a branch of this name already. Choose another name.').waitFor();
  await assertAccessible(page, 'a new branch');
  await field(page, 'Name of the new branch').fill('feature/ünï');
  await button(page, 'Make the branch').click();
  await heading(page, 'Threat models').waitFor();
  assert.equal(place(page), `${branches}/feature%2F%C3%BCn%C3%AF`);
  await modelLink(page, 'starter').waitFor();
  await page.route('**/branches?page=1&searchQuery=none+such', (route) =>
    route.fulfill({ json: { status: 200, data: { branches: [], pagination: { page: 1, next: false, prev: false } } } }),
  );
  await page.goto(`${wyvern.address}/${branches}?search=none+such`);
  await page.getByRole('heading', { name: 'No branch matches “none such”' }).waitFor();
  await button(page, 'Show all branches').click();
  await page.getByRole('link', { name: 'main', exact: true }).waitFor();
});

walk('an empty repository offers to make its first model', {}, async (page) => {
  await page.route('**/branches?*', (route) =>
    route.fulfill({ json: { status: 200, data: { branches: [], pagination: { page: 1, next: false, prev: false } } } }),
  );
  await openSignedIn(page, wyvern.address, BRANCH.replace('/main', ''));
  await page.getByRole('heading', { name: 'This repository is empty' }).waitFor();
  await page.getByRole('link', { name: 'Make its first model' }).click();
  await heading(page, 'New model').waitFor();
  assert.equal(place(page), `${BRANCH}?new`);
});

walk('the order and the filter of a list are in its address', {}, async (page) => {
  await openModels(page, '?sort=open');
  await page.waitForFunction(() => document.querySelector('main ul a')?.textContent === 'hospital-platform');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Name');
  await page.waitForFunction(() => document.querySelector('main ul a')?.textContent !== 'hospital-platform');
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('ROBOTS');
  await placed(page, `${BRANCH}?search=ROBOTS`);
  await page.reload();
  await modelLink(page, 'warehouse-robots').waitFor();
  assert.equal(await page.locator('main ul a').count(), 1);
  await page.getByRole('combobox', { name: 'Show as' }).selectOption('List');
  await placed(page, `${BRANCH}?search=ROBOTS&view=list`);
});

for (const width of [320, 360, 1280]) {
  walk(
    `nothing of what a list says is cut off below, and a picture of one element is small, ${width} wide`,
    {
      viewport: { width, height: 800 },
    },
    async (page) => {
      const alone = structuredClone(CHECKOUT);
      alone.detail.diagrams[0].cells.splice(1);
      const name = `one-of-a-very-long-name-indeed-for-windows-${width}-wide`;
      await createModel(wyvern.address, name, alone);
      // A busy server does not look for who has changed it.
      await page.route('**/models/cards', async (route) => {
        const response = await route.fetch();
        const { data } = await response.json();
        for (const card of data) card.changed = { author: 'Ada Lovelace', at: '2026-11-30T06:00:00Z' };
        await route.fulfill({ response, json: { data } });
      });
      await openModels(page, `?search=${name}`);
      for (const [view, piece] of [
        ['Cards', 'ellipse'],
        ['List', '.row .badges'],
      ]) {
        await page.getByLabel('Show as').selectOption(view);
        await main(page).locator(piece).waitFor();
        const [card, changed, inner] = await Promise.all(
          ['.card', '.changed', piece].map((part) => main(page).locator(part).boundingBox()),
        );
        assert.ok(changed.y + changed.height < card.y + card.height, view);
        assert.ok(inner.height < 90, `${view}: ${inner.height}`);
      }
    },
  );
}

walk('of ten thousand models only those on the screen are looked into', {}, async (page) => {
  const titled = (title) => JSON.stringify({ ...CHECKOUT, summary: { title } });
  const names = Array.from({ length: 10_000 }, (_, index) => `model ${index}`);
  commitModels(wyvern, 'many', new Map(names.map((name) => [name, titled(`Title of ${name}`)])));
  commitModels(wyvern, 'many', new Map([['model 9999', titled('The last')]]));
  const asked = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/many/models/cards')) asked.push(request.postDataJSON().models);
  });
  await openSignedIn(page, wyvern.address, BRANCH.replace(/main$/, 'many'));
  await page.getByText('Title of model 0', { exact: true }).waitFor();
  assert.ok(asked.every((call) => call.length <= 50));
  assert.ok(asked.flat().length < 100, `${asked.flat().length} of them`);
  await button(page, 'Show all 10,000').click();
  assert.equal(await page.locator('main ul a').count(), 10_000);
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Last change');
  await page.getByText(/takes too long for more than 500: filter by name first/).waitFor();
  await page.getByRole('searchbox').fill('model 99');
  await page.waitForFunction(() => document.querySelector('main ul a')?.textContent === 'model 9999');
  assert.ok(asked.flat().length < 400, `${asked.flat().length} of them`);
});

walk(
  'a file of version 1 is upgraded when it is opened, and refused where that fails',
  { expected: /ERR_FAILED/ },
  async (page) => {
    // The upgraded one is left unsaved, which the browser asks about.
    page.on('dialog', (question) => question.accept());
    await openStart(page, wyvern.address);
    await page.route('**/api/documents/upgrade', (route) => route.abort(), { times: 1 });
    await choose(page, JSON.stringify(OLD), 'old.json');
    await page.getByRole('heading', { name: 'This model could not be upgraded' }).waitFor();
    await choose(page, JSON.stringify(OLD), 'old.json');
    await page.getByText(/has been upgraded to version 2/).waitFor();
    await heading(page, 'Old shop').waitFor();
    await openStart(page, wyvern.address);
    await button(page, 'Open the example Build and release pipeline').click();
    await canvas(page)
      .getByRole('option', { name: /^Process Build machine/ })
      .waitFor();
  },
);

walk('what was looked at is offered again, until it is gone', { expected: /status of 404/ }, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/starter`);
  await heading(page, 'Starter').waitFor();
  await settled(page);
  await page.goto(`${wyvern.address}/#/`);
  await page.getByRole('heading', { name: 'Go on where you were' }).waitFor();
  await modelLink(page, 'starter').click();
  await heading(page, 'Starter').waitFor();
  await page.route('**/starter/data', (route) => route.fulfill({ status: 404, json: { code: 'not_found' } }));
  await page.reload();
  await page.getByRole('heading', { name: 'This cannot be found' }).waitFor();
  await page.goto(`${wyvern.address}/#/`);
  await heading(page, 'Repositories').waitFor();
  await settled(page);
  assert.equal(await modelLink(page, 'starter').count(), 0);
});

walk('the pages on the way can be used by everybody', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/starter`);
  await settled(page);
  const pages = [
    ['#/', 'Repositories'],
    [BRANCH.replace('/main', ''), 'demo/threat-models'],
    [BRANCH, 'Threat models'],
    [`${BRANCH}?view=list`, 'Threat models'],
    [`${BRANCH}?new`, 'New model'],
    [`${BRANCH}?new&from=demo:shop`, 'New model'],
    ['#/file', 'A model on this computer'],
  ];
  for (const [hash, name] of pages) {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${wyvern.address}/${hash}`);
    await heading(page, name).waitFor();
    await settled(page);
    await assertAccessibleInEachLook(page, hash);
    await page.setViewportSize({ width: 320, height: 640 });
    await assertAccessible(page, `${hash} at 320 px`);
  }
});
