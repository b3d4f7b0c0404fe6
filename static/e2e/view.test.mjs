/// What is seen of a diagram, and what is found in it: zoom, map, full screen, lists and menus of commands.
import assert from 'node:assert/strict';
import { canvasTests, has } from './canvas.mjs';
import { flow, modelOf, ORDERS, SHOP } from './shop.mjs';

const walk = canvasTests();

const NOWHERE = [200, 300];
const ON_API = [410, 165];

/** Whether all of an element is seen on the canvas. */
async function seen(hand, name) {
  const [inner, outer] = [await hand.element(name).boundingBox(), await hand.canvas.boundingBox()];
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

walk('the wheel moves the view, with Ctrl it zooms to the pointer', {}, async (hand) => {
  const before = await hand.place(ON_API);
  await hand.mouse.move(...before);
  await hand.mouse.wheel(30, 50);
  assert.deepEqual(await hand.place(ON_API), [before[0] - 30, before[1] - 50]);
  await hand.mouse.move(...(await hand.place(ON_API)));
  const under = await hand.place(ON_API);
  await hand.holding(['Control'], () => hand.mouse.wheel(0, -200));
  assert.ok((await hand.zoom()) > 1.2);
  const after = await hand.place(ON_API);
  assert.ok(Math.hypot(after[0] - under[0], after[1] - under[1]) < 1, 'what is under the pointer stays there');
  assert.equal(await hand.text(), SHOP);
});

walk('zoom: in and out, 100 %, all, the selection', {}, async (hand, page) => {
  await hand.click(ON_API);
  await hand.press('Control+=');
  assert.equal(await hand.zoom(), 1.25);
  await page.getByRole('button', { name: 'Zoom out' }).click();
  assert.equal(await hand.zoom(), 1);
  await hand.press('Control+-', 'Control+-');
  await page.getByRole('button', { name: 'Zoom to 100 %' }).click();
  assert.equal(await hand.zoom(), 1);
  await hand.mouse.wheel(0, 3000);
  await hand.click([410, 3000]);
  await hand.press('Shift+1');
  assert.ok((await seen(hand, 'Actor Browser')) && (await seen(hand, 'Text Note')));
  await hand.click(ON_API);
  await hand.mouse.wheel(900, 0);
  await hand.press('Shift+2');
  assert.ok(await seen(hand, 'Process API'));
});

walk('the view is moved with space, the middle button and the hand', {}, async (hand, page) => {
  const by = async (drag) => {
    const before = await hand.place([0, 0]);
    await drag();
    const after = await hand.place([0, 0]);
    return [after[0] - before[0], after[1] - before[1]];
  };
  const pull = async (button) => {
    const [x, y] = await hand.place(ON_API);
    await page.mouse.move(x, y);
    await page.mouse.down({ button });
    await page.mouse.move(x + 40, y + 30, { steps: 3 });
    await page.mouse.up({ button });
  };
  await hand.click(NOWHERE);
  assert.deepEqual(await by(() => hand.holding([' '], () => pull('left'))), [40, 30]);
  assert.deepEqual(await by(() => pull('middle')), [40, 30]);
  await hand.press('h');
  assert.deepEqual(await by(() => pull('left')), [40, 30]);
  assert.equal(await hand.text(), SHOP);
});

walk('the map shows where one is, and leads elsewhere', {}, async (hand, page) => {
  await hand.click(NOWHERE);
  const map = page.locator('.canvas > svg[aria-hidden="true"]');
  await hand.press('m');
  const { x, y, width, height } = await map.boundingBox();
  const before = await hand.place([0, 0]);
  await page.mouse.click(x + width * 0.2, y + height * 0.2);
  const upper = await hand.place([0, 0]);
  await page.mouse.click(x + width * 0.8, y + height * 0.8);
  const lower = await hand.place([0, 0]);
  assert.ok(upper[0] > lower[0] && upper[1] > lower[1], `${before} ${upper} ${lower}`);
  await page.getByText('View', { exact: true }).click();
  await page.getByLabel('Map of the diagram').uncheck();
  await map.waitFor({ state: 'detached' });
});

walk('the editor fills the screen', {}, async (hand, page) => {
  await hand.click(NOWHERE, { button: 'right' });
  await hand.item('Full screen').click();
  await page.waitForFunction(() => document.fullscreenElement?.hasAttribute('data-editor'));
  await hand.canvas.waitFor();
  await hand.click(NOWHERE);
  await hand.press('Shift+F11');
  await page.waitForFunction(() => document.fullscreenElement === null);
});

walk('at the edge of the canvas a drag moves the view along', {}, async (hand, page) => {
  const { x, y, width } = await hand.canvas.boundingBox();
  await hand.hold([650, 165], [700, 165]);
  await page.mouse.move(x + width - 5, y + 300, { steps: 5 });
  const start = await hand.place([0, 0]);
  await page.waitForFunction(
    ([selector, from]) => document.querySelector(selector).getScreenCTM().e < from - 100,
    ['svg[role=listbox] > g[transform^="scale"]', start[0]],
  );
  await hand.mouse.up();
  const { position } = await hand.cell('orders');
  assert.ok(position.x > 900, `it has come along: ${position.x}`);
});

const FAR = modelOf([
  { ...ORDERS, position: { x: 5000, y: 4000 }, id: 'far', data: { ...ORDERS.data, name: 'Archive', threats: [] } },
  {
    ...ORDERS,
    data: {
      ...ORDERS.data,
      threats: [{ id: 't', title: 'Tape is stolen', status: 'Open', severity: 'High', type: 'Tampering', number: 7 }],
    },
  },
  flow('query', 'Query', 'orders', 'far'),
]);

walk('elements and threats are found by what they are called', { model: FAR }, async (hand, page) => {
  await hand.press('Control+f');
  const field = page.getByRole('combobox', { name: 'An element or a threat' });
  await field.fill('archive');
  await field.press('Enter');
  await hand.selected('Store Archive').waitFor();
  assert.ok(await seen(hand, 'Store Archive'));
  await hand.command('Find elements and threats');
  await field.fill('tape');
  await page.getByRole('option', { name: '#7 Tape is stolen' }).click();
  await hand.selected('Store Orders').waitFor();
  await page.getByRole('tab', { name: 'Threats', selected: true }).waitFor();
});

walk('the badge of an element opens its threats', { model: FAR }, async (hand, page) => {
  await page.locator('[data-part="badge"][data-cell="orders"]').click();
  await hand.selected('Store Orders, 1 open threat').waitFor();
  await page.getByRole('tab', { name: 'Threats', selected: true }).waitFor();
  await page.getByText('Tape is stolen').waitFor();
});

walk('commands are found by name, and run', {}, async (hand, page) => {
  await hand.click(ON_API);
  await hand.press('Control+k');
  await page.getByRole('combobox', { name: 'A command or an element' }).fill('change to store');
  await page.keyboard.press('Enter');
  await hand.element('Store API').waitFor();
  has(await hand.cell('api'), { shape: 'store', data: { type: 'tm.Store', name: 'API' } });
  await hand.undone(SHOP);
});

walk('the right button opens a menu about what is there', {}, async (hand, page) => {
  await hand.click(ON_API, { button: 'right' });
  await page.getByRole('menu', { name: 'Commands for API' }).waitFor();
  await hand.item('Duplicate').click();
  has(await hand.added(), { shape: 'process', data: { name: 'API' } });
  await hand.undone(SHOP);
  await hand.click([330, 140], { button: 'right' });
  await hand.item('Reverse flow').click();
  await hand.changedOnce('order', { source: { cell: 'api' }, target: { cell: 'browser' } });
  await hand.undone(SHOP);
  await hand.click(NOWHERE, { button: 'right' });
  await page.getByRole('menu', { name: 'Commands for the diagram' }).waitFor();
  await hand.item('New process').click();
  await hand.name('There');
  has(await hand.added(), { shape: 'process', position: { x: 150, y: 250 } });
});

walk('what is laid out is shown first, and one step takes it back', {}, async (hand, page) => {
  const bar = page.getByRole('dialog', { name: 'Lay out 5 elements' });
  const apply = bar.getByRole('button', { name: 'Apply' });
  const place = async () => JSON.stringify(await hand.element('Store Orders').boundingBox());
  const before = await place();
  await hand.command('Lay out…');
  await apply.and(page.locator(':enabled')).waitFor();
  assert.notEqual(await place(), before);
  await bar.getByRole('button', { name: 'Cancel' }).click();
  assert.equal(await hand.text(), SHOP);
  await hand.command('Lay out…');
  await bar.getByLabel('Top to bottom').check();
  await apply.click();
  await bar.waitFor({ state: 'detached' });
  const cells = await hand.cells();
  const top = (id) => cells.get(id).position.y;
  assert.ok(top('browser') < top('api') && top('api') < top('orders'), 'from top to bottom');
  await hand.undone(SHOP);
});

walk('everything can be undone and done again, after a reload too', {}, async (hand, page) => {
  const steps = [SHOP];
  const done = async (act) => {
    await act();
    const text = await hand.text();
    assert.ok(text !== steps.at(-1), `step ${steps.length} changes something`);
    steps.push(text);
  };
  await done(() => hand.drag(ON_API, [410, 195]));
  await done(async () => {
    await hand.press('F2');
    await hand.name('Gateway');
  });
  await done(async () => {
    await hand.click(NOWHERE);
    await hand.drag([330, 163], [330, 230]);
  });
  await done(async () => {
    await hand.click([650, 165]);
    await page.getByRole('checkbox', { name: 'Out of scope' }).check();
  });
  await done(async () => {
    await hand.click([410, 190]);
    await page.getByRole('tab', { name: 'Threats' }).click();
    await page.getByRole('button', { name: 'Add a threat' }).click();
  });
  await done(async () => {
    await hand.click([435, 430]);
    await hand.press('Delete');
  });
  await page.getByRole('status').filter({ hasText: 'Draft kept on this computer' }).first().waitFor();
  page.once('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await hand.canvas.waitFor();
  for (const text of steps.toReversed().slice(1)) {
    await hand.press('Control+z');
    assert.equal(await hand.text(), text);
  }
  for (const text of steps.slice(1)) {
    await hand.press('Control+Shift+z');
    assert.equal(await hand.text(), text);
  }
});
