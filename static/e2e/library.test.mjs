/// What a branch brings to take from: threats and mitigations put into a model, threats that the library has changed
/// since, and the page that lists all of it; with the mouse and by keyboard alone. The tests say what the library has.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { heading, openSignedIn, settled, startBrowser, withPage } from './browser.mjs';
import { assertFocus, press, tabTo, type } from './keyboard.mjs';
import { canvas, cell, copyOf, openModel, withoutPickers } from './opening.mjs';
import { API, CELLS, modelOf, ORDERS } from './shop.mjs';
import { commitPath, createModel, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';
const PINNED = 'acme/security-library@v1.2.0:.wyvern/library/web.toml';

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

const entry = (id, title, more = {}) => ({
  id,
  origin: '.wyvern/library/acme.toml',
  version: '0123456789ab',
  title,
  description: `${title}: how.`,
  mitigation: 'Check what comes in.',
  severity: 'High',
  references: ['CWE-345'],
  tags: ['webhook'],
  categories: { STRIDE: 'Spoofing' },
  ...more,
});

const mitigation = (id, title, description, more = {}) => {
  return { id, origin: '.wyvern/library/acme.toml', title, description, references: ['ASVS-4.1.5'], tags: [], ...more };
};

const LIBRARY = {
  threats: [
    entry('wyvern/sql', 'SQL injection', {
      origin: 'built-in',
      tags: ['database'],
      categories: { STRIDE: 'Tampering' },
    }),
    entry('acme/forged', 'Forged webhook'),
    entry('lib/replayed', 'Replayed webhook', { origin: PINNED, severity: 'Medium' }),
  ],
  mitigations: [
    mitigation('acme/signed', 'Sign webhooks', 'With HMAC.', { tags: ['webhook'] }),
    mitigation('lib/tls', 'Use TLS', 'Everywhere.', { origin: PINNED }),
  ],
  faults: [],
};
const FAULTS = [{ file: '.wyvern/library/acme.toml', line: 12, message: 'A threat needs a title.' }];

const answerFor = (route, data) => route.fulfill({ json: { status: 200, data } });

/** Answers for the library of the branch. */
const answerWith = (page, library = LIBRARY) => page.route(/\/main\/library$/, (route) => answerFor(route, library));

const dialog = (page, name = /./) => page.getByRole('dialog', { name });
const box = (page, name) => dialog(page).getByRole('checkbox', { name, exact: true });
const button = (within, name) => within.getByRole('button', { name, exact: true });
const told = (page, words) => page.getByRole('group', { name: 'Just done' }).filter({ hasText: words }).waitFor();

const now = async (page) => JSON.parse(await copyOf(page));
const threatsIn = (model, { id }) => model.detail.diagrams[0].cells.find((each) => each.id === id).data.threats;

const NARROW = { width: 320, height: 568 };

let models = 0;

/** Opens a model of the branch in the editor. */
async function openShop(page, { threats = [], view = '' } = {}) {
  const model = JSON.parse(modelOf(CELLS));
  threatsIn(model, API).push(...threats);
  const name = `taken ${(models += 1)}`;
  await createModel(wyvern.address, name, model);
  await withoutPickers(page);
  // The editor has no button to sign out.
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/${encodeURIComponent(name)}/edit${view}`);
  await page.locator('.editor-page').waitFor();
}

async function openTab(page) {
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).getByRole('tab', { name: 'From the library' }).click();
}

/** A threat that was taken from the library when that said something else. */
const taken = (number, library, more = {}) => ({
  id: `t${number}`,
  title: 'Forged call',
  status: 'Open',
  severity: 'Low',
  type: 'Spoofing',
  description: 'Forged webhook: how.',
  mitigation: '',
  modelType: 'STRIDE',
  number,
  wyvern: { library, version: 'ba9876543210' },
  ...more,
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('two are sought, chosen and added, one of them edited, as one step', {}, async (page) => {
  await answerWith(page);
  await openShop(page);
  await cell(page, /^Process API/).click();
  await openTab(page);
  await box(page, 'Forged webhook').check();
  await dialog(page).getByLabel('Search').fill('replay');
  await button(dialog(page), 'Edit Replayed webhook').click();
  await dialog(page).getByLabel('Title').fill('Replayed call');
  await button(dialog(page), 'Add 2 threats').click();
  await told(page, 'Added 2 threats.');
  const [forged, replayed] = threatsIn(await now(page), API);
  assert.deepEqual(
    [forged.title, forged.type, forged.modelType, forged.wyvern],
    ['Forged webhook', 'Spoofing', 'STRIDE', { library: 'acme/forged', version: '0123456789ab' }],
  );
  assert.deepEqual([replayed.title, replayed.wyvern.library, replayed.number], ['Replayed call', 'lib/replayed', 2]);
  await button(page, 'Undo').first().click();
  assert.deepEqual(threatsIn(await now(page), API), []);
});

walk('by keyboard alone: to an element of the diagram', {}, async (page) => {
  await answerWith(page);
  await openShop(page);
  await canvas(page).focus();
  await press(page, 'Control+Shift+Enter');
  await assertFocus(page, dialog(page).locator('[data-offer]').first(), 'the first suggestion');
  await tabTo(page, 'tab', 'By rule', 'Shift+Tab');
  await press(page, 'ArrowLeft');
  await assertFocus(page, dialog(page).getByRole('tab', { name: 'From the library' }), 'the tab');
  await tabTo(page, 'combobox', 'Add to');
  await page.keyboard.type('Orders');
  await tabTo(page, 'searchbox', 'Search');
  await type(page, 'webhook', 'ArrowDown', 'ArrowDown', 'Enter');
  await told(page, 'Added 1 threat.');
  assert.deepEqual(
    threatsIn(await now(page), ORDERS).map(({ title }) => title),
    ['Replayed webhook'],
  );
});

walk('a mitigation is put behind what the threat says', {}, async (page) => {
  await answerWith(page);
  await openShop(page, { threats: [taken(1, 'acme/gone', { mitigation: 'Log it.' })] });
  await cell(page, /^Process API/).click();
  await page.getByRole('tab', { name: /^Threats/ }).click();
  await page.getByRole('button', { name: /Forged call/ }).click();
  await button(page, 'Add a mitigation from the library…').click();
  await assertFocus(page, dialog(page).getByLabel('Search'), 'the search');
  await type(page, 'hmac', 'ArrowDown', 'Space', 'Enter');
  await told(page, 'Added Sign webhooks.');
  await assertFocus(page, button(page, 'Add a mitigation from the library…'), 'what has opened the dialog');
  const [threat] = threatsIn(await now(page), API);
  assert.equal(threat.mitigation, 'Log it.\n\nSign webhooks: With HMAC.');
});

walk('what the library has changed is marked, compared, taken over or kept', {}, async (page) => {
  await answerWith(page);
  const threats = [taken(1, 'acme/forged'), taken(2, 'lib/replayed'), taken(3, 'acme/gone')];
  await openShop(page, { threats, view: '/threats' });
  await page.getByRole('grid').getByText('Update', { exact: true }).nth(1).waitFor();
  assert.equal(await page.getByRole('grid').getByText('Update', { exact: true }).count(), 2);
  await page.getByRole('row', { name: /#1/ }).click();
  await button(page, 'Compare with the library…').click();
  const item = dialog(page).getByRole('listitem');
  await item.waitFor();
  const [title, severity] = ['Title', 'Severity'].map((field) =>
    dialog(page).getByRole('checkbox', { name: `${field} of Forged call: take what the library says` }),
  );
  assert.deepEqual([await title.isChecked(), await severity.isChecked()], [true, false]);
  await button(dialog(page), 'Apply to Forged call').click();
  await told(page, 'Updated 1 threat.');
  await button(page, 'Update 1 threat from the library…').click();
  await button(dialog(page), 'Keep ours: Forged call').click();
  await told(page, '1 threat stays as it is.');
  await button(page, 'Update 1 threat from the library…').waitFor({ state: 'hidden' });
  const [first, second, third] = threatsIn(await now(page), API);
  assert.deepEqual(
    [first.title, first.severity, first.mitigation, first.wyvern.version],
    ['Forged webhook', 'Low', 'Check what comes in.', '0123456789ab'],
  );
  assert.deepEqual([second.title, second.wyvern.version], ['Forged call', '0123456789ab']);
  assert.equal(third.wyvern.version, 'ba9876543210');
});

walk('a file of this computer has no library', {}, async (page) => {
  await withoutPickers(page);
  await openModel(page, wyvern.address, modelOf(CELLS));
  await cell(page, /^Process API/).click();
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).getByRole('tab', { name: 'By category' }).waitFor();
  assert.equal(await dialog(page).getByRole('tab').count(), 2);
});

const FILES = [
  { origin: 'built-in', id: 'wyvern/sql', title: 'SQL injection' },
  { origin: '.wyvern/rules/web.toml', id: 'acme/own', title: 'Own rule' },
];

async function openPage(page, query = '') {
  await answerWith(page, { ...LIBRARY, faults: FAULTS });
  await page.route(/\/main\/rules$/, (route) =>
    answerFor(route, {
      rules: FILES.map((each) => ({ ...LIBRARY.threats[0], because: 'It is so.', ...each })),
      faults: FAULTS,
    }),
  );
  await page.route(/\/main\/templates$/, (route) => answerFor(route, { templates: [], faults: [] }));
  await openSignedIn(page, wyvern.address, `${BRANCH}${query}`);
}

walk('a page lists what the branch brings, with what is wrong on top', {}, async (page) => {
  await openPage(page);
  await page.getByRole('link', { name: 'Library', exact: true }).click();
  await heading(page, 'Library').waitFor();
  await page.getByText('.wyvern/library/acme.toml, line 12').waitFor();
  await page.getByRole('heading', { level: 2, name: 'Own rule' }).waitFor();
  await tabTo(page, 'tab', 'Rules (2)');
  await press(page, 'ArrowRight');
  await page.getByRole('heading', { level: 2, name: 'Forged webhook' }).waitFor();
  await tabTo(page, 'searchbox', 'Search');
  await type(page, 'replay');
  await page.getByText('1 of 2').waitFor();
  assert.match(page.url(), /\?library&tab=threats&search=replay$/);
  await page.goBack();
  await heading(page, 'Threat models').waitFor();
});

/** A library as a file of the repository: one threat is sound, another has no title. */
const own = (title) => `library = "acme"

[[mitigation]]
id = "signed"
title = "Sign webhooks"
description = "With HMAC."

[[threat]]
id = "forged"
title = "${title}"
description = "Anybody can send events."
mitigations = ["signed"]
severity = "High"
[threat.category]
STRIDE = "Spoofing"

[[threat]]
id = "odd"
description = "It has no title."
`;

walk('files of the repository, as the server reads them: taken, then changed by a commit', {}, async (page) => {
  commitPath(wyvern, '.wyvern/library/acme.toml', own('Forged webhook'));
  await openShop(page);
  await cell(page, /^Process API/).click();
  await openTab(page);
  await dialog(page).getByLabel('Search').fill('forged webhook');
  await box(page, 'Forged webhook').check();
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
  const [threat] = threatsIn(await now(page), API);
  assert.equal(threat.mitigation, 'Sign webhooks: With HMAC.');
  assert.match(threat.wyvern.version, /^[0-9a-f]{12}$/);
  await page.keyboard.press('Control+s');
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved ·/ })
    .first()
    .waitFor();
  commitPath(wyvern, '.wyvern/library/acme.toml', own('Forged call'));
  await page.reload();
  await cell(page, /^Process API/).click();
  await page.getByRole('tab', { name: /^Threats/ }).click();
  await page.getByRole('button', { name: /Forged webhook.*Update/ }).click();
  await button(page, 'Compare with the library…').click();
  await button(dialog(page), 'Apply to Forged webhook').click();
  await told(page, 'Updated 1 threat.');
  assert.equal(threatsIn(await now(page), API)[0].title, 'Forged call');
});

walk('the page of the library, as the server tells it', {}, async (page) => {
  commitPath(wyvern, '.wyvern/library/acme.toml', own('Forged webhook'));
  await openSignedIn(page, wyvern.address, `${BRANCH}?library&tab=threats`);
  await page.getByText(/^\.wyvern\/library\/acme\.toml, line 17$/).waitFor();
  await page.getByRole('heading', { level: 2, name: 'Forged webhook' }).waitFor();
  await page.getByRole('tab', { name: /^Templates/ }).click();
  await page.getByRole('heading', { level: 2, name: 'Mobile banking' }).waitFor();
});

walk('axe finds nothing on the page in any look, and all fits 320 px', {}, async (page) => {
  await openPage(page, '?library');
  await page.getByRole('heading', { level: 2, name: 'Own rule' }).waitFor();
  await button(page, 'Details of SQL injection').click();
  await settled(page);
  await assertAccessibleInEachLook(page, 'the page of the library');
  await page.setViewportSize(NARROW);
  await assertAccessible(page, 'the page of the library at 320 px');
});

walk('axe finds nothing in the tab of the library', {}, async (page) => {
  await answerWith(page, { ...LIBRARY, faults: FAULTS });
  await openShop(page);
  await cell(page, /^Process API/).click();
  await openTab(page);
  await box(page, 'SQL injection').check();
  await button(dialog(page), 'Edit SQL injection').click();
  await dialog(page).getByText('1 fault in the library of this repository').click();
  await assertAccessibleInEachLook(page, 'threats from the library');
  await page.setViewportSize(NARROW);
  await assertAccessible(page, 'threats from the library at 320 px');
  assert.ok(await dialog(page).evaluate((it) => it.scrollWidth <= it.clientWidth), 'nothing to scroll sideways for');
});

walk('axe finds nothing in mitigations and updates', {}, async (page) => {
  await answerWith(page);
  await openShop(page, { threats: [taken(1, 'acme/forged'), taken(2, 'lib/replayed')] });
  await cell(page, /^Process API/).click();
  await page.getByRole('tab', { name: /^Threats/ }).click();
  await page
    .getByRole('button', { name: /Forged call/ })
    .first()
    .click();
  await button(page, 'Add a mitigation from the library…').click();
  await dialog(page).getByRole('radio').first().check();
  await assertAccessibleInEachLook(page, 'mitigations from the library');
  await page.keyboard.press('Escape');
  await button(page, 'Compare with the library…').click();
  await dialog(page).getByRole('listitem').waitFor();
  await assertAccessibleInEachLook(page, 'what the library says by now');
  await page.setViewportSize(NARROW);
  await assertAccessible(page, 'what the library says by now at 320 px');
});
