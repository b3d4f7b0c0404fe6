/// Diagrams leave the editor: as files, as pictures for other programs, on paper.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { canvasTests } from './canvas.mjs';
import { SHOP } from './shop.mjs';

const walk = canvasTests();

/** What the name of an element would do to a drawing that took it for more than text. */
const HOSTILE = SHOP.replaceAll('"Orders"', JSON.stringify('Orders </text><script>alert(1)</script> & "more" \u0000'));
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

/** How browsers read an SVG: its size, and all its text; an error when it is no XML. */
const readSvg = (page, svg) =>
  page.evaluate((text) => {
    const root = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    return {
      tag: root.tagName,
      scripts: root.querySelectorAll('script').length,
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      words: [...root.querySelectorAll('text')].map((each) => each.textContent),
      title: root.querySelector('title').textContent,
    };
  }, svg);

/** A PNG says its size after its signature and the name of its first part. */
const sizeOf = (png) => {
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
};

/** The dialog in which one says what the picture shall be. */
async function exporting(hand, page) {
  const dialog = page.getByRole('dialog', { name: 'Export the diagram' });
  if (!(await dialog.isVisible())) await hand.command('Export as picture…');
  return dialog;
}

async function saved(dialog, page, button) {
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: button }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

walk('as SVG: a file that stands alone, with all text as text', { model: HOSTILE }, async (hand, page) => {
  const { name, content } = await saved(await exporting(hand, page), page, 'Save SVG');
  assert.equal(name, 'Main.svg');
  const svg = content.toString();
  assert.doesNotMatch(svg, /var\(|href|style=/);
  const read = await readSvg(page, svg);
  assert.deepEqual([read.tag, read.scripts, read.title], ['svg', 0, 'Main']);
  const words = read.words.join(' ');
  for (const word of ['Browser', 'API', 'DMZ', 'Order', 'Query', 'Office', 'Note', '<script>']) {
    assert.ok(words.includes(word), `${word} in ${words}`);
  }
  await hand.press('Escape');
  assert.equal(await hand.text(), HOSTILE);
});

walk('as PNG, once to four times as large', {}, async (hand, page) => {
  const dialog = await exporting(hand, page);
  const { width, height } = await readSvg(page, (await saved(dialog, page, 'Save SVG')).content.toString());
  for (const scale of [1, 2, 3, 4]) {
    await dialog.getByLabel(`${scale}×`).check();
    const { name, content } = await saved(dialog, page, 'Save PNG');
    assert.equal(name, 'Main.png');
    assert.deepEqual(sizeOf(content), { width: Math.ceil(width) * scale, height: Math.ceil(height) * scale });
  }
});

walk('a picture shows the drawing, not an empty page', {}, async (hand, page) => {
  const { content } = await saved(await exporting(hand, page), page, 'Save PNG');
  const dark = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let count = 0;
    for (let index = 0; index < data.length; index += 4) if (data[index] < 100 && data[index + 3] > 200) count += 1;
    return count;
  }, content.toString('base64'));
  assert.ok(dark > 2000, `${dark} dark points`);
});

walk('copied as a picture and as SVG: all, or what is selected', CLIPBOARD, async (hand, page) => {
  const clipboard = (type) =>
    page.evaluate(async (wanted) => {
      const [item] = await navigator.clipboard.read();
      const blob = await item.getType(wanted);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }, type);
  const dialog = await exporting(hand, page);
  const copied = async (button, words) => {
    await dialog.getByRole('button', { name: button }).click();
    await dialog.getByRole('status').filter({ hasText: words }).waitFor();
  };
  await copied('Copy picture', 'Copied as a picture.');
  const all = sizeOf(Buffer.from(await clipboard('image/png'), 'base64'));
  assert.ok(all.width > 1600, 'twice as large as the diagram');
  await hand.press('Escape');

  await hand.click([410, 140]);
  await exporting(hand, page);
  await dialog.getByLabel('Only what is selected').check();
  await copied('Copy picture', 'Copied as a picture.');
  assert.ok(sizeOf(Buffer.from(await clipboard('image/png'), 'base64')).width < 400, 'only the selected one');
  await copied('Copy SVG', 'Copied as SVG.');
  const svg = await page.evaluate(() => navigator.clipboard.readText());
  assert.deepEqual((await readSvg(page, svg)).words, ['API']);
});

walk('what the browser refuses is told to everyone', {}, async (hand, page) => {
  await page.evaluate(() => {
    navigator.clipboard.write = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  const dialog = await exporting(hand, page);
  await dialog.getByRole('button', { name: 'Copy SVG' }).click();
  await dialog.getByText('The browser did not let the page copy.').waitFor();
  await hand.press('Escape');
  await hand.click([410, 140]);
  await hand.command('Copy');
  const notice = page.getByText('The browser did not let the page use the clipboard.');
  await notice.waitFor();
  assert.ok((await notice.boundingBox()).height > 10, 'it is seen');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await notice.waitFor({ state: 'detached' });
});

walk('on paper there is the drawing alone, by Ctrl+P too', {}, async (hand, page) => {
  await page.evaluate(() => {
    window.print = () => (window.printed = (window.printed ?? 0) + 1);
  });
  await page.emulateMedia({ media: 'print' });
  await hand.click([200, 300]);
  await hand.press('Control+p');
  const sheet = page.locator('.printed-diagram svg');
  await sheet.waitFor();
  assert.equal(await page.evaluate(() => window.printed), 1);
  assert.equal(await page.locator('.editor-page').isVisible(), false);
  assert.ok((await sheet.textContent()).includes('Browser'));
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await sheet.waitFor({ state: 'detached' });
  await page.emulateMedia({ media: 'screen' });
  await hand.command('Print diagram');
  assert.equal(await page.evaluate(() => window.printed), 2);
});
