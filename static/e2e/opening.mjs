/// Opens models in the editor as files of this computer, and reads what is saved.
import { readFile } from 'node:fs/promises';

/** The file pickers of the system cannot be driven: without them the page takes the older ways. */
export const withoutPickers = (page) =>
  page.addInitScript(() => {
    delete window.showOpenFilePicker;
    delete window.showSaveFilePicker;
  });

export const canvas = (page) => page.getByRole('listbox', { name: /^Diagram / });
/** The cells of the diagram on the canvas, by what they are called there. */
export const cell = (page, name) => canvas(page).getByRole('option', { name });

/** The page to open files with, whatever the tab had open before. */
export async function openStart(page, address) {
  await page.goto(`${address}/#/file`);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'A model on this computer' }).waitFor();
}

/** Chooses a file with this text or these bytes. */
export async function choose(page, content, name = 'Model.json') {
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(content) };
  await page.getByLabel('Model file').setInputFiles(file);
}

/** Opens a file with this text, or these bytes, in the editor. */
export async function openModel(page, address, content, name) {
  await openStart(page, address);
  await choose(page, content, name);
  await page.locator('.editor-page').waitFor();
}

/** The bytes that `act` makes the page write to a file. */
export async function written(page, act) {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return readFile(await download.path());
}

/** The bytes of the whole model as it is now. */
export async function copyOf(page) {
  await page.getByRole('button', { name: 'File', exact: true }).click();
  return written(page, () => page.getByRole('button', { name: 'Save a copy as a file' }).click());
}
