/// Diagrams are drawn by mouse: a whole one from nothing, and each way to put an element on the canvas.
import assert from 'node:assert/strict';
import { canvasTests, has } from './canvas.mjs';
import { modelOf, SHOP } from './shop.mjs';

const walk = canvasTests();
const EMPTY = modelOf([]);

/** A shape of the stencil, where the mouse is brought to it. */
const shape = (page, name) => page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name }).first();

/** Takes a shape with the mouse and clicks where it goes, which asks for its name. */
async function put(hand, page, kind, at, name) {
  await shape(page, kind).click();
  await hand.click(at);
  await hand.name(name);
}

async function frame(hand, page, from, to, name) {
  await shape(page, 'Trust boundary').click();
  await hand.drag(from, to);
  await hand.name(name);
}

async function connect(hand, page, from, to, name) {
  await shape(page, 'Data flow').click();
  await hand.drag(from, to);
  await hand.name(name);
}

/** Fills a field of the properties of what is clicked at. */
async function describe(hand, page, at, group, values) {
  await hand.click(at);
  const properties = page.getByRole('group', { name: group, exact: true });
  for (const [label, value] of Object.entries(values)) {
    const field = properties.getByLabel(label, { exact: true });
    if (value === true) await field.check();
    else await field.fill(value);
    await field.blur();
  }
}

const PLACES = { browser: [100, 250], web: [330, 250], api: [580, 250], database: [860, 250] };

async function threeTiers(hand, page) {
  await frame(hand, page, [240, 100], [680, 400], 'DMZ');
  await frame(hand, page, [740, 100], [980, 400], 'Internal network');
  await put(hand, page, 'Actor', PLACES.browser, 'Browser');
  await put(hand, page, 'Process', PLACES.web, 'Web server');
  await put(hand, page, 'Process', PLACES.api, 'Application server');
  await put(hand, page, 'Store', PLACES.database, 'Database');
  const { browser, web, api, database } = PLACES;
  await connect(hand, page, browser, web, 'Request');
  await connect(hand, page, web, browser, 'Page');
  await connect(hand, page, web, api, 'Call');
  await connect(hand, page, api, web, 'Answer');
  await connect(hand, page, api, database, 'Query');
  await connect(hand, page, database, api, 'Rows');
}

/** What a flow is called, in its data and where it is drawn, and what it joins. */
const told = (cells, { data, labels, source, target }) => [
  data.name,
  labels[0].attrs.label.text,
  cells.get(source.cell)?.data.name,
  cells.get(target.cell)?.data.name,
];

walk('the three-tier web application, from nothing', { model: EMPTY }, async (hand, page) => {
  await threeTiers(hand, page);
  await describe(hand, page, PLACES.browser, 'Security', { 'Provides authentication': true });
  await describe(hand, page, PLACES.database, 'Security', { Encrypted: true, 'Stores credentials': true });
  const saved = JSON.parse(await hand.save());
  const cells = new Map(saved.detail.diagrams[0].cells.map((cell) => [cell.id, cell]));
  const named = (kind) => [...cells.values()].filter(({ shape }) => shape === kind).map(({ data }) => data.name);
  assert.deepEqual(named('trust-boundary-box'), ['DMZ', 'Internal network']);
  assert.deepEqual([named('actor'), named('store')], [['Browser'], ['Database']]);
  assert.deepEqual(named('process'), ['Web server', 'Application server']);
  const flows = [...cells.values()].filter((cell) => cell.shape === 'flow');
  assert.deepEqual(
    flows.map((flow) => told(cells, flow)),
    [
      ['Request', 'Request', 'Browser', 'Web server'],
      ['Page', 'Page', 'Web server', 'Browser'],
      ['Call', 'Call', 'Web server', 'Application server'],
      ['Answer', 'Answer', 'Application server', 'Web server'],
      ['Query', 'Query', 'Application server', 'Database'],
      ['Rows', 'Rows', 'Database', 'Application server'],
    ],
  );
  const byName = new Map([...cells.values()].map((cell) => [cell.data.name, cell]));
  assert.equal(byName.get('Browser').data.providesAuthentication, true);
  has(byName.get('Database').data, { isEncrypted: true, storesCredentials: true });
  await hand.element('Process Web server, in DMZ').waitFor();
  await hand.element('Flow Query from Application server to Database, crosses DMZ and Internal network').waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor();
});

walk('a click gives the usual size, a drag another one', {}, async (hand, page) => {
  await shape(page, 'Process').click();
  await hand.click([60, 300]);
  await hand.name('Clicked');
  has(await hand.added(), { shape: 'process', position: { x: 10, y: 250 }, size: { width: 100, height: 100 } });
  await shape(page, 'Store').click();
  await hand.drag([620, 350], [740, 410]);
  await hand.name('Dragged');
  has(await hand.added(), { shape: 'store', position: { x: 620, y: 350 }, size: { width: 120, height: 60 } });
});

walk('a shape is dragged from the stencil, and let go elsewhere is not there', {}, async (hand, page) => {
  const actor = await shape(page, 'Actor').boundingBox();
  const from = [actor.x + 20, actor.y + 20];
  const bring = async (...to) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    for (const point of to) await page.mouse.move(...point, { steps: 5 });
    await page.mouse.up();
  };
  const place = await hand.place([75, 300]);
  await bring(place, from);
  assert.equal(await hand.text(), SHOP);
  await bring(place);
  await hand.name('Brought');
  has(await hand.added(), { shape: 'actor', position: { x: 0, y: 260 }, data: { name: 'Brought' } });
});

walk('shapes are searched', {}, async (hand, page) => {
  const search = page.getByRole('searchbox', { name: 'Search shapes' });
  const kinds = page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: /^(Actor|Process|Store)/ });
  assert.equal(await kinds.count(), 3);
  await search.fill('database');
  assert.equal(await kinds.count(), 1);
  await shape(page, 'Store').click();
  await hand.click([60, 300]);
  await hand.name('Found');
  await search.fill('');
  assert.equal(await kinds.count(), 3);
  has(await hand.added(), { shape: 'store', data: { name: 'Found' } });
});

walk('each kind has a quick key; twice pressed in the stencil it stays', {}, async (hand, page) => {
  const kinds = [
    ['p', 'process'],
    ['s', 'store'],
    ['a', 'actor'],
    ['t', 'td-text-block'],
    ['b', 'trust-boundary-box'],
  ];
  await hand.click([200, 300]);
  for (const [index, [key, kind]] of kinds.entries()) {
    await hand.press(key);
    await hand.drag([820, 20 + index * 70], [870, 60 + index * 70]);
    await hand.name(`By ${key}`);
    has(await hand.added(), { shape: kind, data: { name: `By ${key}` } });
  }
  await hand.press('c');
  await hand.drag([20, 260], [20, 380]);
  has(await hand.added(), { shape: 'trust-boundary-curve', source: { x: 20, y: 260 }, target: { x: 20, y: 380 } });

  await shape(page, 'Text').click();
  await shape(page, 'Text').click();
  await hand.click([100, 300]);
  await hand.name('First');
  await hand.click([100, 370]);
  await hand.name('Second');
  await hand.press('v');
  await hand.click([200, 520]);
  const texts = [...(await hand.cells()).values()].slice(-2).map(({ data }) => data.name);
  assert.deepEqual(texts, ['First', 'Second']);
});

walk('a double click on the canvas asks what to put there', {}, async (hand, page) => {
  await hand.double([100, 300]);
  await page.getByRole('menu', { name: 'Add' }).getByRole('menuitem', { name: 'Process' }).click();
  await hand.name('There');
  has(await hand.added(), { shape: 'process', position: { x: 50, y: 250 }, data: { name: 'There' } });
});
