/// What a person does in the editor, one movement after the other, each as soon as the page has taken the last.
const MOVES = 60;

/** Opens a model from a file; gives the milliseconds until it is drawn. */
export async function open(page, address, text) {
  await page.goto(`${address}/#/file`);
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  const opening = await page.evaluateHandle(() => ({ drawn: window.meter.opening() }));
  const file = { name: 'generated.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Model file').setInputFiles(file);
  return opening.evaluate(({ drawn }) => drawn);
}

/** Moves the pointer from place to place of a wave that ends where it began. */
export async function wave(page, from, { reach = 60, moves = MOVES } = {}) {
  for (let index = 1; index <= moves; index += 1) {
    const turn = (index / moves) * 2 * Math.PI;
    await page.mouse.move(from.x + reach * Math.sin(turn), from.y + (reach / 2) * Math.sin(2 * turn));
  }
}

/** Holds what is at a point, moves it about, and lets it go away from where it was. */
export async function drag(page, from, reach) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await wave(page, from, { reach });
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.up();
}

export async function wheel(page, at, delta, keys = []) {
  await page.mouse.move(at.x, at.y);
  for (const key of keys) await page.keyboard.down(key);
  for (let index = 0; index < MOVES; index += 1) {
    const there = Math.floor((index * 4) / MOVES) % 2 === 0 ? 1 : -1;
    await page.mouse.wheel(there * delta.x, there * delta.y);
  }
  for (const key of keys) await page.keyboard.up(key);
}

/** Draws a band from a free point until it holds about as many elements; nothing is left selected but those. */
export async function band(page, { from, to }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let index = 1; index <= MOVES; index += 1) {
    const share = index / MOVES;
    await page.mouse.move(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
  }
  await page.mouse.up();
}

/** The middle of the element that is nearest to the middle of the canvas and is not covered there. */
export const middleElement = (page) => elementIn(page, '');
export const selectedElement = (page) => elementIn(page, '[aria-selected=true]');

function elementIn(page, which) {
  return page.evaluate((which) => {
    const canvas = document.querySelector('svg.drawing').getBoundingClientRect();
    const middle = { x: canvas.x + canvas.width / 2, y: canvas.y + canvas.height / 2 };
    const away = (at) => Math.hypot(at.x - middle.x, at.y - middle.y);
    const found = [...document.querySelectorAll(`[role=option][data-cell^="node-"]${which}`)].flatMap((option) => {
      const { x, y, width, height } = option.getBoundingClientRect();
      const at = { x: x + width / 2, y: y + height / 2 };
      return document.elementFromPoint(at.x, at.y)?.closest('[data-cell]') === option ? [at] : [];
    });
    return found.toSorted((a, b) => away(a) - away(b))[0];
  }, which);
}

/** Where to draw a band that touches so many elements, away from the borders, near which the view would move. */
export function bandOver(page, count) {
  return page.evaluate((count) => {
    const { left, top, right, bottom } = document.querySelector('svg.drawing').getBoundingClientRect();
    const EDGE = 80;
    const free = () => {
      for (let y = top + EDGE; y < bottom - EDGE; y += 3)
        for (let x = left + EDGE; x < right - EDGE; x += 3)
          if (document.elementFromPoint(x, y)?.classList.contains('drawing')) return { x, y };
      throw new Error('nowhere is the canvas free');
    };
    const from = free();
    const options = [...document.querySelectorAll('[role=option][data-cell^="node-"]')];
    const boxes = options.map((option) => option.getBoundingClientRect());
    const touched = (to) =>
      boxes.filter((box) => box.right > from.x && box.x < to.x && box.bottom > from.y && box.y < to.y).length;
    const to = { ...from };
    while (touched(to) < count && to.y < bottom - EDGE) {
      to.x = Math.min(to.x + 4, right - EDGE);
      to.y += 3;
    }
    return { from, to };
  }, count);
}

/** What is selected, in words. */
export function selected(page) {
  return page.evaluate(() => {
    const count = (which) => document.querySelectorAll(`[role=option][aria-selected=true]${which}`).length;
    return ` (${count('[data-cell^="node-"]')}, with flows ${count('')})`;
  });
}

/** Draws with the tool of a key, from an element that the pointer is on. */
export async function draw(page, key, from) {
  await keys(page, key);
  await drag(page, from, 160);
  await page.keyboard.press('Escape');
}

export async function undo(page) {
  for (let index = 0; index < MOVES / 4; index += 1) {
    await keys(page, 'Control+z');
    await keys(page, 'Control+Shift+Z');
  }
}

/** Types in the pane's field with the name of what is selected. */
export async function type(page) {
  await page.getByRole('tabpanel').getByLabel('Name', { exact: true }).focus();
  for (let index = 0; index < MOVES / 2; index += 1) await page.keyboard.press('abcde '[index % 6]);
}

/** Runs a command by its keys, with the keyboard on the canvas. */
export async function keys(page, chord) {
  await page.locator('.canvas').focus();
  await page.keyboard.press(chord);
}
