/// A hand on the canvas: opens models from files, presses and drags by the diagram's own coordinates, and reads
/// the text that would be saved.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBrowser, withPage } from './browser.mjs';
import { SHOP } from './shop.mjs';
import { startWyvern } from './wyvern.mjs';

/** Large enough for the test diagrams to be shown in their own size. */
const ROOMY = { viewport: { width: 1600, height: 900 } };

/**
 * Starts a server and a browser for the tests of a file. The function given back makes a test: the steps get a
 * hand on the canvas of a model.
 */
export function canvasTests() {
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
  return (name, { model = SHOP, ...options }, steps) =>
    test(name, () =>
      withPage(browser, wyvern.address, { ...ROOMY, ...options }, async (page) => {
        const hand = new Hand(page, wyvern.address);
        await hand.open(model);
        await steps(hand, page);
      }),
    );
}

export class Hand {
  constructor(page, address) {
    page.setDefaultTimeout(10_000);
    this.page = page;
    this.address = address;
    this.mouse = page.mouse;
    this.keyboard = page.keyboard;
    this.canvas = page.getByRole('listbox', { name: /^Diagram/ });
  }

  /** Opens the text of a model as a file, with the older ways of choosing and saving one: they can be driven. */
  async open(text, name = 'shop.json') {
    await this.page.addInitScript(() => {
      // What the page gives away as a file, to be read without waiting for the browser's downloads.
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        window.given = blob;
        return createObjectURL(blob);
      };
      delete window.showOpenFilePicker;
      delete window.showSaveFilePicker;
    });
    await this.page.goto(`${this.address}/#/file`);
    const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
    await this.page.locator('input[type=file]').setInputFiles(file);
    await this.canvas.waitFor();
    this.before = text;
  }

  /** An element, by how its name for those who hear it begins. */
  element(name) {
    return this.canvas.getByRole('option', { name: new RegExp(`^${name}`) });
  }

  selected(name) {
    return this.canvas.getByRole('option', { name: new RegExp(`^${name}`), selected: true });
  }

  /** How large the diagram is shown. */
  async zoom() {
    return (await this.#matrix()).a;
  }

  /** Where a point of the diagram is in the window. */
  async place([x, y]) {
    const { a, e, f } = await this.#matrix();
    return [a * x + e, a * y + f];
  }

  /** Where the handle of an end of the selected flow is, in the diagram. */
  async handleOf(end) {
    const handle = await this.page.locator(`[data-part="end"][data-at="${end}"]`).boundingBox();
    const { a, e, f } = await this.#matrix();
    return [(handle.x + handle.width / 2 - e) / a, (handle.y + handle.height / 2 - f) / a];
  }

  #matrix() {
    return this.canvas.locator('> g[transform^="scale"]').evaluate((drawing) => {
      const { a, e, f } = drawing.getScreenCTM();
      return { a, e, f };
    });
  }

  async over(point) {
    await this.mouse.move(...(await this.place(point)));
  }

  async click(point, options = {}) {
    await this.mouse.click(...(await this.place(point)), options);
  }

  async double(point) {
    await this.mouse.dblclick(...(await this.place(point)));
  }

  /** Presses at the first point and holds at the last; the view may move meanwhile. */
  async hold(from, ...to) {
    await this.over(from);
    await this.mouse.down();
    for (const point of to) await this.mouse.move(...(await this.place(point)), { steps: 4 });
  }

  async drag(from, ...to) {
    await this.hold(from, ...to);
    await this.mouse.up();
  }

  /** Does something with keys held. */
  async holding(keys, act) {
    for (const key of keys) await this.keyboard.down(key);
    await act();
    for (const key of keys.toReversed()) await this.keyboard.up(key);
  }

  async press(...keys) {
    for (const key of keys) await this.keyboard.press(key);
  }

  /** Types the name that is asked for on the canvas; then the keyboard is there again. */
  async name(words) {
    const field = this.page.getByRole('textbox', { name: /^Name of/ });
    await field.fill(words);
    await field.press('Enter');
    await field.waitFor({ state: 'detached' });
    await this.page.waitForFunction(() => document.activeElement?.closest('[data-canvas]'));
  }

  /** A button of the toolbar, or a command of one of its menus. */
  async command(name, menu) {
    const toolbar = this.page.getByRole('toolbar', { name: 'Commands' });
    await toolbar.getByRole('button', { name: menu ?? name, exact: true }).click();
    if (menu) await this.item(name).click();
  }

  /** A command of the menu that is open. */
  item(name) {
    const menu = this.page.getByRole('menu');
    return menu
      .getByRole('menuitem', { name, exact: true })
      .or(menu.getByRole('menuitemcheckbox', { name, exact: true }));
  }

  /** The text of the model as it would be saved. The keyboard stays where it is. */
  async text() {
    const before = await this.page.evaluateHandle(() => document.activeElement);
    await this.page.getByRole('button', { name: 'File', exact: true }).click();
    const copy = this.page.getByRole('button', { name: 'Save a copy as a file' });
    await this.page.evaluate(() => (window.given = undefined));
    await copy.click();
    await this.page.waitForFunction(() => window.given !== undefined);
    const text = await this.page.evaluate(() => window.given.text());
    await before.evaluate((element) => element.focus({ preventScroll: true }));
    return text;
  }

  /** Saves, and gives the text of the file. */
  async save() {
    return readFile(await this.download(() => this.press('Control+s')), 'utf8');
  }

  /** Does something that gives a file, and where that is. */
  async download(act) {
    const downloading = this.page.waitForEvent('download');
    await act();
    return (await downloading).path();
  }

  /** The cells of the diagram as they would be saved, by id. */
  async cells() {
    const { detail } = JSON.parse(await this.text());
    return new Map(detail.diagrams[0].cells.map((cell) => [cell.id, cell]));
  }

  async cell(id) {
    return (await this.cells()).get(id);
  }

  /**
   * What has changed since the last time this was asked: for each place in the text, as a reviewer sees it, the
   * lines taken away and added.
   */
  async changes() {
    const now = await this.text();
    const found = await hunks(this.before, now);
    this.before = now;
    return found;
  }

  /** One place of the text has changed since the last time; then the cell has these members, among others. */
  async changedOnce(id, expected) {
    const found = await this.changes();
    assert.equal(found.length, 1, `changes in one place:\n${found.join('\n---\n')}`);
    has(await this.cell(id), expected);
  }

  /** The one cell that has been added since the last time, at the end of the diagram. */
  async added() {
    const found = await this.changes();
    assert.equal(found.length, 1, `changes in one place:\n${found.join('\n---\n')}`);
    return [...(await this.cells()).values()].at(-1);
  }

  /** Nothing is left of what has been done since `text`. */
  async undone(text) {
    await this.press('Control+z');
    assert.equal(await this.text(), text);
    this.before = text;
  }
}

/** The places in which two texts differ, as `git diff` has them. */
async function hunks(before, now) {
  const folder = await mkdtemp(join(tmpdir(), 'wyvern-diff-'));
  try {
    await Promise.all([writeFile(join(folder, 'a'), before), writeFile(join(folder, 'b'), now)]);
    const args = ['diff', '--no-index', '--no-color', 'a', 'b'];
    const diff = await new Promise((resolve) => execFile('git', args, { cwd: folder }, (_, out) => resolve(out)));
    return diff
      .split(/^@@.*@@.*\n/m)
      .slice(1)
      .map((hunk) =>
        hunk
          .split('\n')
          .filter((line) => /^[-+]/.test(line))
          .join('\n'),
      );
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** That a value has what is expected, and may have more. */
export function has(actual, expected) {
  assert.deepEqual(part(actual, expected), expected);
}

function part(actual, expected) {
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return actual;
  if (Array.isArray(expected)) return Array.from(actual, (each, index) => part(each, expected[index]));
  return Object.fromEntries(Object.keys(expected).map((key) => [key, part(actual[key], expected[key])]));
}
