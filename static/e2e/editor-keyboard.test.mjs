/// A person draws, describes, saves and opens again a whole model with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signInButton, startBrowser, withPage } from './browser.mjs';
import { assertFocus, press, tabTo, type } from './keyboard.mjs';
import { canvas, cell, withoutPickers, written } from './opening.mjs';
import { startWyvern } from './wyvern.mjs';

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

/** Finds an element by name: it is selected, and the keyboard is at it on the canvas. */
async function find(page, name, called = name) {
  await press(page, 'Control+f');
  await type(page, name, 'Enter');
  await assertFocus(page, cell(page, called), called);
}

/** Puts an element of a kind where there is room, and names it. */
async function draw(page, key, name, called) {
  await press(page, key, 'Enter');
  await type(page, name, 'Enter');
  await assertFocus(page, cell(page, called), called);
}

/** From where the keyboard is, along a flow that is new, to the element at its end. */
async function connect(page, name, to, end) {
  await press(page, 'f');
  await type(page, to, 'Enter');
  await type(page, name, 'Enter');
  await assertFocus(page, cell(page, `Flow ${name}`), name);
  await press(page, ']');
  await assertFocus(page, cell(page, end), end);
}

const said = (page, words) =>
  page.locator('.canvas [role=status]').filter({ hasText: words }).waitFor({ state: 'attached' });

async function newModel(page) {
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  await tabTo(page, 'link', 'Work with a file on this computer');
  await press(page, 'Enter');
  await assertFocus(page, page.getByRole('heading', { level: 1, name: 'A model on this computer' }), 'the heading');
  await tabTo(page, 'textbox', 'Title');
  await type(page, 'Web application', 'Enter');
  await assertFocus(page, page.getByRole('heading', { level: 1, name: 'Web application' }), 'the title');
  await tabTo(page, 'listbox', 'Diagram Main diagram, no elements');
}

async function drawAll(page) {
  await draw(page, 'a', 'Browser', 'Actor Browser');
  await draw(page, 'p', 'Web server', 'Process Web server');
  await draw(page, 'p', 'Application', 'Process Application');
  await draw(page, 's', 'Database', 'Store Database');
  await press(page, 'Home');
  await assertFocus(page, cell(page, 'Actor Browser'), 'Home');
  await connect(page, 'Request', 'web', 'Process Web server');
  await connect(page, 'Call', 'appl', 'Process Application');
  await connect(page, 'Query', 'data', 'Store Database');
  await connect(page, 'Rows', 'appl', 'Process Application');
  await connect(page, 'Answer', 'web', 'Process Web server');
  await connect(page, 'Page', 'brow', 'Actor Browser');
  await find(page, 'Process Web server');
  await draw(page, 'b', 'DMZ', 'Trust boundary DMZ');
  await find(page, 'Process Application');
  await tabTo(page, 'option', /^Store Database/);
  await press(page, 'Shift+Space');
  await draw(page, 'b', 'Inner network', 'Trust boundary Inner network');
}

async function describe(page) {
  await find(page, 'Process Web server');
  await press(page, 'Alt+Enter');
  await tabTo(page, 'textbox', 'Privilege level');
  await type(page, 'www-data');
  await tabTo(page, 'checkbox', 'Web application');
  await press(page, 'Space');
  await find(page, 'Query', 'Flow Query');
  await press(page, 'Alt+Enter');
  await tabTo(page, 'combobox', 'Protocol');
  await type(page, 'SQL');
  await tabTo(page, 'checkbox', 'Encrypted');
  await press(page, 'Space');
  await find(page, 'Store Database');
  await press(page, 'Alt+Enter');
  await tabTo(page, 'checkbox', 'Stores credentials');
  await press(page, 'Space');
}

async function recordThreat(page) {
  await find(page, 'Process Web server');
  await press(page, 'Control+Enter');
  await tabTo(page, 'button', 'Add a threat');
  await press(page, 'Enter');
  await assertFocus(page, page.getByRole('textbox', { name: 'Title' }), 'the title of the threat');
  await type(page, 'Pages are changed');
  await tabTo(page, 'combobox', 'Severity');
  await page.keyboard.type('High');
  await tabTo(page, 'textbox', 'Mitigation');
  await type(page, 'Sign them');
  await find(page, 'Process Web server');
  await cell(page, 'Process Web server, 1 open threat, in DMZ').waitFor();
}

/** What is in the saved file, in short. */
function contents(text) {
  const [diagram] = JSON.parse(text).detail.diagrams;
  const names = new Map(diagram.cells.map(({ id, data }) => [id, data.name]));
  const flows = diagram.cells.filter(({ shape }) => shape === 'flow');
  return {
    nodes: diagram.cells.filter(({ position }) => position).map(({ shape, data }) => `${shape} ${data.name}`),
    flows: flows.map(
      ({ data, source, target }) => `${data.name}: ${names.get(source.cell)} → ${names.get(target.cell)}`,
    ),
    labels: flows.map(({ labels }) => labels[0].attrs.label.text),
    of: (name) => diagram.cells.find(({ data }) => data.name === name).data,
  };
}

function assertSaved(bytes) {
  const { nodes, flows, labels, of } = contents(bytes);
  assert.deepEqual(nodes.toSorted(), [
    'actor Browser',
    'process Application',
    'process Web server',
    'store Database',
    'trust-boundary-box DMZ',
    'trust-boundary-box Inner network',
  ]);
  assert.deepEqual(flows, [
    'Request: Browser → Web server',
    'Call: Web server → Application',
    'Query: Application → Database',
    'Rows: Database → Application',
    'Answer: Application → Web server',
    'Page: Web server → Browser',
  ]);
  assert.deepEqual(labels, ['Request', 'Call', 'Query', 'Rows', 'Answer', 'Page']);
  const { privilegeLevel, isWebApplication, hasOpenThreats, threats } = of('Web server');
  assert.deepEqual([privilegeLevel, isWebApplication, hasOpenThreats], ['www-data', true, true]);
  assert.deepEqual(
    threats.map(({ title, severity, status, mitigation }) => [title, severity, status, mitigation]),
    [['Pages are changed', 'High', 'Open', 'Sign them']],
  );
  assert.deepEqual([of('Query').protocol, of('Query').isEncrypted], ['SQL', true]);
  assert.equal(of('Database').storesCredentials, true);
}

walk('a three-tier web application is drawn, described, saved and opened again by keyboard alone', {}, async (page) => {
  await withoutPickers(page);
  await newModel(page);
  await drawAll(page);
  await describe(page);
  await recordThreat(page);

  await press(page, 'Control+z');
  await said(page, 'Undone: ');
  await press(page, 'Control+z', 'Control+Shift+z', 'Control+y');
  await said(page, 'Done again: ');

  const bytes = await written(page, () => press(page, 'Control+s'));
  assertSaved(bytes);

  await tabTo(page, 'button', 'File', 'Shift+Tab');
  await press(page, 'Enter');
  await tabTo(page, 'button', 'Open another file');
  await press(page, 'Enter');
  // Asked for early: the browser only tells of it once it knows that somebody listens.
  const choosing = page.waitForEvent('filechooser');
  await tabTo(page, 'button', 'Choose a file');
  await press(page, 'Enter');
  const chooser = await choosing;
  await chooser.setFiles({ name: 'Web application.json', mimeType: 'application/json', buffer: bytes });
  await canvas(page)
    .and(page.getByLabel(/12 elements/))
    .waitFor();
  await find(page, 'Store Database');
  await cell(page, 'Store Database, in Inner network').waitFor();
  await tabTo(page, 'button', 'File', 'Shift+Tab');
  await press(page, 'Enter');
  await tabTo(page, 'button', 'Save a copy as a file');
  assert.deepEqual(await written(page, () => page.keyboard.press('Enter')), bytes);
});
