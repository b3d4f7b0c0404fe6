/// A diagram is drawn, named, found, copied and laid out with the keyboard alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
  await signInButton(page).click();
  const canvas = page.getByRole('listbox', { name: /^Diagram/ });
  await canvas.waitFor();
  const first = canvas.locator('[tabindex="0"]');
  await ((await first.count()) > 0 ? first : canvas).focus();
}

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
  await page.getByRole('status').filter({ hasText: /^Saved$/ }).first().waitFor();

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
    boundaries.map((boundary) => [boundary.data.name, nodes.filter((each) => holds(boundary, each)).map((each) => each.data.name)]),
    [
      ['Internet', ['Browser']],
      ['Data centre', ['Web server', 'API', 'Database']],
    ],
  );
});
