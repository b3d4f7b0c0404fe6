/// The editor by touch: fingers tap, drag, rest and pinch.
import assert from 'node:assert/strict';
import { canvasTests, has } from './canvas.mjs';
import { SHOP } from './shop.mjs';

const walk = canvasTests();

const TOUCH = { hasTouch: true };
const ON_API = [410, 165];
const NOWHERE = [200, 300];

/** Fingers on the screen, each at a point of the window. */
class Fingers {
  constructor(hand, session) {
    this.hand = hand;
    this.session = session;
  }

  static async of(hand) {
    return new Fingers(hand, await hand.page.context().newCDPSession(hand.page));
  }

  async put(type, ...points) {
    const touchPoints = points.map(([x, y], id) => ({ x, y, id }));
    await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
  }

  async tap(point) {
    await this.put('touchStart', await this.hand.place(point));
    await this.put('touchEnd');
  }

  async drag(from, to) {
    const [start, end] = [await this.hand.place(from), await this.hand.place(to)];
    await this.put('touchStart', start);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await this.put('touchMove', [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share]);
    }
    await this.put('touchEnd');
  }

  /** Two fingers go from one distance around a point to another. */
  async pinch(point, from, to) {
    const [x, y] = await this.hand.place(point);
    const at = (spread) => [
      [x - spread, y],
      [x + spread, y],
    ];
    await this.put('touchStart', at(from)[0]);
    await this.put('touchStart', ...at(from));
    for (const share of [0.25, 0.5, 0.75, 1]) await this.put('touchMove', ...at(from + (to - from) * share));
    await this.put('touchEnd');
  }
}

walk('a tap takes a shape and puts it, a drag gives it its size', TOUCH, async (hand, page) => {
  const fingers = await Fingers.of(hand);
  const shapes = page.getByRole('region', { name: 'Shapes' });
  await shapes.getByRole('button', { name: 'Process' }).tap();
  await fingers.tap([60, 300]);
  await hand.name('Tapped');
  has(await hand.added(), { shape: 'process', position: { x: 10, y: 250 }, data: { name: 'Tapped' } });
  await shapes.getByRole('button', { name: 'Store' }).first().tap();
  await fingers.drag([620, 350], [740, 410]);
  await hand.name('Drawn');
  has(await hand.added(), { shape: 'store', position: { x: 620, y: 350 }, size: { width: 120, height: 60 } });
});

walk('a flow is drawn from one element to another', TOUCH, async (hand, page) => {
  const fingers = await Fingers.of(hand);
  await page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: 'Data flow' }).tap();
  await fingers.drag([75, 140], [695, 140]);
  await hand.name('Touched');
  has(await hand.added(), { shape: 'flow', source: { cell: 'browser' }, target: { cell: 'orders' } });
});

walk('an element is dragged, and a second finger calls that off', TOUCH, async (hand) => {
  const fingers = await Fingers.of(hand);
  await fingers.drag(ON_API, [410, 195]);
  await hand.changedOnce('api', { position: { x: 360, y: 120 } });
  const before = await hand.text();
  const [x, y] = await hand.place([410, 195]);
  await fingers.put('touchStart', [x, y]);
  await fingers.put('touchMove', [x, y + 60]);
  await fingers.put('touchStart', [x, y + 60], [x + 100, y]);
  await fingers.put('touchEnd');
  assert.equal(await hand.text(), before);
});

walk('two fingers zoom and move the view, and change nothing', TOUCH, async (hand) => {
  const fingers = await Fingers.of(hand);
  const under = await hand.place(NOWHERE);
  await fingers.pinch(NOWHERE, 50, 100);
  assert.ok(Math.abs((await hand.zoom()) - 2) < 0.05, `${await hand.zoom()}`);
  const after = await hand.place(NOWHERE);
  assert.ok(Math.hypot(after[0] - under[0], after[1] - under[1]) < 3, 'what is between the fingers stays there');
  await fingers.pinch(NOWHERE, 100, 50);
  assert.ok(Math.abs((await hand.zoom()) - 1) < 0.05);
  assert.equal(await hand.text(), SHOP);
});

walk('a finger that rests opens the menu; two taps name', TOUCH, async (hand, page) => {
  const fingers = await Fingers.of(hand);
  await fingers.put('touchStart', await hand.place(ON_API));
  await page.getByRole('menu', { name: 'Commands for API' }).waitFor();
  await fingers.put('touchEnd');
  await hand.item('Lock').tap();
  await hand.changedOnce('api', { data: { wyvern: { locked: true } } });
  await hand.undone(SHOP);
  await fingers.tap([695, 140]);
  await fingers.tap([695, 140]);
  await hand.name('Ledger');
  has(await hand.cell('orders'), { data: { name: 'Ledger' } });
});

walk('on a small screen too', { ...TOUCH, viewport: { width: 390, height: 844 } }, async (hand, page) => {
  const fingers = await Fingers.of(hand);
  await page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: 'Actor' }).tap();
  await fingers.tap(NOWHERE);
  await hand.name('Small');
  const cell = [...(await hand.cells()).values()].at(-1);
  has(cell, { shape: 'actor', data: { name: 'Small' } });
});
