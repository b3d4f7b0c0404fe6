/// The table of all threats: found, sorted, edited, many at once, by keyboard, on small screens; and threats that
/// are copied from element to element.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { place, startBrowser, withPage } from './browser.mjs';
import { assertFocus, press } from './keyboard.mjs';
import { canvas, cell, copyOf, openModel, withoutPickers } from './opening.mjs';
import { API, BROWSER, CELLS, modelOf, ORDER, ORDERS } from './shop.mjs';
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

const threat = (number, title, more = {}) => ({
  id: `t${number}`,
  title,
  status: 'Open',
  severity: 'High',
  type: 'Tampering',
  description: '',
  mitigation: '',
  modelType: 'STRIDE',
  new: false,
  score: '',
  number,
  ...more,
});

const withThreats = (cells) =>
  modelOf(CELLS.map((each) => (cells[each.id] ? { ...each, data: { ...each.data, threats: cells[each.id] } } : each)));

const SHOP = withThreats({
  [BROWSER.id]: [threat(1, 'A stranger orders', { type: "Usurpation d'identité", severity: 'Critical' })],
  [API.id]: [
    threat(2, 'Prices are changed', { mitigation: 'Signed' }),
    threat(3, 'Too many orders', { type: 'Denial of service', status: 'Mitigated', severity: 'Low' }),
  ],
  [ORDERS.id]: [threat(4, 'Orders are read', { type: 'Information disclosure', severity: 'Medium' })],
  [ORDER.id]: [threat(5, 'Orders are changed on the way')],
});

const grid = (page) => page.getByRole('grid', { name: 'All threats' });
const row = (page, title) => grid(page).getByRole('row').filter({ hasText: title });
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function openTable(page, { model = SHOP, query = '', name } = {}) {
  await openModel(page, wyvern.address, model, name);
  await page.goto(`${wyvern.address}/#/file/threats${query}`);
  await grid(page).waitFor();
}

/** The titles that are shown, in their order. */
const titles = (page) => grid(page).locator('.body .title').allInnerTexts();

const threats = async (page) => {
  const { detail } = JSON.parse(await copyOf(page));
  return new Map(detail.diagrams[0].cells.map(({ id, data }) => [id, data.threats ?? []]));
};

const walk = (name, options, steps) =>
  test(name, () =>
    withPage(browser, wyvern.address, options, async (page) => {
      await withoutPickers(page);
      await steps(page);
    }),
  );

walk('threats are found, sorted and grouped, and the address keeps it', {}, async (page) => {
  await openTable(page);
  await page.getByText('5 threats, of which open: 4').waitFor();
  await page.getByLabel('Search').fill('orders');
  await page.getByText('Threats shown: 4 of 5, of which open: 3').waitFor();
  await grid(page).getByRole('button', { name: 'Severity' }).click();
  await grid(page).getByRole('button', { name: 'Severity' }).click();
  assert.equal(
    await grid(page).getByRole('columnheader', { name: 'Severity' }).getAttribute('aria-sort'),
    'descending',
  );
  const expected = ['A stranger orders', 'Orders are changed on the way', 'Orders are read', 'Too many orders'];
  assert.deepEqual(await titles(page), expected);
  assert.equal(place(page), '#/file/threats?text=orders&sort=-severity');
  await page.reload();
  await grid(page).waitFor();
  assert.deepEqual(await titles(page), expected);
  await page.getByLabel('Group by').selectOption('Type');
  assert.deepEqual(await grid(page).locator('.group').allInnerTexts(), [
    'Denial of service 1 threat',
    'Information disclosure 1 threat',
    'Spoofing 1 threat',
    'Tampering 1 threat',
  ]);
  await page.getByLabel('Search').fill('nothing like it');
  await page.getByRole('heading', { name: 'No threat matches' }).waitFor();
  await button(page, 'Clear the filter').last().click();
  await page.getByText('5 threats, of which open: 4').waitFor();
});

walk('a link leads to a threat, which is edited where it stands', {}, async (page) => {
  await openTable(page, { query: '?threat=2' });
  const panel = page.getByRole('region', { name: '#2 Prices are changed' });
  await assertFocus(page, panel.getByRole('heading'), 'the threat of the link');
  await panel.getByLabel('Severity').selectOption('Critical');
  await panel.getByLabel('Mitigation').fill('Signed\nand logged');
  await panel.getByLabel('Score').fill('9.1');
  await row(page, 'Prices are changed').getByText('Critical').waitFor();
  const [saved] = (await threats(page)).get(API.id);
  assert.deepEqual([saved.severity, saved.mitigation, saved.score], ['Critical', 'Signed\nand logged', '9.1']);
  await button(page, 'Next threat').click();
  await page.getByRole('heading', { name: '#3 Too many orders' }).waitFor();
  assert.equal(place(page), '#/file/threats?threat=3');
  await button(page, 'Show on the diagram').click();
  await canvas(page).waitFor();
  await canvas(page)
    .getByRole('option', { name: /^Process API/, selected: true })
    .waitFor();
  await page
    .getByRole('tabpanel', { name: /^Threats/ })
    .getByLabel('Title')
    .waitFor();
  await page.goto(`${wyvern.address}/#/file/threats?threat=99`);
  await page.getByText('There is no threat 99 in this model.').waitFor();
});

walk('Back closes a threat, and closing it leaves no step to go back over', {}, async (page) => {
  await openTable(page);
  const table = place(page);
  await row(page, 'Prices are changed').focus();
  const panel = page.getByRole('region', { name: '#2 Prices are changed' });
  for (const close of [() => page.goBack(), () => button(panel, 'Close').click()]) {
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await close();
    await panel.waitFor({ state: 'detached' });
    await page.waitForFunction((address) => location.hash === address, table);
    await assertFocus(page, row(page, 'Prices are changed'), 'the threat that was open');
  }
  await page.goBack();
  await canvas(page).waitFor();
});

walk('of two threats with one id and number, the one that is chosen is opened', {}, async (page) => {
  const twins = { [API.id]: [threat(1, 'One')], [ORDERS.id]: [threat(1, 'Other')], [BROWSER.id]: [{ title: 'Bare' }] };
  await openTable(page, { model: withThreats(twins) });
  for (const name of ['Other', 'One', 'Bare']) {
    await row(page, name).getByText(name).click();
    await page.getByRole('region', { name: new RegExp(name) }).waitFor();
  }
});

walk('many threats are changed, copied and deleted in one step each', {}, async (page) => {
  await openTable(page);
  await row(page, 'Prices are changed').getByRole('checkbox').click();
  await row(page, 'Orders are read')
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  const bulk = page.getByRole('group', { name: '3 threats selected' });
  await bulk.getByLabel('Status').selectOption('Accepted');
  await button(page, 'Mitigation…').click();
  const dialog = page.getByRole('dialog', { name: 'Mitigation of 3 threats' });
  await dialog.getByLabel('Mitigation').fill('Watched');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await button(page, 'Copy to…').click();
  const copying = page.getByRole('dialog', { name: 'Copy 3 threats to an element' });
  await copying.getByLabel('Element').selectOption('Browser (Actor)');
  await copying.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('8 threats, of which open: 2').waitFor();
  const after = await threats(page);
  assert.deepEqual(
    after.get(API.id).map(({ status, mitigation }) => [status, mitigation]),
    [
      ['Accepted', 'Signed\nWatched'],
      ['Accepted', 'Watched'],
    ],
  );
  const copies = after.get(BROWSER.id).slice(1);
  assert.deepEqual(
    copies.map(({ number, title }) => [number, title]),
    [
      [6, 'Prices are changed'],
      [7, 'Too many orders'],
      [8, 'Orders are read'],
    ],
  );
  await button(page, 'Delete').click();
  await page.getByText('5 threats, of which open: 2').waitFor();
  await button(page, 'Undo').click();
  await page.getByText('8 threats, of which open: 2').waitFor();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+z');
  await page.getByText('5 threats, of which open: 4').waitFor();
  assert.equal(String(await copyOf(page)), SHOP);
});

walk('all of it is done by keyboard', {}, async (page) => {
  await openTable(page);
  await row(page, 'A stranger orders').focus();
  await press(page, 'End');
  await assertFocus(page, row(page, 'on the way'), 'the last row');
  await press(page, 'Home', 'ArrowDown', 'Shift+ArrowDown');
  await page.getByRole('group', { name: '2 threats selected' }).waitFor();
  await press(page, 'Space', 'Control+a');
  await page.getByRole('group', { name: '5 threats selected' }).waitFor();
  await press(page, 'Escape', 'ArrowUp', 'Enter');
  await assertFocus(page, page.getByLabel('Title'), 'the title of the threat');
  await page.keyboard.type('Prices are forged');
  await press(page, 'Escape');
  await assertFocus(page, row(page, 'Prices are forged'), 'the row');
  await press(page, 'Delete');
  await assertFocus(page, row(page, 'Too many orders'), 'the row that took its place');
  await press(page, 'Control+z', 'Control+z');
  await row(page, 'Prices are changed').waitFor();
  await press(page, 'Control+Shift+z', 'Control+y');
  assert.deepEqual(await titles(page), [
    'A stranger orders',
    'Too many orders',
    'Orders are read',
    'Orders are changed on the way',
  ]);
});

walk('a threat is copied in the table, and pasted on a diagram and in the table of another model', {}, async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openTable(page);
  await row(page, 'Prices are changed').focus();
  await page.keyboard.press('Control+c');
  await page.goto(`${wyvern.address}/#/file/0`);
  await cell(page, /^Store Orders/).focus();
  await page.keyboard.press('Shift+Space');
  await page.keyboard.press('Control+v');
  await page.keyboard.press('Control+Enter');
  const head = page.getByRole('tabpanel').getByRole('button', { name: /Prices are changed/ });
  await head.focus();
  await page.keyboard.press('Control+c');
  const titlesOf = async (page) => (await threats(page)).get(ORDERS.id).map(({ number, title }) => [number, title]);
  assert.deepEqual(await titlesOf(page), [
    [4, 'Orders are read'],
    [6, 'Prices are changed'],
  ]);
  const other = await page.context().newPage();
  await withoutPickers(other);
  await openTable(other, { model: withThreats({ [ORDERS.id]: [threat(1, 'Alone')] }), name: 'Other.json' });
  await row(other, 'Alone').focus();
  await other.keyboard.press('Control+v');
  await row(other, 'Prices are changed').waitFor();
  assert.deepEqual(await titlesOf(other), [
    [1, 'Alone'],
    [2, 'Prices are changed'],
  ]);
});

walk('the first threat of a model is added here', {}, async (page) => {
  await openModel(page, wyvern.address, modelOf(CELLS));
  await page.goto(`${wyvern.address}/#/file/threats`);
  await page.getByRole('heading', { name: 'No threats yet' }).waitFor();
  await assertAccessible(page, 'no threats');
  await button(page, 'Add a threat').click();
  const dialog = page.getByRole('dialog', { name: 'Add a threat' });
  await dialog.getByLabel('Element').selectOption('API (Process)');
  await dialog.getByRole('button', { name: 'Add a threat' }).click();
  await assertFocus(page, page.getByLabel('Title'), 'the title of the new threat');
  await page.keyboard.type('Forged orders');
  await row(page, 'Forged orders').waitFor();
  assert.equal(place(page), '#/file/threats?threat=1');
});

const HOSTILE = withThreats({
  [API.id]: [
    threat(1, '<script>alert(1)</script>'),
    threat(2, 'x'.repeat(20_000), { description: 'y'.repeat(20_000) }),
    threat(3, 'שלום ‮olleh', { type: '', status: '', severity: '' }),
    { id: 't4' },
    { title: 'No id' },
  ],
});

for (const [name, viewport] of [
  ['a window', { width: 1280, height: 800 }],
  ['a telephone', { width: 320, height: 640 }],
  ['a window at 400 %', { width: 320, height: 256 }],
]) {
  walk(`${name}: whatever threats say, the table is accessible`, { viewport }, async (page) => {
    await openTable(page, { model: HOSTILE });
    await assertAccessibleInEachLook(page, 'the table');
    await grid(page).getByRole('checkbox').nth(1).click();
    await grid(page).getByRole('checkbox').nth(2).click();
    await page.getByRole('group', { name: '2 threats selected' }).waitFor();
    await assertAccessibleInEachLook(page, 'two selected');
    await row(page, '<script>').click();
    await page.getByRole('region', { name: '#1 <script>alert(1)</script>' }).waitFor();
    await assertAccessibleInEachLook(page, 'one open');
    await button(page, 'Close').click();
    await assertFocus(page, row(page, '<script>'), 'the row that was open');
  });
}

walk(
  'on a telephone, what changes many threats is one line until it is asked for',
  {
    viewport: { width: 360, height: 640 },
  },
  async (page) => {
    await openTable(page);
    await grid(page).getByRole('checkbox').nth(1).click();
    const bulk = page.getByRole('group', { name: '1 threat selected' });
    const { height } = await bulk.boundingBox();
    assert.ok(height < 60, `${height}`);
    await bulk.getByRole('button', { name: 'Change' }).click();
    await assertAccessibleInEachLook(page, 'what changes many');
    await bulk.getByLabel('Status').selectOption('Accepted');
    await row(page, 'A stranger orders').getByText('Accepted').waitFor();
  },
);

walk('five thousand threats are at hand at once', {}, async (page) => {
  const fifty = (element) =>
    Array.from({ length: 50 }, (_, index) => threat(element * 50 + index + 1, `Threat ${element * 50 + index + 1}`));
  const elements = Array.from({ length: 100 }, (_, element) => ({
    ...API,
    id: `e${element}`,
    data: { ...API.data, name: `Element ${element}`, threats: fifty(element) },
  }));
  await openModel(page, wyvern.address, modelOf(elements));
  /** Milliseconds until the page is drawn again after something is done. */
  const measured = async (what, act) => {
    const start = Date.now();
    await act();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    console.log(`5,000 threats, ${what}: ${Date.now() - start} ms`);
  };
  await measured('opened', async () => {
    await page.getByRole('link', { name: 'Threats', exact: true }).click();
    await grid(page).waitFor();
  });
  assert.ok((await grid(page).getByRole('row').count()) < 80, 'only what is seen is on the page');
  assert.equal(await grid(page).getAttribute('aria-rowcount'), '5001');
  await measured('sorted', () => grid(page).getByRole('button', { name: 'Title' }).click());
  await measured('sought', () => page.getByLabel('Search').fill('threat 49'));
  await page.getByText('Threats shown: 239 of 5,000').waitFor();
  await page.getByLabel('Search').fill('');
  await row(page, 'Threat 1').first().focus();
  await measured('at the end', () => page.keyboard.press('End'));
  await assertFocus(page, row(page, 'Threat 5000'), 'the last in the order of titles');
  await page.keyboard.press('Control+a');
  await measured('all changed', () =>
    page.getByRole('group', { name: '5,000 threats selected' }).getByLabel('Status').selectOption('Mitigated'),
  );
  await page.getByText('5,000 threats, of which open: 0').waitFor();
  await measured('all undone', () => page.keyboard.press('Control+z'));
});
