/// Elements are copied within a diagram, and from one model to another that is open in another page.
import assert from 'node:assert/strict';
import { canvasTests, Hand, has } from './canvas.mjs';
import { modelOf, SHOP } from './shop.mjs';

const walk = canvasTests();

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };
const NOWHERE = [200, 300];
const WITH_THREAT = SHOP.replace(
  /("name": "API",[\s\S]*?"threats": )\[\]/,
  '$1[{ "id": "t", "title": "Flooded", "status": "Open", "severity": "High", "type": "Denial of service", "number": 1 }]',
);

const last = async (hand, count) => [...(await hand.cells()).values()].slice(-count);

/** API and Orders with the flow between them are selected. */
async function choosePair(hand) {
  await hand.click(NOWHERE);
  await hand.drag([340, 60], [790, 280]);
  await hand.holding(['Shift'], () => hand.click([330, 140]));
  await hand.selected('Store Orders').waitFor();
}

walk('copied, cut and pasted within a diagram', CLIPBOARD, async (hand) => {
  await choosePair(hand);
  await hand.press('Control+c', 'Control+v');
  const pasted = await last(hand, 3);
  const [api, orders, query] = ['process', 'store', 'flow'].map((shape) => pasted.find((cell) => cell.shape === shape));
  has(query, { source: { cell: api.id }, target: { cell: orders.id }, data: { name: 'Query' } });
  assert.equal(new Set([api.id, orders.id, query.id, 'api', 'orders', 'query']).size, 6);
  await hand.undone(SHOP);

  await hand.click([75, 165]);
  await hand.press('Control+x');
  assert.deepEqual([...(await hand.cells()).keys()], ['dmz', 'api', 'orders', 'query', 'office', 'note']);
  await hand.press('Control+v');
  const [back] = await last(hand, 1);
  has(back, { shape: 'actor', data: { name: 'Browser' }, size: { width: 150, height: 80 } });
});

walk('the same by the buttons, and Ctrl+D', CLIPBOARD, async (hand, page) => {
  await hand.click([75, 165]);
  await hand.command('Copy');
  await page.getByRole('status').filter({ hasText: 'Copied: Browser' }).waitFor();
  await hand.command('Paste');
  await hand.element('Actor Browser').nth(1).waitFor();
  await hand.undone(SHOP);
  await hand.click([75, 165]);
  await hand.press('Control+d');
  has(await hand.added(), { shape: 'actor', data: { name: 'Browser' } });
});

walk('from one model to another, with threats', { ...CLIPBOARD, model: WITH_THREAT }, async (hand, page) => {
  await choosePair(hand);
  await hand.press('Control+c');
  const other = new Hand(await page.context().newPage(), hand.address);
  await other.open(modelOf([], 'Another'), 'another.json');
  await other.click(NOWHERE);
  await other.press('Control+v');
  const [api, orders, query] = await last(other, 3);
  has(api, { shape: 'process', data: { name: 'API', threats: [{ title: 'Flooded', severity: 'High' }] } });
  has(query, { source: { cell: api.id }, target: { cell: orders.id } });
  await other.element('Process API, 1 open threat').waitFor();
  assert.equal(await hand.text(), WITH_THREAT);
});

walk('threats alone go to another element', { ...CLIPBOARD, model: WITH_THREAT }, async (hand, page) => {
  await hand.click([410, 165], { button: 'right' });
  await hand.item('Copy threats').click();
  await page.getByRole('status').filter({ hasText: 'Copied: threats of API' }).waitFor();
  await hand.click([650, 165]);
  await hand.press('Control+v');
  await hand.element('Store Orders, 1 open threat').waitFor();
  const cells = await hand.cells();
  has(cells.get('orders').data, { hasOpenThreats: true, threats: [{ title: 'Flooded', severity: 'High' }] });
  assert.notEqual(cells.get('orders').data.threats[0].id, cells.get('api').data.threats[0].id);
  await hand.undone(WITH_THREAT);
});

walk('what is copied is a drawing for other programs', CLIPBOARD, async (hand, page) => {
  await hand.click([75, 165]);
  await hand.command('Copy');
  await page.getByRole('status').filter({ hasText: 'Copied: Browser' }).waitFor();
  const drawn = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item.getType('image/svg+xml')).text();
  });
  assert.match(drawn, /<svg[\s\S]*Browser[\s\S]*<\/svg>/);
});

walk('a text that is no element is not pasted', CLIPBOARD, async (hand, page) => {
  await page.evaluate(() => navigator.clipboard.writeText('{"cells": "<b>none</b>"}'));
  await hand.click(NOWHERE);
  await hand.press('Control+v');
  assert.equal(await hand.text(), SHOP);
});
