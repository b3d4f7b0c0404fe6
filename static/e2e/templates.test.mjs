/// Templates: a model begun with one, parts of diagrams put into a model, and a model saved as one; with the mouse and by
/// keyboard alone. The tests say which templates there are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { heading, openSignedIn, settled, startBrowser, withPage } from './browser.mjs';
import { press, tabTo, type } from './keyboard.mjs';
import { canvas, cell, copyOf, withoutPickers, written } from './opening.mjs';
import { CELLS, modelOf } from './shop.mjs';
import { commitPath, createModel, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

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

const DRAWING = {
  left: 0,
  top: 0,
  width: 400,
  height: 100,
  boxes: [
    { kind: 'process', x: 0, y: 0, width: 100, height: 100 },
    { kind: 'store', x: 250, y: 10, width: 150, height: 80 },
  ],
  lines: [
    {
      kind: 'flow',
      points: [
        [100, 50],
        [250, 50],
      ],
    },
  ],
};

const template = (id, name, more = {}) => ({
  id,
  kind: 'model',
  origin: id.startsWith('built-in/') ? 'built-in' : id,
  name,
  description: `${name}, as we build it.`,
  tags: [],
  title: name,
  owner: '',
  diagrams: 1,
  elements: 3,
  threats: 2,
  open: 2,
  severities: { critical: 0, high: 2, medium: 0, low: 0, tbd: 0 },
  drawing: DRAWING,
  ...more,
});

const OWN = '.wyvern/templates/api & more.json';
const PINNED = 'acme/security-library@v1.2.0:.wyvern/templates/login.json';
const TEMPLATES = [
  ...['shop', 'bank', 'pipeline'].map((each) => template(`built-in/${each}`, each)),
  template(OWN, 'Public API', { tags: ['api', 'gateway'] }),
  template(PINNED, 'Sign-in', { kind: 'diagram', tags: ['login'] }),
];

const MODEL = modelOf(CELLS).replace('"Shop"', '"Public API"');
const DIAGRAM = JSON.stringify({ ...JSON.parse(MODEL).detail.diagrams[0], title: 'Sign-in', own: 'kept' });

/** Answers for the templates of the branch and for what is in them. */
async function answerWith(page, templates = TEMPLATES, content = DIAGRAM) {
  await page.route(/\/main\/templates$/, (route) =>
    route.fulfill({ json: { status: 200, data: { templates, faults: [] } } }),
  );
  await page.route(/\/main\/template\?id=/, (route) => {
    const id = new URL(route.request().url()).searchParams.get('id');
    const body = `{"status":200,"data":{"id":${JSON.stringify(id)},"content":${id === OWN ? MODEL : content}}}`;
    return route.fulfill({ contentType: 'application/json', body });
  });
}

const dialog = (page) => page.getByRole('dialog');
const button = (within, name) => within.getByRole('button', { name, exact: true });
const told = (page, words) => page.getByRole('group', { name: 'Just done' }).filter({ hasText: words }).waitFor();
const field = (page, name) => page.getByRole('textbox', { name, exact: true });
const now = async (page) => JSON.parse(await copyOf(page));
const idsIn = (diagram) => diagram.cells.map(({ id }) => id);

let models = 0;

async function openShop(page, view = '') {
  const name = `shaped ${(models += 1)}`;
  await createModel(wyvern.address, name, JSON.parse(modelOf(CELLS)));
  await withoutPickers(page);
  // The editor has no button to sign out.
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/${encodeURIComponent(name)}/edit${view}`);
  await page.locator('.editor-page').waitFor();
}

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('a model is begun with a template of the team, by keyboard alone', {}, async (page) => {
  await withoutPickers(page);
  await answerWith(page);
  await openSignedIn(page, wyvern.address, `${BRANCH}?new`);
  await tabTo(page, 'radio', /^An empty diagram/);
  await press(page, 'ArrowDown');
  await tabTo(page, 'searchbox', 'Search');
  await type(page, 'gateway');
  await page.getByText('1 template', { exact: true }).waitFor();
  await tabTo(page, 'radio', /^Public API/);
  await press(page, 'Space');
  assert.equal(await field(page, 'Title').inputValue(), 'Public API');
  await tabTo(page, 'button', 'Create the model');
  await page.keyboard.press('Enter');
  await cell(page, /^Process API/).waitFor();
  assert.deepEqual(idsIn((await now(page)).detail.diagrams[0]), idsIn(JSON.parse(MODEL).detail.diagrams[0]));
});

walk('the team’s own come first; an address names one', {}, async (page) => {
  await answerWith(page);
  await openSignedIn(page, wyvern.address, `${BRANCH}?new&from=template:${encodeURIComponent(OWN)}`);
  const names = page.getByRole('group', { name: 'Template' }).getByRole('radio');
  await names.nth(3).waitFor();
  assert.equal(await names.nth(0).isChecked(), true);
  assert.equal(await names.count(), 4, 'parts of diagrams are no models to begin with');
  assert.equal(await field(page, 'Title').inputValue(), 'Public API');
  await page.goto(`${wyvern.address}/${BRANCH}?new&from=demo:pipeline`);
  await page.getByRole('radio', { name: /^Build and release pipeline/, checked: true }).waitFor();
});

walk(
  'where the templates cannot be read, the examples are there',
  { expected: /Failed to load resource/ },
  async (page) => {
    await page.route(/\/main\/templates$/, (route) => route.abort('internetdisconnected'));
    await openSignedIn(page, wyvern.address, `${BRANCH}?new&from=demo:shop`);
    await page.getByRole('heading', { name: 'The templates of this branch could not be read' }).waitFor();
    await field(page, 'File name').fill('offline shop');
    await button(page, 'Create the model').click();
    await canvas(page).waitFor();
  },
);

walk('a fragment is put into the diagram, where there is room, as one step', {}, async (page) => {
  await answerWith(page);
  await openShop(page);
  await canvas(page).focus();
  await press(page, 'Control+k');
  await type(page, 'insert a fragment', 'Enter');
  await dialog(page)
    .getByRole('radio', { name: /^Sign-in/ })
    .check();
  await page.keyboard.press('Enter');
  await told(page, 'Inserted Sign-in.');
  const [diagram] = (await now(page)).detail.diagrams;
  assert.equal(diagram.cells.length, 2 * CELLS.length);
  assert.equal(new Set(idsIn(diagram)).size, 2 * CELLS.length, 'each has an id of its own');
  await button(page, 'Undo').first().click();
  assert.equal((await now(page)).detail.diagrams[0].cells.length, CELLS.length);
});

walk('a fragment becomes one more diagram', {}, async (page) => {
  await answerWith(page);
  await openShop(page, '/about');
  await button(page, 'Add from a template…').click();
  await dialog(page)
    .getByRole('radio', { name: /^Sign-in/ })
    .check();
  await button(dialog(page), 'Add the diagram').click();
  await told(page, 'Added a diagram from Sign-in.');
  const [first, second] = (await now(page)).detail.diagrams;
  assert.deepEqual([second.title, second.own, second.cells.length], ['Sign-in', 'kept', CELLS.length]);
  assert.ok(idsIn(second).every((id) => !idsIn(first).includes(id)));
});

walk('a fragment that is damaged is told, and where there is none that is said', {}, async (page) => {
  await answerWith(page, TEMPLATES, '{"title":"Odd","cells":[{"id":1}]}');
  await openShop(page, '/about');
  await button(page, 'Add from a template…').click();
  await dialog(page)
    .getByRole('radio', { name: /^Sign-in/ })
    .check();
  await button(dialog(page), 'Add the diagram').click();
  await dialog(page).getByRole('heading', { name: 'This fragment cannot be used' }).waitFor();
  await page.keyboard.press('Escape');
  await answerWith(page, TEMPLATES.slice(0, 3));
  await button(page, 'Add from a template…').click();
  await dialog(page).getByText('They are kept in .wyvern/templates.').waitFor();
});

walk('a model is saved as the file of a template', {}, async (page) => {
  await createModel(wyvern.address, 'to share', JSON.parse(modelOf(CELLS)));
  await openSignedIn(page, wyvern.address, BRANCH);
  await page.getByRole('link', { name: 'to share', exact: true }).scrollIntoViewIfNeeded();
  await button(page, 'Actions for to share').click();
  await button(page, 'Save as a template…').click();
  await dialog(page).getByLabel('Name', { exact: true }).fill('Three / tiers');
  await dialog(page).getByLabel('Description').fill('Web, API, data.');
  await dialog(page).getByLabel('Tags, with commas between').fill('web, tiers');
  await assertAccessibleInEachLook(page, 'saving a template');
  const text = await written(page, () => button(dialog(page), 'Download the template').click());
  await dialog(page).getByText('Three tiers.json was downloaded.').waitFor();
  const { templateMetadata, model } = JSON.parse(text);
  const { id, ...more } = templateMetadata;
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(more, { name: 'Three / tiers', description: 'Web, API, data.', tags: ['web', 'tiers'] });
  assert.deepEqual(idsIn(model.detail.diagrams[0]), idsIn(JSON.parse(modelOf(CELLS)).detail.diagrams[0]));
});

walk('files of the repository, as the server reads them', {}, async (page) => {
  const templateMetadata = { id: 'login', name: 'Sign-in', description: 'With a second factor.', tags: ['login'] };
  commitPath(
    wyvern,
    '.wyvern/templates/login.json',
    `{"templateMetadata":${JSON.stringify(templateMetadata)},"diagram":${DIAGRAM}}`,
  );
  commitPath(wyvern, '.wyvern/templates/api.json', MODEL);
  await openShop(page);
  await canvas(page).focus();
  await press(page, 'Control+k');
  await type(page, 'insert a fragment', 'Enter');
  await dialog(page)
    .getByRole('radio', { name: /^Sign-in/ })
    .check();
  await page.keyboard.press('Enter');
  await told(page, 'Inserted Sign-in.');
  assert.equal((await now(page)).detail.diagrams[0].cells.length, 2 * CELLS.length);
  await button(page, 'Save').click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved ·/ })
    .first()
    .waitFor();
  await page.goto(`${wyvern.address}/${BRANCH}?new&from=template:.wyvern/templates/api.json`);
  await page.getByRole('radio', { name: /^Public API/, checked: true }).waitFor();
  await field(page, 'File name').fill('from the team');
  await button(page, 'Create the model').click();
  await cell(page, /^Process API/).waitFor();
});

walk('axe finds nothing in the gallery in any look, and all fits 320 px', {}, async (page) => {
  await answerWith(page);
  await openSignedIn(page, wyvern.address, `${BRANCH}?new&from=demo:shop`);
  await heading(page, 'New model').waitFor();
  await page.getByRole('radio', { name: /^Public API/ }).waitFor();
  await settled(page);
  await assertAccessibleInEachLook(page, 'the gallery');
  await page.setViewportSize({ width: 320, height: 640 });
  await assertAccessible(page, 'the gallery at 320 px');
});

walk('axe finds nothing among fragments', {}, async (page) => {
  await answerWith(page);
  await openShop(page, '/about');
  await button(page, 'Add from a template…').click();
  await dialog(page).getByRole('radio').first().check();
  await assertAccessibleInEachLook(page, 'fragments');
  await page.setViewportSize({ width: 320, height: 640 });
  await assertAccessible(page, 'fragments at 320 px');
});
