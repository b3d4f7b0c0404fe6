/// Threats that may be missing: offered by rules and by category, chosen, edited, added, dismissed and had back, with
/// the mouse and by keyboard alone. The tests say what the rules answer,
/// but for one that asks those of the server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { signInButton, startBrowser, withPage } from './browser.mjs';
import { assertFocus, press, tabTo, type } from './keyboard.mjs';
import { canvas, cell, copyOf, openModel, withoutPickers } from './opening.mjs';
import { API, CELLS, modelOf, ORDER, ORDERS } from './shop.mjs';
import { createModel, data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

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

const suggestion = (element, rule, title, more = {}) => ({
  rule: `wyvern/${rule}`,
  origin: 'built-in',
  diagram: 0,
  element,
  methodology: 'STRIDE',
  category: 'Tampering',
  title,
  description: `${title}: how.`,
  mitigation: 'Check what comes in.',
  severity: 'High',
  because: 'It takes what strangers send.',
  references: ['CWE-20', 'OAT-011'],
  state: 'new',
  reason: '',
  ...more,
});

const OFFERED = [
  suggestion(API.id, 'strangers', 'Strangers send too much', { category: 'Denial of service', severity: 'Critical' }),
  suggestion(API.id, 'forged', 'Requests are forged', { origin: '.wyvern/rules/web.toml' }),
  suggestion(ORDERS.id, 'read', 'Orders are read by many', { category: 'Information disclosure', severity: 'Medium' }),
  suggestion(ORDER.id, 'cleartext', 'Orders are changed on the way', { state: 'present' }),
];
const FAULTS = [{ file: '.wyvern/rules/web.toml', line: 12, message: 'There is no fact `publik`.' }];

/** Answers for the rules; gives what they have been asked. */
async function answerWith(page, suggestions = OFFERED, faults = []) {
  const asked = [];
  await page.route(/\/suggest$/, (route) => {
    asked.push(route.request());
    return route.fulfill({ json: { status: 200, data: { suggestions, left_out: 0, faults } } });
  });
  return asked;
}

const dialog = (page) => page.getByRole('dialog', { name: /^Suggested threats/ });
const box = (page, name) => dialog(page).getByRole('checkbox', { name, exact: true });
const button = (within, name) => within.getByRole('button', { name, exact: true });
const told = (page, words) => page.getByRole('group', { name: 'Just done' }).filter({ hasText: words }).waitFor();

const dataOf = (model, { id }) => model.detail.diagrams[0].cells.find((each) => each.id === id).data;
const titlesIn = (model, element) => dataOf(model, element).threats.map(({ title }) => title);
const now = async (page) => JSON.parse(await copyOf(page));

async function openShop(page, options) {
  await withoutPickers(page);
  const asked = await answerWith(page, options?.offered, options?.faults);
  await openModel(page, wyvern.address, modelOf(CELLS));
  return asked;
}

/** Opens the suggestions for the whole diagram. */
async function openAll(page) {
  await canvas(page).focus();
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).waitFor();
}

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('two are added, one of them edited, one is dismissed, all is undone and saved', {}, async (page) => {
  await createModel(wyvern.address, 'suggested', JSON.parse(modelOf(CELLS)));
  const asked = await answerWith(page);
  await page.goto(`${wyvern.address}/#/git/local/demo%2Fthreat-models/main/suggested/edit`);
  await signInButton(page).click();
  await cell(page, /^Process API/).click();
  await page.getByRole('tab', { name: /^Threats/ }).click();
  await button(page, 'Suggest threats…').click();
  await box(page, 'Strangers send too much').check();
  const [request] = asked;
  assert.equal(new URL(request.url()).pathname, demoPath('suggested', 'suggest'));
  const { document, ...scope } = request.postDataJSON();
  assert.deepEqual([scope, document.summary.title], [{ diagram: 0, elements: [API.id] }, 'Shop']);

  await button(dialog(page), 'Edit Requests are forged').click();
  await dialog(page).getByLabel('Title').fill('Prices are forged');
  await dialog(page).getByLabel('Severity').selectOption('Low');
  await dialog(page).getByLabel('Mitigation').fill('Sign them.');
  await button(dialog(page), 'Add 2 threats').click();
  await told(page, 'Added 2 threats.');
  await assertFocus(page, button(page, 'Suggest threats…'), 'what has opened the dialog');
  await button(page, 'Undo').last().click();
  await page.getByText('No threats', { exact: true }).waitFor();
  await page.getByRole('button', { name: /^Redo/ }).click();

  await button(page, 'Suggest threats…').click();
  await button(dialog(page), 'Already there (3)').waitFor();
  await box(page, 'Orders are read by many').check();
  await button(dialog(page), 'Dismiss…').click();
  await dialog(page).getByLabel('Why does this not apply here?').fill('They are sealed');
  await page.keyboard.press('Enter');
  await dialog(page).getByText('Dismissed 1 suggestion.').waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });

  await button(page, 'Save').click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved ·/ })
    .first()
    .waitFor();
  const { accessToken } = await signInByApi(wyvern.address);
  const headers = { Authorization: `Bearer ${accessToken}` };
  const stored = await data(await fetch(wyvern.address + demoPath('suggested', 'data'), { headers }));
  assert.deepEqual(titlesIn(stored, API), ['Strangers send too much', 'Prices are forged']);
  const { id, number, ...edited } = dataOf(stored, API).threats[1];
  assert.deepEqual([typeof id, number], ['string', 2]);
  assert.deepEqual(edited, {
    title: 'Prices are forged',
    status: 'Open',
    severity: 'Low',
    type: 'Tampering',
    description: 'Requests are forged: how.',
    mitigation: 'Sign them.',
    modelType: 'STRIDE',
    new: false,
    score: '',
    wyvern: { rule: 'wyvern/forged' },
  });
  assert.deepEqual(dataOf(stored, ORDERS).wyvern, { dismissed: { 'wyvern/read': 'They are sealed' } });
});

walk('by keyboard alone, for the whole diagram; what was dismissed can be had back', {}, async (page) => {
  const asked = await openShop(page);
  await canvas(page).focus();
  await press(page, 'Control+Shift+Enter');
  await assertFocus(page, box(page, 'Strangers send too much'), 'the first suggestion');
  assert.deepEqual(Object.keys(asked[0].postDataJSON()), ['document', 'diagram']);
  await press(page, 'ArrowDown', 'ArrowDown', 'Delete');
  await type(page, 'Nobody reads them', 'Enter');
  await assertFocus(page, box(page, 'Strangers send too much'), 'the first that is left');
  await press(page, 'Control+a');
  await dialog(page).getByText('2 suggestions, chosen: 2').waitFor();
  await press(page, 'ArrowDown', 'Space');
  await tabTo(page, 'button', 'Dismissed (1)', 'Shift+Tab');
  await press(page, 'Enter', 'Tab', 'Tab', 'Space', 'Enter');
  await dialog(page).getByText('No suggestion has been dismissed.').waitFor();
  await tabTo(page, 'button', 'New (3)');
  await press(page, 'Enter');
  await tabTo(page, 'checkbox', 'Requests are forged');
  await press(page, 'Enter');
  await told(page, 'Added 1 threat.');
  const model = await now(page);
  assert.deepEqual(titlesIn(model, API), ['Requests are forged']);
  assert.equal(dataOf(model, ORDERS).wyvern, undefined);
});

walk('by category: what the diagram lacks, offline too', { expected: /Failed to load resource/ }, async (page) => {
  await withoutPickers(page);
  await page.route(/\/suggest$/, (route) => route.abort('internetdisconnected'));
  await openModel(page, wyvern.address, modelOf(CELLS));
  await cell(page, /^Store Orders/).click();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: /^Suggest threats…/ }).click();
  await dialog(page).getByRole('heading', { name: 'The rules could not be asked' }).waitFor();
  await dialog(page).getByRole('tab', { name: 'By rule' }).focus();
  await press(page, 'ArrowRight', 'Tab', 'Tab');
  await assertFocus(page, box(page, 'Tampering'), 'the first category');
  await press(page, 'Control+a', 'Enter');
  await told(page, 'Added 4 threats.');
  const wanted = ['Tampering', 'Repudiation', 'Information disclosure', 'Denial of service'];
  assert.deepEqual(titlesIn(await now(page), ORDERS), wanted);
});

walk('from the table of all threats, for all diagrams', {}, async (page) => {
  const asked = await openShop(page);
  await page.goto(`${wyvern.address}/#/file/threats`);
  await button(page, 'Suggest threats for all diagrams…').click();
  await dialog(page).getByText('Store, in Main').waitFor();
  assert.deepEqual(Object.keys(asked[0].postDataJSON()), ['document']);
  await box(page, 'Orders are read by many').check();
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
  await page.getByRole('grid', { name: 'All threats' }).getByText('Orders are read by many').waitFor();
  await button(page, 'Undo').click();
  await page.getByRole('heading', { name: 'No threats yet' }).waitFor();
  await assertFocus(page, button(page, 'Suggest threats for all diagrams…'), 'what has opened the dialog');
});

walk('the rules of the server: what is added or dismissed is known to them the next time', {}, async (page) => {
  await withoutPickers(page);
  await openModel(page, wyvern.address, modelOf(CELLS));
  await openAll(page);
  const offered = dialog(page).getByRole('checkbox');
  await offered.first().waitFor();
  const count = await offered.count();
  await press(page, 'Delete');
  await type(page, 'It is inside', 'Enter');
  await dialog(page).getByText('Dismissed 1 suggestion.').waitFor();
  await press(page, 'Control+a', 'Enter');
  await told(page, `Added ${count - 1} threats.`);
  await openAll(page);
  await button(dialog(page), `Already there (${count - 1})`).waitFor();
  await button(dialog(page), 'New (0)').waitFor();
  await button(dialog(page), 'Dismissed (1)').click();
  await dialog(page).getByText('Dismissed: It is inside').waitFor();
});

walk('where there is nothing to suggest, it is said', {}, async (page) => {
  await openShop(page, { offered: [] });
  await cell(page, /^Process API/).click();
  await page.keyboard.press('Control+Shift+Enter');
  await dialog(page).getByText('Nothing new to suggest here.').waitFor();
  await page.keyboard.press('Escape');
  await assertFocus(page, cell(page, /^Process API/), 'the element');
});

walk('axe finds nothing in any look, with all that is open', {}, async (page) => {
  await openShop(page, { faults: FAULTS });
  await openAll(page);
  await button(dialog(page), 'Edit Requests are forged').click();
  await dialog(page).getByText('1 fault in the rules of this repository').click();
  await box(page, 'Strangers send too much').check();
  await assertAccessibleInEachLook(page, 'suggestions by rule');
  await button(dialog(page), 'Dismiss…').click();
  await assertAccessible(page, 'the question why');
  await button(dialog(page), 'Already there (1)').click();
  await button(dialog(page), 'Details of Orders are changed on the way').click();
  await assertAccessible(page, 'what is there already');
  await dialog(page).getByRole('tab', { name: 'By category' }).click();
  await assertAccessibleInEachLook(page, 'suggestions by category');
});

walk('on a small screen all can be reached', { viewport: { width: 320, height: 568 } }, async (page) => {
  await openShop(page, { faults: FAULTS });
  await openAll(page);
  await button(dialog(page), 'Edit Requests are forged').click();
  await dialog(page).getByLabel('Mitigation').fill('Sign them.');
  await assertAccessible(page, 'suggestions at 320 px');
  assert.ok(await dialog(page).evaluate((it) => it.scrollWidth <= it.clientWidth), 'nothing to scroll sideways for');
  await button(dialog(page), 'Add 1 threat').click();
  await told(page, 'Added 1 threat.');
});
