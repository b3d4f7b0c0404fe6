/// A model of 2,000 cells is opened, changed and saved like any other.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSignedIn, startBrowser, withPage } from './browser.mjs';
import { canvas } from './opening.mjs';
import { createModel, data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const ELEMENTS = 1000;
const COLUMNS = 40;

const nodes = Array.from({ length: ELEMENTS }, (_, index) => ({
  id: `n${index}`,
  shape: 'process',
  zIndex: 1,
  position: { x: (index % COLUMNS) * 200, y: Math.floor(index / COLUMNS) * 200 },
  size: { width: 100, height: 100 },
  data: { type: 'tm.Process', name: `Service ${index}`, threats: [] },
}));
const flows = nodes.map(({ id }, index) => ({
  id: `f${index}`,
  shape: 'flow',
  zIndex: 1,
  source: { cell: id },
  target: { cell: `n${(index + 1) % ELEMENTS}` },
  data: { type: 'tm.Flow', name: '', threats: [] },
}));
const MODEL = {
  version: '2.6.2',
  summary: { title: 'Large' },
  detail: {
    contributors: [],
    diagrams: [{ id: 0, title: 'All', diagramType: 'STRIDE', cells: [...nodes, ...flows] }],
    diagramTop: 1,
    reviewer: '',
    threatTop: 0,
  },
};

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  browser = await startBrowser();
  await createModel(wyvern.address, 'large', MODEL);
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

test('a model of 2,000 cells is opened, changed and saved', async () => {
  await withPage(browser, wyvern.address, {}, async (page) => {
    await openSignedIn(page, wyvern.address);
    await page.goto(`${wyvern.address}/#/git/local/demo%2Fthreat-models/main/large/edit`);
    await canvas(page).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Service 777');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^Process Service 777\b/ }).waitFor();
    await page.keyboard.press('F2');
    await page.keyboard.type('Billing');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+s');
    await page
      .getByText(/^Saved ·/)
      .first()
      .waitFor();
    const { accessToken } = await signInByApi(wyvern.address);
    const headers = { Authorization: `Bearer ${accessToken}` };
    const saved = await data(await fetch(wyvern.address + demoPath('large', 'data'), { headers }));
    const changed = saved.detail.diagrams[0].cells.filter(
      (cell, index) => cell.data.name !== [...nodes, ...flows][index].data.name,
    );
    assert.deepEqual(
      changed.map(({ id, data: { name } }) => [id, name]),
      [['n777', 'Billing']],
    );
  });
});
