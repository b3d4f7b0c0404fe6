/// A diagram is drawn, named, found, copied and laid out with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertPartsAccessible } from './axe.mjs';
import { signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

let wyvern;
let browser;
let token;

before(async () => {
  wyvern = await startWyvern();
  token = (await signInByApi(wyvern.address)).accessToken;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, steps) => test(name, () => withPage(browser, wyvern.address, {}, steps));

function call(name, what, method, body) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  return fetch(wyvern.address + demoPath(name, what), { method, headers, body: body && JSON.stringify(body) });
}

/** Opens the editor at a diagram of a new model, with the keyboard on the canvas. */
async function edit(page, name, diagram) {
  assert.equal((await call(name, 'create', 'POST', CHECKOUT)).status, 201);
  await page.goto(`${wyvern.address}/${BRANCH}/${name}/edit/${diagram}`);
  const canvas = page.getByRole('listbox', { name: /^Diagram/ });
  await signInButton(page).or(canvas).waitFor();
  if (await signInButton(page).isVisible()) await signInButton(page).click();
  await canvas.waitFor();
  const first = canvas.locator('[tabindex="0"]');
  await ((await first.count()) > 0 ? first : canvas).focus();
}

const standing = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Types a name where one is asked for. */
async function name(page, words) {
  await page.getByRole('textbox', { name: /^Name of/ }).waitFor();
  await page.keyboard.type(words);
  await press(page, 'Enter');
  await at(page, words);
}

/** Waits until the keyboard is at an element. */
const at = (page, words) =>
  page.waitForFunction((text) => document.activeElement?.getAttribute('aria-label')?.includes(text), words);

/** Opens a list by its key, types, and takes the first that is found. */
async function choose(page, key, words) {
  await press(page, key);
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type(words);
  await press(page, 'Enter');
}

async function tabTo(page, words) {
  for (let count = 0; count < 40; count += 1) {
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    if (label.startsWith(words)) return;
    await press(page, 'Tab');
  }
  assert.fail(`Tab does not come to ${words}`);
}

walk('a web application of three tiers is drawn', async (page) => {
  await edit(page, 'three-tiers', 1);
  await press(page, 'a', 'Enter');
  await name(page, 'Browser');
  for (const [kind, words] of [
    ['new process', 'Web server'],
    ['new process', 'API'],
    ['new store', 'Database'],
  ]) {
    await choose(page, 'f', kind);
    await name(page, words);
  }
  for (const [target, words] of [
    ['process api', 'Rows'],
    ['process web', 'Answers'],
    ['actor browser', 'Pages'],
  ]) {
    await choose(page, 'f', target);
    await name(page, words);
    await press(page, ']');
  }
  for (const [flow, words] of [
    ['data from browser to web', 'Requests'],
    ['data from web to api', 'Calls'],
    ['data from api to database', 'Queries'],
  ]) {
    await choose(page, 'Control+f', flow);
    await at(page, 'Data flow');
    await press(page, 'F2');
    await name(page, words);
  }
  await choose(page, 'Control+f', 'actor browser');
  await press(page, 'b', 'Enter');
  await name(page, 'Internet');
  await choose(page, 'Control+f', 'process web');
  for (const words of ['Process API', 'Store Database']) {
    await tabTo(page, words);
    await press(page, 'Shift+Space');
  }
  await press(page, 'b', 'Enter');
  await name(page, 'Data centre');
  await press(page, 'Control+s');
  await standing(page, /^Saved( ·|$)/);

  const { cells } = (await data(await call('three-tiers', 'data', 'GET'))).detail.diagrams[1];
  const nameOf = (id) => cells.find((cell) => cell.id === id).data.name;
  const flows = cells.filter((cell) => cell.shape === 'flow');
  assert.deepEqual(
    flows.map(({ data: { name: words }, source, target }) => [words, nameOf(source.cell), nameOf(target.cell)]),
    [
      ['Requests', 'Browser', 'Web server'],
      ['Calls', 'Web server', 'API'],
      ['Queries', 'API', 'Database'],
      ['Rows', 'Database', 'API'],
      ['Answers', 'API', 'Web server'],
      ['Pages', 'Web server', 'Browser'],
    ],
  );
  const holds = ({ position: p, size: s }, { position: q, size: r }) =>
    q.x > p.x && q.y > p.y && q.x + r.width < p.x + s.width && q.y + r.height < p.y + s.height;
  const nodes = cells.filter((cell) => cell.position && cell.shape !== 'trust-boundary-box');
  const boundaries = cells.filter((cell) => cell.shape === 'trust-boundary-box');
  assert.deepEqual(
    boundaries.map((boundary) => [
      boundary.data.name,
      nodes.filter((each) => holds(boundary, each)).map((each) => each.data.name),
    ]),
    [
      ['Internet', ['Browser']],
      ['Data centre', ['Web server', 'API', 'Database']],
    ],
  );
});

walk('what is copied in one tab is pasted in another, into another model', async (page) => {
  await edit(page, 'copied-from', 0);
  await press(page, 'Control+a', 'Control+c');
  const other = await page.context().newPage();
  await edit(other, 'copied-to', 1);
  await press(other, 'Control+v');
  await other.getByRole('listbox', { name: 'Diagram Shipping, 3 elements' }).waitFor();
  await press(other, 'Control+s');
  await standing(other, /^Saved( ·|$)/);
  const { diagrams, threatTop } = (await data(await call('copied-to', 'data', 'GET'))).detail;
  const [original, copy] = diagrams.map(({ cells }) => cells);
  assert.deepEqual(
    copy.map((cell) => cell.data.name),
    original.map((cell) => cell.data.name),
  );
  const numbers = [...original, ...copy].flatMap((cell) => cell.data.threats.map(({ number }) => number));
  assert.deepEqual(numbers, [2, 1, 3, 4, 5, 6]);
  assert.equal(threatTop, 6);
  const ids = [...original, ...copy].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

walk('text on the clipboard that is none of ours changes nothing, and that is said', async (page) => {
  await edit(page, 'garbage', 0);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '{"wyvern":"cells","cells":[{"__proto__":{"shape":"actor"}}]}');
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await page.getByText('What is on the clipboard is damaged, so nothing was pasted.').waitFor({ state: 'attached' });
  await page.getByRole('listbox', { name: 'Diagram Paying, 3 elements' }).waitFor();
});

walk('a layout is shown, taken as one step, and undone', async (page) => {
  await edit(page, 'laid-out', 0);
  const place = () => page.getByRole('option', { name: /^Actor Buyer/ }).boundingBox();
  const before = await place();
  await press(page, 'Control+Shift+E');
  const bar = page.getByRole('dialog', { name: 'Lay out 2 elements' });
  await bar.getByRole('button', { name: 'Apply', disabled: false }).waitFor();
  assert.notDeepEqual(await place(), before);
  await press(page, 'Escape');
  assert.deepEqual(await place(), before);
  await press(page, 'Control+Shift+E');
  await bar.getByRole('button', { name: 'Apply', disabled: false }).click();
  assert.notDeepEqual(await place(), before);
  const undo = page.getByRole('toolbar', { name: 'Commands' }).getByRole('button', { name: /^Undo/ });
  await undo.click();
  assert.equal(await undo.getAttribute('aria-disabled'), 'true');
  await standing(page, /^Saved( ·|$)/);
});

walk('toolbar and menus by keyboard; every panel is accessible', async (page) => {
  await edit(page, 'panels', 0);
  const check = (where) => assertPartsAccessible(page, where, '[role=menu], dialog[open], [role=toolbar]');
  await tabTo(page, 'Process Shop');
  await press(page, 'Shift+F10');
  await page.getByRole('menu', { name: 'Commands for Shop' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.innerText.split('\n')[0]), 'Rename');
  await check('the menu');
  await press(page, 'End', 'Home', 'o');
  assert.match(await page.evaluate(() => document.activeElement.innerText), /^Out of scope/);
  await press(page, 'Enter');
  await page.getByRole('option', { name: /^Process Shop.*out of scope/ }).waitFor();
  await at(page, 'Process Shop');
  for (const [key, panel] of [
    ['Control+k', 'Commands'],
    ['Control+f', 'Find'],
    ['?', 'Keys'],
    ['f', 'Connect Shop to…'],
  ]) {
    await press(page, key);
    await page.getByRole('dialog', { name: panel }).waitFor();
    await check(panel);
    await press(page, 'Escape');
    await at(page, 'Process Shop');
  }
  await page.setViewportSize({ width: 480, height: 700 });
  await page.getByRole('toolbar', { name: 'Commands' }).locator('[tabindex="0"]').focus();
  await press(page, 'End', 'Enter');
  await page.getByRole('menu', { name: 'More' }).waitFor();
  await check('the menu of what has no room');
  await press(page, 'Escape');
  await at(page, 'More');
});
