/// Flows are drawn, led and changed by mouse.
import assert from 'node:assert/strict';
import { canvasTests, has } from './canvas.mjs';
import { API, BROWSER, flow, modelOf, ORDER, SHOP } from './shop.mjs';

const walk = canvasTests();

/** Points of the diagram. */
const ON_BROWSER = [75, 140];
const ON_API = [410, 140];
const ON_ORDERS = [695, 140];
const ON_ORDER = [330, 140];
const PORT_OF_BROWSER = [75, 180];

const line = (hand, name) => hand.element(name).locator('path.line');

/** Points of the drawn line, in the diagram. */
const points = (hand, name, ...shares) =>
  line(hand, name).evaluate((path, all) => {
    const length = path.getTotalLength();
    return all.map((share) => path.getPointAtLength(length * share)).map(({ x, y }) => [Math.round(x), Math.round(y)]);
  }, shares);

walk('from a port to another element', {}, async (hand) => {
  await hand.click(ON_BROWSER);
  await hand.drag(PORT_OF_BROWSER, [200, 250], ON_API);
  await hand.name('Sign-in');
  has(await hand.added(), {
    shape: 'flow',
    source: { cell: 'browser' },
    target: { cell: 'api' },
    data: { type: 'tm.Flow', name: 'Sign-in', threats: [] },
  });
  await hand.element('Flow Sign-in from Browser to API, crosses DMZ').waitFor();
});

walk('from a port onto the empty canvas: asked what to put there, as one step', {}, async (hand, page) => {
  await hand.click(ON_BROWSER);
  await hand.drag(PORT_OF_BROWSER, [75, 300]);
  const menu = page.getByRole('menu', { name: 'Connect Browser to a new' });
  await menu.getByRole('menuitem', { name: 'Store' }).click();
  await hand.name('Cache');
  const [store, connecting] = [...(await hand.cells()).values()].slice(-2);
  has(store, { shape: 'store', data: { name: 'Cache' }, position: { x: 0, y: 260 } });
  has(connecting, { shape: 'flow', source: { cell: 'browser' }, target: { cell: store.id } });
  await hand.press('Control+z');
  await hand.undone(SHOP);

  await hand.click(ON_BROWSER);
  await hand.drag(PORT_OF_BROWSER, [75, 300]);
  await menu.waitFor();
  await hand.press('Escape');
  await menu.waitFor({ state: 'detached' });
  assert.equal(await hand.text(), SHOP);
});

walk('the arrow beside an element puts another one there, with a flow to it', {}, async (hand) => {
  await hand.click(ON_BROWSER);
  await hand.click([75, 205]);
  await hand.name('Phone');
  const [phone, connecting] = [...(await hand.cells()).values()].slice(-2);
  has(phone, { shape: 'actor', size: BROWSER.size, position: { x: 0, y: 280 }, data: { name: 'Phone' } });
  has(connecting, { source: { cell: 'browser' }, target: { cell: phone.id } });

  await hand.click(ON_BROWSER);
  await hand.click([-25, 140]);
  await hand.name('Tablet');
  const [canvas, tablet] = [await hand.canvas.boundingBox(), await hand.element('Actor Tablet').boundingBox()];
  assert.ok(tablet.x > canvas.x, 'the view moves to where it is');
});

walk('by its quick key: a drag, two clicks, and from nowhere to nowhere', {}, async (hand) => {
  await hand.click([200, 300]);
  await hand.press('f');
  await hand.drag(ON_BROWSER, ON_ORDERS);
  await hand.name('Dragged');
  has(await hand.added(), { source: { cell: 'browser' }, target: { cell: 'orders' } });

  await hand.click([200, 300]);
  await hand.press('f');
  await hand.click(ON_ORDERS);
  await hand.click(ON_BROWSER);
  await hand.name('Clicked');
  has(await hand.added(), { source: { cell: 'orders' }, target: { cell: 'browser' } });

  await hand.click([200, 300]);
  await hand.press('f');
  await hand.drag([40, 280], [160, 320]);
  await hand.name('Loose');
  has(await hand.added(), { source: { x: 40, y: 280 }, target: { x: 160, y: 320 } });
});

walk('an element is put on a flow, which then runs through it', {}, async (hand) => {
  await hand.click([200, 300]);
  await hand.press('p');
  await hand.click([225, 140]);
  await hand.name('Gateway');
  const cells = await hand.cells();
  const [gateway, second] = [...cells.values()].slice(-2);
  has(gateway, { shape: 'process', data: { name: 'Gateway' } });
  has(cells.get('order'), { source: { cell: 'browser' }, target: { cell: gateway.id }, data: { name: 'Order' } });
  has(second, { shape: 'flow', source: { cell: gateway.id }, target: { cell: 'api' } });
  await hand.press('Control+z');
  await hand.undone(SHOP);
});

walk('its ends are reconnected', {}, async (hand) => {
  await hand.click(ON_ORDER);
  await hand.drag(await hand.handleOf('target'), [500, 60], ON_ORDERS);
  await hand.changedOnce('order', { source: { cell: 'browser' }, target: { cell: 'orders' } });
  await hand.drag(await hand.handleOf('source'), [200, 300]);
  await hand.changedOnce('order', { source: { x: 200, y: 300 }, target: { cell: 'orders' } });
});

walk('vertices are added, moved and removed', {}, async (hand) => {
  await hand.drag(ON_ORDER, [330, 220]);
  await hand.changedOnce('order', { vertices: [{ x: 330, y: 220 }] });
  await hand.drag([330, 220], [200, 60]);
  await hand.changedOnce('order', { vertices: [{ x: 200, y: 60 }] });
  await hand.drag([200, 60], [138, 100]);
  await hand.changedOnce('order', { vertices: [] });
  await hand.drag(ON_ORDER, [330, 220]);
  await hand.double([330, 220]);
  has(await hand.cell('order'), { vertices: [] });
  await hand.press('Control+z', 'x');
  has(await hand.cell('order'), { vertices: [] });
});

walk('it runs smooth, straight or in right angles', {}, async (hand) => {
  await hand.click([480, 190]);
  const way = () => line(hand, 'Flow Query').getAttribute('d');
  const straight = await way();
  await hand.command('Right-angled line', 'Change');
  await hand.changedOnce('query', { connector: 'normal', router: 'orth' });
  const bent = await way();
  await hand.press('2');
  await hand.changedOnce('query', { connector: 'normal' });
  assert.equal(await way(), straight);
  await hand.press('1');
  await hand.changedOnce('query', { connector: 'smooth' });
  const smooth = await way();
  assert.equal(new Set([straight, bent, smooth]).size, 3);
  assert.match(smooth, /C/);
  assert.doesNotMatch(straight, /C/);
});

walk('it goes back to its own element', {}, async (hand) => {
  await hand.click(ON_API);
  await hand.drag([410, 190], [410, 260], [470, 260], ON_API);
  await hand.name('Retry');
  has(await hand.added(), { source: { cell: 'api' }, target: { cell: 'api' } });
  const box = await line(hand, 'Flow Retry').boundingBox();
  assert.ok(box.width > 20 && box.height > 20, 'the loop is seen');
});

const PARALLEL = modelOf([
  BROWSER,
  API,
  ORDER,
  flow('more', 'More', 'browser', 'api'),
  flow('back', 'Back', 'api', 'browser'),
]);

walk(
  'flows between the same two elements lie beside each other, also those that are loaded',
  { model: PARALLEL },
  async (hand) => {
    const middles = [];
    for (const name of ['Flow Order', 'Flow More', 'Flow Back']) middles.push(...(await points(hand, name, 0.5)));
    const heights = middles.map(([, y]) => y).toSorted((a, b) => a - b);
    assert.ok(heights[1] - heights[0] > 10 && heights[2] - heights[1] > 10, `apart: ${heights}`);
    assert.equal(await hand.text(), PARALLEL);
  },
);

walk('its label is dragged along the way, and beside it', {}, async (hand) => {
  await hand.drag([255, 140], [200, 140]);
  const [label] = (await hand.cell('order')).labels;
  assert.ok(Math.abs(label.position - 50 / 210) < 0.02, `a share of the way: ${label.position}`);
  assert.equal((await hand.changes()).length, 1);
  await hand.drag([200, 140], [220, 180]);
  const [{ position }] = (await hand.cell('order')).labels;
  assert.ok(
    Math.abs(position.distance - 70 / 210) < 0.02 && Math.abs(position.offset - 40) < 3,
    JSON.stringify(position),
  );
  assert.equal((await hand.changes()).length, 1);
});

walk('it goes both ways, and the other way round', {}, async (hand) => {
  await hand.click(ON_ORDER);
  const heads = hand.element('Flow Order').locator('.marker');
  assert.equal(await heads.count(), 1);
  await hand.command('Two-way flow', 'Change');
  await hand.changedOnce('order', { data: { isBidirectional: true } });
  assert.equal(await heads.count(), 2);
  await hand.press('Shift+R');
  await hand.changedOnce('order', { data: { isBidirectional: false } });
  await hand.press('r');
  await hand.changedOnce('order', { source: { cell: 'api' }, target: { cell: 'browser' } });
  await hand.element('Flow Order from API to Browser').waitFor();
});

walk('it is met within 12 pixels of the screen, at any size, and by its label', {}, async (hand, page) => {
  for (const away of [-5, 5]) {
    await hand.click([330, 140 + away]);
    await hand.selected('Flow Order').waitFor();
    await hand.press('Escape');
  }
  await hand.click([330, 148]);
  assert.equal(await hand.selected('').count(), 0);
  await hand.click([255, 147]);
  await hand.selected('Flow Order').waitFor();
  await hand.press('Escape');
  await hand.press('Control+-', 'Control+-', 'Control+-');
  assert.ok((await hand.zoom()) < 0.6);
  const [x, y] = await hand.place([330, 140]);
  await page.mouse.click(x, y + 5);
  await hand.selected('Flow Order').waitFor();
});
