/// Measures the first page as somebody with a slow computer gets it, who has never been here.
import { bytesOf } from './scripts.mjs';
import { percentile } from './meter.mjs';

/** How many times slower the processor is made. */
const SLOWER = 4;
/** The page is loaded so often: the middle one counts. */
const TIMES = 5;

/** What it may be: milliseconds, the browser's measure of what moved, and bytes of everything, compressed. */
const LIMITS = { paint: 1_000, interactive: 1_000, shift: 0, bytes: 120_000 };

/** Rows for a table: what, figure, limit, ratio. `limited` counts what is missed. */
export async function firstPage(browser, address, limited) {
  const loads = [];
  for (let time = 0; time < TIMES; time += 1) loads.push(await load(browser, address));
  const middle = (name) =>
    percentile(
      loads.map((each) => each[name]),
      0.5,
    );
  const { gzip } = await bytesOf(loads[0].files);
  const figures = [
    ['first contentful paint, ms', middle('paint'), LIMITS.paint],
    ['first button that can be pressed, ms', middle('interactive'), LIMITS.interactive],
    ['layout shift', Math.max(...loads.map(({ shift }) => shift)), LIMITS.shift],
    ['everything that is fetched, gzip, bytes', gzip, LIMITS.bytes],
  ];
  return figures.map(([name, figure, limit]) => [
    name,
    figure.toFixed(name === 'layout shift' ? 3 : 0),
    `${limit}`,
    limit === 0 ? (figure === 0 ? 'kept' : limited(Infinity, 1)) : limited(figure, limit),
  ]);
}

async function load(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const files = new Set();
  page.on('response', (response) => response.ok() && files.add(response.url()));
  await page.addInitScript(installWatch);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(address, { waitUntil: 'networkidle' });
  await page.waitForFunction(() => window.first.interactive > 0);
  const figures = await page.evaluate(() => window.first);
  await context.close();
  return { ...figures, files };
}

/** To be run in the page before anything else. */
function installWatch() {
  window.first = { paint: 0, interactive: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.first.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') window.first.paint = startTime;
  }).observe({ type: 'paint', buffered: true });
  // The first way to sign in: when a task after the frame that shows it has its turn, a press is heard.
  new MutationObserver((_, observer) => {
    if (!document.querySelector('main .card button')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.first.interactive = performance.now())));
  }).observe(document, { childList: true, subtree: true });
}
