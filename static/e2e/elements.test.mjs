/// Elements are moved, sized, turned, chosen and put in order by mouse.
import assert from 'node:assert/strict';
import { canvasTests, has } from './canvas.mjs';
import { SHOP } from './shop.mjs';

const walk = canvasTests();

const ON_BROWSER = [30, 165];
const ON_API = [410, 165];
const ON_ORDERS = [650, 165];
const ON_NOTE = [435, 430];
const NOWHERE = [200, 300];

const names = async (hand) => {
  const found = await hand.canvas
    .getByRole('option', { selected: true })
    .evaluateAll((all) => all.map((each) => each.ariaLabel));
  return found.map((name) => name.split(',')[0].split(' from ')[0]).toSorted();
};

const choose = async (hand, ...points) => {
  await hand.click(points[0]);
  await hand.holding(['Shift'], async () => {
    for (const point of points.slice(1)) await hand.click(point);
  });
};

const places = async (hand, ...ids) => {
  const cells = await hand.cells();
  return ids.map((id) => {
    const { position, size } = cells.get(id);
    return [position.x, position.y, size.width, size.height];
  });
};

walk('a drag moves one, as one change that can be undone', {}, async (hand) => {
  await hand.drag(ON_BROWSER, [40, 305]);
  await hand.changedOnce('browser', { position: { x: 10, y: 240 } });
  await hand.command('Undo: Move Browser');
  assert.equal(await hand.text(), SHOP);
  hand.before = SHOP;
  await hand.command('Redo: Move Browser');
  await hand.changedOnce('browser', { position: { x: 10, y: 240 } });
  await hand.press('Control+z');
  await hand.hold(ON_BROWSER, [40, 305]);
  await hand.press('Escape');
  await hand.mouse.up();
  assert.equal(await hand.text(), SHOP);
});

walk('arrow keys nudge by one, with Shift by ten, and what follows closely is one step', {}, async (hand) => {
  await hand.click(ON_BROWSER);
  await hand.press('ArrowRight', 'ArrowRight', 'Shift+ArrowDown');
  await hand.changedOnce('browser', { position: { x: 2, y: 110 } });
});

walk('a boundary takes along what lies in it; with Ctrl it goes alone', {}, async (hand) => {
  await hand.drag([300, 250], [340, 310]);
  assert.deepEqual(await places(hand, 'dmz', 'api', 'orders', 'browser'), [
    [340, 60, 500, 300],
    [400, 150, 100, 100],
    [660, 160, 150, 80],
    [0, 100, 150, 80],
  ]);
  has(await hand.cell('query'), { vertices: [{ x: 580, y: 300 }] });
  await hand.undone(SHOP);
  await hand.press('Escape');
  await hand.holding(['Control'], () => hand.drag([300, 250], [340, 310]));
  await hand.changedOnce('dmz', { position: { x: 340, y: 60 } });
});

walk('a boundary is met on its border and its name only', {}, async (hand) => {
  await hand.click([560, 30]);
  assert.deepEqual(await names(hand), []);
  for (const border of [
    [304, 250],
    [296, 250],
    [560, 4],
    [391, 19],
  ]) {
    await hand.click(border);
    assert.deepEqual(await names(hand), ['Trust boundary DMZ'], `at ${border}`);
    await hand.press('Escape');
  }
  await hand.drag([560, 60], [580, 80]);
  assert.equal(await hand.text(), SHOP);
});

walk('a pull at a corner resizes it; with Shift in proportion', {}, async (hand) => {
  await hand.click(ON_NOTE);
  await hand.drag([510, 460], [570, 500]);
  await hand.changedOnce('note', { position: { x: 360, y: 400 }, size: { width: 210, height: 100 } });
  await hand.holding(['Shift'], () => hand.drag([570, 500], [465, 500]));
  await hand.changedOnce('note', { size: { width: 105, height: 50 } });
  await hand.drag([360, 425], [330, 425]);
  await hand.changedOnce('note', { position: { x: 330, y: 400 }, size: { width: 135, height: 50 } });
});

walk('it is turned, with Shift in steps', {}, async (hand) => {
  await hand.click(ON_NOTE);
  await hand.holding(['Shift'], () => hand.drag([532, 378], [490, 520]));
  const { angle } = await hand.cell('note');
  assert.ok(angle > 0 && angle % 15 === 0, `${angle}`);
  assert.equal((await hand.changes()).length, 1);
  assert.match(await hand.element('Text Note').getAttribute('transform'), new RegExp(`rotate\\(${angle}`));
});

walk(
  'it snaps to lines and spaces of others, which are shown; else to the grid; Alt or the magnet suspend it',
  {},
  async (hand, page) => {
    const guides = page.locator('path.guide');
    await hand.hold(ON_NOTE, [440, 385]);
    await guides.first().waitFor({ state: 'attached' });
    await hand.mouse.up();
    has(await hand.cell('note'), { position: { x: 360 } });
    assert.equal(await guides.count(), 0);
    await hand.drag(ON_BROWSER, [33, 308]);
    has(await hand.cell('browser'), { position: { x: 0, y: 240 } });
    await hand.press('Control+z');
    await hand.hold(ON_BROWSER, [40, 300]);
    await hand.holding(['Alt'], async () => {
      await hand.mouse.move(...(await hand.place([43, 307])));
      await hand.mouse.up();
    });
    has(await hand.cell('browser'), { position: { x: 13, y: 242 } });
    await hand.press('Control+z');
    await hand.command('Snap to lines and grid');
    await hand.drag(ON_BROWSER, [33, 308]);
    has(await hand.cell('browser'), { position: { x: 3, y: 243 } });
  },
);

walk('a band to the right takes what it touches, to the left what lies in it', {}, async (hand) => {
  await hand.drag([320, 60], [650, 220]);
  assert.deepEqual(await names(hand), ['Flow Order', 'Flow Query', 'Process API', 'Store Orders']);
  await hand.drag([600, 60], [340, 220]);
  assert.deepEqual(await names(hand), ['Process API']);
  await hand.holding(['Shift'], () => hand.drag([-20, 60], [160, 200]));
  assert.deepEqual(await names(hand), ['Actor Browser', 'Flow Order', 'Process API']);
  await hand.click(NOWHERE);
  assert.deepEqual(await names(hand), []);
});

walk('several are chosen with Shift, by Ctrl+A, in a boundary and along flows', {}, async (hand) => {
  await choose(hand, ON_BROWSER, ON_API);
  assert.deepEqual(await names(hand), ['Actor Browser', 'Process API']);
  await hand.holding(['Shift'], () => hand.click(ON_BROWSER));
  assert.deepEqual(await names(hand), ['Process API']);
  await hand.press('Control+Shift+x');
  assert.deepEqual(await names(hand), ['Actor Browser', 'Flow Order', 'Flow Query', 'Process API', 'Store Orders']);
  await hand.double([300, 250]);
  assert.deepEqual(await names(hand), ['Flow Query', 'Process API', 'Store Orders']);
  await hand.press('Control+a');
  assert.equal((await names(hand)).length, 8);
});

walk('several move together, and are aligned, distributed and made the same size', {}, async (hand) => {
  await choose(hand, ON_BROWSER, ON_API, ON_ORDERS);
  await hand.drag(ON_BROWSER, [30, 185]);
  assert.deepEqual(
    (await places(hand, 'browser', 'api', 'orders')).map(([, y]) => y),
    [120, 110, 120],
  );
  await hand.command('Align top edges', 'Arrange');
  assert.deepEqual(
    (await places(hand, 'browser', 'api', 'orders')).map(([, y]) => y),
    [110, 110, 110],
  );
  await hand.command('Distribute across', 'Arrange');
  assert.deepEqual(
    (await places(hand, 'browser', 'api', 'orders')).map(([x]) => x),
    [0, 335, 620],
  );
  await hand.command('Same size', 'Arrange');
  assert.deepEqual(
    (await places(hand, 'browser', 'api', 'orders')).map(([, , ...size]) => size),
    [
      [150, 80],
      [150, 80],
      [150, 80],
    ],
  );
  for (const _ of [1, 2, 3]) await hand.press('Control+z');
  await hand.undone(SHOP);
});

walk('what is drawn over what', {}, async (hand) => {
  await hand.drag(ON_NOTE, [415, 150]);
  const order = () => hand.canvas.getByRole('option').evaluateAll((all) => all.map(({ dataset }) => dataset.cell));
  await hand.changes();
  await hand.command('Send to back', 'Order and lock');
  const back = await order();
  assert.equal(back[0], 'note');
  assert.equal((await hand.changes()).length, 1);
  await hand.press('Control+]');
  assert.equal((await order())[0] === 'note', false);
  await hand.command('Bring to front', 'Order and lock');
  assert.equal((await order()).at(-1), 'note');
});

walk('what is locked stays, and can be unlocked', {}, async (hand) => {
  await hand.click(ON_BROWSER);
  await hand.command('Lock', 'Order and lock');
  await hand.changedOnce('browser', { data: { wyvern: { locked: true } } });
  const locked = await hand.text();
  await hand.drag(ON_BROWSER, [30, 300]);
  await hand.press('Delete');
  assert.equal(await hand.text(), locked);
  await hand.element('Actor Browser, locked').waitFor();
  await hand.click(ON_BROWSER);
  await hand.press('Control+Shift+l');
  assert.equal(await hand.text(), SHOP);
});

walk('names are typed where they are drawn, on several lines', {}, async (hand, page) => {
  await hand.double(ON_API);
  const field = page.getByRole('textbox', { name: 'Name of process' });
  await field.fill('Public');
  await field.press('Shift+Enter');
  await page.keyboard.type('API');
  await field.press('Enter');
  has(await hand.cell('api'), { data: { name: 'Public\nAPI' }, attrs: { text: { text: 'Public\nAPI' } } });
  const lines = await hand.element('Process Public API').locator('tspan').allTextContents();
  assert.deepEqual(
    lines.filter((line) => line.trim() !== ''),
    ['Public', 'API'],
  );
  await hand.press('F2');
  await field.fill('Left');
  await field.press('Escape');
  has(await hand.cell('api'), { data: { name: 'Public\nAPI' } });
  await hand.double([255, 140]);
  await hand.name('Purchase');
  has(await hand.cell('order'), { data: { name: 'Purchase' }, labels: [{ attrs: { label: { text: 'Purchase' } } }] });
  await hand.double([391, 19]);
  await hand.name('Outer zone');
  has(await hand.cell('dmz'), { data: { name: 'Outer zone' }, attrs: { label: { text: 'Outer zone' } } });
});

walk('Alt and a drag make a copy; Delete takes an element and its flows', {}, async (hand) => {
  await hand.hold(ON_NOTE, ON_NOTE);
  await hand.mouse.up();
  await hand.holding(['Alt'], () => hand.drag(ON_NOTE, [635, 430]));
  has(await hand.added(), { shape: 'td-text-block', data: { name: 'Note' }, position: { x: 560, y: 400 } });
  await hand.undone(SHOP);
  await hand.click(ON_API);
  await hand.press('Delete');
  assert.deepEqual([...(await hand.cells()).keys()], ['dmz', 'browser', 'orders', 'office', 'note']);
  await hand.undone(SHOP);
});
