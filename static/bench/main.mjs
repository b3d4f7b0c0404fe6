/// Measures the editor in a real browser, with the real server, and holds the figures against what they may be.
/// usage: node bench/main.mjs [ELEMENTS…]    exits with 1 when a limit is missed
import { startBrowser } from '../e2e/browser.mjs';
import { startWyvern } from '../e2e/wyvern.mjs';
import { devtoolsOf } from './devtools.mjs';
import { firstPage } from './first-page.mjs';
import { generated } from './generated.mjs';
import { open } from './hands.mjs';
import { installMeter, percentile } from './meter.mjs';
import { play } from './scenes.mjs';
import { bytesOf, scriptsOf } from './scripts.mjs';
import { against, ms, printTable } from './table.mjs';

const SIZES = [200, 1_000, 5_000];
/** The size from which the limits of frames are a different one: the editor is to stay usable. */
const HUGE = 5_000;
/** Milliseconds until all is drawn. */
const OPENING = { [SIZES[1]]: 1_000 };
/** Milliseconds from an input until it is seen: more is felt as a delay. */
const USABLE = 100;
/** Bytes of compressed script. */
const SCRIPTS = { 'first page': 90_000, 'editor, more than that': 200_000 };
/** How often a model is opened: the middle one counts. */
const TIMES = 3;

const HOW = `
Frames: from one frame to the next, for each that had an input to work off (requestAnimationFrame; a screen of 60 Hz
has one each 16.7 ms, and what takes longer takes a multiple of that). To the screen: from an input event to the end
of its frame in the page. Processor: what the page's main thread needed for each frame, with style, layout and
painting; unlike the others this hardly depends on what else the machine does. All in milliseconds. The ratio is that
of the 95th percentile of the frames to the limit; in the largest model, of the time to the screen. Opening: from the
choice of the file to the end of the last frame that changed the page, the middle of ${TIMES}; the editor's scripts are
loaded in that time.`;

let missed = 0;

function limited(figure, limit) {
  if (limit !== undefined && !(figure <= limit)) missed += 1;
  return against(figure, limit);
}

async function withPage(browser, walk) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(installMeter);
  await page.addInitScript(() => localStorage.setItem('wyvern.tour', 'seen'));
  try {
    return await walk(page);
  } finally {
    await context.close();
  }
}

async function measureScripts(browser, address) {
  const [first, editor] = await withPage(browser, async (page) => {
    const loaded = scriptsOf(page);
    await page.goto(address, { waitUntil: 'networkidle' });
    const first = new Set(loaded);
    await open(page, address, generated(20));
    return [first, [...loaded].filter((script) => !first.has(script))];
  });
  const rows = [];
  for (const [name, scripts] of [
    ['first page', first],
    ['editor, more than that', editor],
  ]) {
    for (const [encoding, bytes] of Object.entries(await bytesOf(scripts))) {
      const limit = SCRIPTS[name];
      rows.push([`${name}, ${encoding}`, `${(bytes / 1000).toFixed(1)}`, `${limit / 1000}`, limited(bytes, limit)]);
    }
  }
  printTable('Scripts, in thousand bytes', ['', 'size', 'limit', 'ratio'], rows);
}

/** Times of opening, and the frames and the memory of the last page. */
async function measureModel(browser, address, count) {
  const text = generated(count);
  const times = [];
  for (let index = 1; index < TIMES; index += 1) {
    times.push(await withPage(browser, (page) => open(page, address, text)));
  }
  return withPage(browser, async (page) => {
    const devtools = await devtoolsOf(page);
    times.push(await open(page, address, text));
    const opened = await memory(page, devtools);
    const scenes = await play(page, devtools);
    return { times, opened, scenes, after: await memory(page, devtools) };
  });
}

async function memory(page, devtools) {
  const heap = await devtools.heap();
  const elements = await page.evaluate(() => document.getElementsByTagName('*').length);
  return `${(heap / 1e6).toFixed(1)} MB of heap, ${elements} elements in the page`;
}

function printModel(count, { times, opened, scenes, after }) {
  const opening = percentile(times, 0.5);
  const limit = OPENING[count];
  const name = `${count} elements, ${count * 1.5} flows`;
  const held = limit === undefined ? '' : ` (limit ${limit} ms, ratio ${limited(opening, limit)})`;
  const columns = ['', 'frames', 'median', 'p95', 'to the screen', 'p95', 'processor', 'limit', 'ratio'];
  printTable(
    name,
    columns,
    scenes.map((scene) => rowOf(scene, count)),
  );
  console.log(`  opened in ${ms(opening)} ms${held}; then ${opened}; in the end ${after}`);
}

function rowOf({ name, limit, frames, processor }, count) {
  const pair = (key) =>
    [0.5, 0.95].map((share) =>
      percentile(
        frames.map((frame) => frame[key]),
        share,
      ),
    );
  const [frame, screen] = ['delta', 'latency'].map(pair);
  const [figure, most] = count < HUGE ? [frame[1], limit] : [screen[1], USABLE];
  const figures = [...frame, ...screen, processor].map(ms);
  return [name, `${frames.length}`, ...figures, most === undefined ? '' : `${most}`, limited(figure, most)];
}

async function rest(browser, address) {
  const deltas = await withPage(browser, async (page) => {
    await page.goto(address);
    return page.evaluate(() => window.meter.rest(120));
  });
  const [median, p95] = [0.5, 0.95].map((share) => ms(percentile(deltas, share)));
  console.log(`\nA page in which nothing happens, on this machine now: frames of ${median} ms, p95 ${p95} ms`);
}

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : SIZES;
const wyvern = await startWyvern();
const browser = await startBrowser();
try {
  console.log(HOW);
  await rest(browser, wyvern.address);
  await measureScripts(browser, wyvern.address);
  const columns = ['', 'figure', 'limit', 'ratio'];
  printTable('First page, processor four times slower', columns, await firstPage(browser, wyvern.address, limited));
  for (const count of sizes) printModel(count, await measureModel(browser, wyvern.address, count));
} finally {
  await browser.close();
  await wyvern.stop();
}
console.log(missed === 0 ? '\nAll limits are kept.' : `\n${missed} limits are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
