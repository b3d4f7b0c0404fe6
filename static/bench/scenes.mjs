/// What is done in a model to measure its frames, and what each may take.
import * as hands from './hands.mjs';

/** Milliseconds: limits of the 95th percentile of frames. */
const ONE = 20;
const MANY = 33;

/**
 * All scenes in their order, each as the page is left by the one before. `limit` is for the frames of a model of
 * 1,000 elements; `doing` gets the page and what the scenes before have left.
 */
export const SCENES = [
  { name: 'all in view: pointing', doing: (page, { node }) => hands.wave(page, node, { reach: 150 }) },
  { name: 'all in view: drag one', limit: ONE, doing: (page, { node }) => hands.drag(page, node) },
  { name: 'all in view: pan', limit: ONE, doing: (page, { node }) => hands.wheel(page, node, { x: 9, y: 7 }) },
  { name: 'all in view: zoom', doing: (page, { node }) => hands.wheel(page, node, { x: 0, y: 12 }, ['Control']) },
  {
    name: 'all in view: rubber band over 100',
    prepare: async (page) => {
      await hands.keys(page, 'Shift+Digit1');
      return { band: await hands.bandOver(page, 100) };
    },
    doing: (page, { band }) => hands.band(page, band),
    found: hands.selected,
  },
  {
    name: 'all in view: drag 100',
    limit: MANY,
    prepare: async (page) => ({ node: await hands.selectedElement(page) }),
    doing: (page, { node }) => hands.drag(page, node),
  },
  {
    name: '100 in view: drag 100',
    limit: MANY,
    prepare: async (page) => {
      await hands.keys(page, 'Shift+Digit2');
      return { node: await hands.selectedElement(page) };
    },
    doing: (page, { node }) => hands.drag(page, node),
  },
  { name: 'undo and redo of that', doing: (page) => hands.undo(page) },
  {
    name: '100 %: drag one',
    limit: ONE,
    prepare: async (page) => {
      await hands.keys(page, 'Escape');
      await hands.keys(page, 'Control+0');
      return { node: await hands.middleElement(page) };
    },
    doing: (page, { node }) => hands.drag(page, node),
  },
  { name: '100 %: pan', limit: ONE, doing: (page, { node }) => hands.wheel(page, node, { x: 40, y: 25 }) },
  { name: '100 %: zoom', doing: (page, { node }) => hands.wheel(page, node, { x: 0, y: 12 }, ['Control']) },
  { name: '100 %: draw a process', doing: (page, { node }) => hands.draw(page, 'p', node) },
  { name: '100 %: connect', doing: (page, { node }) => hands.draw(page, 'f', node) },
  {
    name: 'type a name in the pane',
    limit: ONE,
    prepare: async (page) => {
      const node = await hands.middleElement(page);
      await page.mouse.click(node.x, node.y);
      return { node };
    },
    doing: (page) => hands.type(page),
  },
];

/** Runs all scenes in a page with an open model; gives each with its frames, and what of the processor each took. */
export async function play(page, devtools) {
  const state = { node: await hands.middleElement(page) };
  const played = [];
  for (const { name, limit, prepare, doing, found } of SCENES) {
    Object.assign(state, await prepare?.(page));
    const before = await devtools.processor();
    await page.evaluate(() => window.meter.start());
    await doing(page, state);
    const frames = await page.evaluate(() => window.meter.stop());
    const processor = ((await devtools.processor()) - before) / frames.length;
    const said = found ? await found(page) : '';
    played.push({ name: `${name}${said}`, limit, frames, processor });
  }
  return played;
}
