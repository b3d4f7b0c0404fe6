/// What the canvas shows and what is exported are the same picture; and both are where they are to be.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser, withPage } from './browser.mjs';
import { PICTURED } from './pictured.mjs';
import { startWyvern } from './wyvern.mjs';

/** Real models, where there are any. */
const SAMPLES = resolve(import.meta.dirname, '../../../shared/samples/threat-dragon-v2');
/** So large that most diagrams are seen at 100 %. */
const WINDOW = { width: 2600, height: 1800 };
/** How much of what is drawn may differ: letters are smoothed a little otherwise in a picture than in a page. */
const SHARE = 0.03;

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

async function openModel(page, text) {
  await page.addInitScript(() => delete window.showSaveFilePicker);
  await page.goto(`${wyvern.address}/#/file`);
  const file = { name: 'Model.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Model file').setInputFiles(file);
  await page.locator('svg.drawing').waitFor();
}

/** Shows a diagram, and nothing on the canvas but what is drawn of it. */
async function show(page, { id, title }) {
  await page.evaluate((id) => (location.hash = `#/file/${id}`), id);
  await page.getByRole('listbox', { name: `Diagram ${title}` }).waitFor();
  await page.evaluate(() => {
    for (const child of document.querySelector('.canvas').children) {
      if (!child.matches('.drawing')) child.style.visibility = 'hidden';
    }
  });
  const grid = page.locator('svg.drawing pattern');
  if ((await grid.count()) > 0) {
    await page.locator('.canvas').focus();
    await page.keyboard.press("Control+'");
    await grid.waitFor({ state: 'detached' });
  }
}

async function exported(page, theme) {
  await page.locator('.canvas').focus();
  await page.keyboard.press('Control+e');
  const dialog = page.getByRole('dialog', { name: 'Export the diagram' });
  await dialog.getByLabel(theme === 'dark' ? 'Dark' : 'Light').check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save SVG' }).click(),
  ]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  return readFile(await download.path(), 'utf8');
}

/** Where the canvas is in the window, in whole pixels, and the diagram's point in its upper left corner. */
async function frameOf(page) {
  return page.evaluate(() => {
    const drawing = document.querySelector('svg.drawing');
    const { left, top, width, height } = drawing.getBoundingClientRect();
    const { a: zoom, e, f } = drawing.querySelector(':scope > g[transform]').transform.baseVal.consolidate().matrix;
    const [x, y] = [left, top].map(Math.round);
    return {
      zoom,
      from: { x: -e / zoom, y: -f / zoom },
      clip: { x, y, width: Math.floor(width) - 1, height: Math.floor(height) - 1 },
    };
  });
}

/** The exported picture, cut as the canvas shows the diagram. */
function cutAs({ zoom, from, clip: { width, height } }, svg) {
  const frame = `viewBox="${from.x} ${from.y} ${width / zoom} ${height / zoom}" width="${width}" height="${height}"`;
  return svg.replace(/viewBox="[^"]*" width="[^"]*" height="[^"]*"/, frame);
}

/** Draws both pictures and tells how much of what is drawn in either is not in the other. */
function difference(page, picture, svg) {
  const pictures = [
    `data:image/png;base64,${picture.toString('base64')}`,
    `data:image/svg+xml,${encodeURIComponent(svg)}`,
  ];
  return page.evaluate(async (pictures) => {
    const points = async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const { width, height } = image;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.fillStyle = getComputedStyle(document.querySelector('.canvas')).backgroundColor;
      context.fillRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      return { width, data: context.getImageData(0, 0, width, height).data };
    };
    const [seen, made] = await Promise.all(pictures.map(points));
    if (seen.data.length !== made.data.length) throw new Error('the pictures are not of the same size');
    const STEP = 60;
    const far = (a, at, b, other) =>
      Math.abs(a[at] - b[other]) + Math.abs(a[at + 1] - b[other + 1]) + Math.abs(a[at + 2] - b[other + 2]) > STEP;
    const row = 4 * seen.width;
    const around = [-row - 4, -row, -row + 4, -4, 0, 4, row - 4, row, row + 4];
    // A point differs when none of those around it in the other picture is like it.
    const isLost = (a, b, at) => around.every((by) => b[at + by] === undefined || far(a, at, b, at + by));
    let [drawn, lost] = [0, 0];
    for (let at = 0; at < seen.data.length; at += 4) {
      if (!far(seen.data, at, seen.data, 0) && !far(made.data, at, seen.data, 0)) continue;
      drawn += 1;
      if (isLost(seen.data, made.data, at) || isLost(made.data, seen.data, at)) lost += 1;
    }
    return { drawn, share: lost / drawn };
  }, pictures);
}

async function compareAll(page, text, theme) {
  await openModel(page, text);
  for (const diagram of JSON.parse(text).detail.diagrams) {
    if (!diagram.cells?.length) continue;
    await show(page, diagram);
    const svg = await exported(page, theme);
    await page.evaluate(() => document.activeElement.blur());
    const frame = await frameOf(page);
    const picture = await page.screenshot({ clip: frame.clip });
    const { drawn, share } = await difference(page, picture, cutAs(frame, svg));
    assert.ok(drawn > 500, `${diagram.title}: ${drawn} points are drawn`);
    assert.ok(share <= SHARE, `${diagram.title}, ${theme}: ${(share * 100).toFixed(2)} % of what is drawn differs`);
  }
}

const walk = (name, options, steps) =>
  test(name, () => withPage(browser, wyvern.address, { viewport: WINDOW, ...options }, steps));

walk('flows end on the outlines, and their labels are on their way', {}, async (page) => {
  await openModel(page, PICTURED);
  await show(page, { id: 1, title: 'Flows' });
  const drawn = (id) =>
    page.locator(`[role=option][data-cell=${id}]`).evaluate((flow) => {
      const { x, y, width, height } = flow.querySelector('.label-ground').getBBox();
      return [flow.querySelector('.strip').getAttribute('d'), x + width / 2, y + height / 2].map((each) =>
        typeof each === 'number' ? Math.round(each) : each,
      );
    });
  assert.deepEqual(await drawn('straight'), ['M 100 50 L 250 50', 175, 50]);
  assert.deepEqual(await drawn('smooth'), ['M 50 100 C 50 175 50 175 50 250', 50, 175]);
  assert.deepEqual(await drawn('both'), ['M 350 50 C 425 50 425 50 500 50', 425, 50]);
  assert.deepEqual(await drawn('threatened'), ['M 600 50 C 675 50 675 50 750 50', 645, 50]);
});

for (const theme of ['light', 'dark']) {
  walk(`the canvas and the exported picture of all that is drawn, ${theme}`, { colorScheme: theme }, (page) =>
    compareAll(page, PICTURED, theme),
  );
}

for (const name of existsSync(SAMPLES) ? readdirSync(SAMPLES) : []) {
  walk(`the canvas and the exported picture of ${name}`, {}, (page) =>
    compareAll(page, readFileSync(join(SAMPLES, name), 'utf8'), 'light'),
  );
}
