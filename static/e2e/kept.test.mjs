/// What a team keeps in its repository, from its files to the saved model: a template, a fragment, a threat that the
/// library changes later, and a methodology of its own. The server answers all of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSignedIn, startBrowser, withPage } from './browser.mjs';
import { press, type } from './keyboard.mjs';
import { canvas, cell } from './opening.mjs';
import { API, CELLS, modelOf } from './shop.mjs';
import { commitPath, createModel, data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

const libraryOf = (title) => `library = "acme"

[[threat]]
id = "forged"
title = "${title}"
description = "Anybody can send events."
severity = "High"

[threat.category]
STRIDE = "Spoofing"
`;

const RULES = `pack = "own"

[[methodology]]
id = "ACME"
name = "Fraud review"
categories = { actor = ["Abuse"], process = ["Abuse", "Fraud"], store = ["Fraud"], flow = ["Fraud"] }

[[rule]]
id = "refund"
when = "process"
title = "Refund that nobody has seen"
because = "Nobody approves it."
description = "An employee pays themselves."
mitigation = "Have a second person approve it."
category.ACME = "Fraud"
`;

const templateOf = (name, content) =>
  JSON.stringify({ templateMetadata: { name, description: `${name}, as we build it.`, tags: [] }, ...content });

const MODEL = JSON.parse(modelOf(CELLS));
const [DIAGRAM] = MODEL.detail.diagrams;

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  browser = await startBrowser();
  commitPath(wyvern, '.wyvern/library/acme.toml', libraryOf('Forged webhook'));
  commitPath(wyvern, '.wyvern/rules/own.toml', RULES);
  commitPath(wyvern, '.wyvern/templates/x.json', templateOf('Public API', { model: MODEL }));
  commitPath(
    wyvern,
    '.wyvern/templates/login.json',
    templateOf('Sign-in', { diagram: { ...DIAGRAM, title: 'Login' } }),
  );
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, steps) => test(name, () => withPage(browser, wyvern.address, {}, steps));

const dialog = (page) => page.getByRole('dialog');
const button = (within, name) => within.getByRole('button', { name, exact: true });
const told = (page, words) => page.getByRole('group', { name: 'Just done' }).filter({ hasText: words }).waitFor();
const threatsIn = (diagram) => diagram.cells.find(({ id }) => id === API.id).data.threats;

/** Saves, and gives the model as the repository has it then. */
async function saved(page, name) {
  await page.keyboard.press('Control+s');
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved ·/ })
    .first()
    .waitFor();
  const { accessToken } = await signInByApi(wyvern.address);
  const headers = { Authorization: `Bearer ${accessToken}` };
  return data(await fetch(wyvern.address + demoPath(name, 'data'), { headers }));
}

async function openLibrary(page) {
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).getByRole('tab', { name: 'From the library' }).click();
}

walk('a model from a template, with a fragment and a threat that the library changes', async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}?new`);
  await page.getByRole('radio', { name: /^A template/ }).check();
  await page.getByRole('radio', { name: /^Public API/ }).check();
  await page.getByRole('textbox', { name: 'File name', exact: true }).fill('kept');
  await button(page, 'Create the model').click();
  await cell(page, /^Process API/).click();
  await openLibrary(page);
  await dialog(page).getByRole('checkbox', { name: 'Forged webhook', exact: true }).check();
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
  await canvas(page).focus();
  await press(page, 'Control+k');
  await type(page, 'insert a fragment', 'Enter');
  await dialog(page)
    .getByRole('radio', { name: /^Sign-in/ })
    .check();
  await page.keyboard.press('Enter');
  await told(page, 'Inserted Sign-in.');
  const first = await saved(page, 'kept');
  const [diagram] = first.detail.diagrams;
  assert.equal(first.summary.title, 'Public API');
  assert.equal(new Set(diagram.cells.map(({ id }) => id)).size, 2 * CELLS.length, 'each has an id of its own');
  const [threat] = threatsIn(diagram);
  assert.deepEqual([threat.title, threat.type, threat.severity], ['Forged webhook', 'Spoofing', 'High']);
  assert.equal(threat.wyvern.library, 'acme/forged');
  assert.match(threat.wyvern.version, /^[0-9a-f]{12}$/);

  commitPath(wyvern, '.wyvern/library/acme.toml', libraryOf('Forged call'));
  await page.reload();
  await cell(page, /^Process API/)
    .first()
    .click();
  await page.getByRole('tab', { name: /^Threats/ }).click();
  await page.getByRole('button', { name: /Forged webhook.*Update/ }).click();
  await button(page, 'Compare with the library…').click();
  await button(dialog(page), 'Apply to Forged webhook').click();
  await told(page, 'Updated 1 threat.');
  const second = await saved(page, 'kept');
  const [updated] = threatsIn(second.detail.diagrams[0]);
  assert.equal(updated.title, 'Forged call');
  assert.notEqual(updated.wyvern.version, threat.wyvern.version);
  assert.deepEqual({ ...updated, title: threat.title, wyvern: threat.wyvern }, threat, 'nothing else has changed');
});

walk('a diagram becomes one of the team’s methodology, and its threats have its categories', async (page) => {
  commitPath(wyvern, '.wyvern/library/acme.toml', libraryOf('Forged webhook'));
  await createModel(wyvern.address, 'reviewed', MODEL);
  // The editor has no button to sign out.
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/reviewed/edit`);
  await canvas(page).waitFor();
  await page.getByLabel('Methodology', { exact: true }).selectOption({ label: 'Fraud review' });
  await cell(page, /^Process API/).click();
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).getByRole('checkbox', { name: 'Refund that nobody has seen', exact: true }).check();
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
  await openLibrary(page);
  const entry = dialog(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('checkbox', { name: 'Forged webhook', exact: true }) });
  await entry.getByText('Choose the category').waitFor();
  await button(entry, 'Edit Forged webhook').click();
  await dialog(page).getByLabel('Type', { exact: true }).selectOption('Fraud');
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
  const [diagram] = (await saved(page, 'reviewed')).detail.diagrams;
  assert.equal(diagram.diagramType, 'ACME');
  assert.deepEqual(
    threatsIn(diagram).map(({ type, modelType, wyvern: { rule, library } }) => [type, modelType, rule ?? library]),
    [
      ['Fraud', 'ACME', 'own/refund'],
      ['Fraud', 'ACME', 'acme/forged'],
    ],
  );
  await page.goto(`${wyvern.address}/${BRANCH}?new`);
  await page.getByLabel('Method for finding threats').selectOption({ label: 'Fraud review' });
});
