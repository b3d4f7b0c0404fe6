/// Saving as people meet it: with a message, beside others who save, on other branches, without a network, a
/// sign-in or a provider.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { place, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { data, signInByApi, startWyvern } from './wyvern.mjs';

const REPOSITORY = '#/git/local/demo%2Fthreat-models';

let wyvern;
let browser;
let token;

before(async () => {
  wyvern = await startWyvern();
  token = (await signInByApi(wyvern.address)).accessToken;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

function call(names, method = 'GET', body = undefined, headers = {}) {
  const path = ['demo', 'threat-models', ...names].map(encodeURIComponent).join('/');
  return fetch(`${wyvern.address}/api/threatmodel/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
}

const stored = async (name, branch = 'main') => data(await call([branch, name, 'data']));
const commits = async (name, branch = 'main') => (await data(await call([branch, name, 'history']))).commits;

async function createModel(name, change = () => {}) {
  const model = structuredClone(CHECKOUT);
  change(model);
  assert.equal((await call(['main', name, 'create'], 'POST', model)).status, 201);
}

/** Somebody else saves the model, changed by `change`. */
async function saveElsewhere(name, change) {
  const read = await call(['main', name, 'data']);
  const model = (await read.json()).data;
  change(model);
  const saved = await call(['main', name, 'update'], 'PUT', model, { 'If-Match': read.headers.get('etag') });
  assert.equal(saved.status, 200);
}

async function openEditor(page, name, more = '') {
  await page.goto(`${wyvern.address}/${REPOSITORY}/main/${name}/edit${more}`);
  await signInButton(page).click();
  await page.locator('.editor-page').waitFor();
}

/** The editor in a browser of somebody else. */
async function openBeside(name, more) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await openEditor(page, name, more);
  return page;
}

const title = (page) => page.getByLabel('Title', { exact: true });
const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const standing = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const saved = (page) => standing(page, /^Saved ·/);
const notice = (page, words) => page.locator('.notice').filter({ hasText: words });
/** As if one came back to the tab. */
const comeBack = (page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

async function retitle(page, words) {
  await title(page).fill(words);
  await title(page).blur();
}

async function waysToSave(page, way) {
  await page.getByRole('button', { name: 'More ways to save' }).click();
  await page.getByRole('button', { name: way }).click();
}

walk('a message goes into the history, and what will be saved is shown before', {}, async (page) => {
  await createModel('message');
  await openEditor(page, 'message');
  await retitle(page, 'Paying by card');
  await waysToSave(page, 'Save with a message…');
  const dialog = page.getByRole('dialog', { name: 'Save with a message' });
  await dialog.getByText('Paying → Paying by card').waitFor();
  const message = dialog.getByLabel('What has been done (optional)');
  await message.fill('--- a patch');
  await dialog.getByText('git takes a line that begins like this').waitFor();
  await message.press('Enter');
  assert.ok(await dialog.isVisible(), 'a message that cannot be is not sent');
  await message.fill('Zahlung per Karte, geprüft mit Grace');
  await assertAccessibleInEachLook(page, 'saving with a message');
  await message.press('Enter');
  await saved(page);
  const [last] = await commits('message');
  assert.equal(last.message, 'Zahlung per Karte, geprüft mit Grace');
  await retitle(page, 'Paying later');
  await page.keyboard.press('Control+s');
  await saved(page);
  assert.notEqual((await commits('message'))[0].message, last.message, 'the message is said once');
});

walk('of two who save, the second has both, and sees what came in', {}, async (page) => {
  await createModel('merging');
  await openEditor(page, 'merging');
  const other = await openBeside('merging', '/1');
  await retitle(other, 'Shipping abroad');
  await save(other);
  await saved(other);

  await retitle(page, 'Paying by card');
  await comeBack(page);
  await notice(page, /saved this model since you opened it/).waitFor();
  await standing(page, '1 behind');
  await save(page);
  await notice(page, 'Merged changes from others').getByRole('button', { name: 'Show what came in' }).click();
  const dialog = page.getByRole('dialog', { name: 'What came in from others' });
  await dialog.getByText('Shipping → Shipping abroad').waitFor();
  await assertAccessible(page, 'what came in');
  await page.keyboard.press('Escape');
  assert.equal(await page.getByText('1 behind').count(), 0);
  const { detail } = await stored('merging');
  assert.deepEqual(
    detail.diagrams.map((diagram) => diagram.title),
    ['Paying by card', 'Shipping abroad'],
  );
  await other.context().close();
});

walk('what others saved is brought in without saving; what touches the same is not', {}, async (page) => {
  await createModel('bringing');
  await openEditor(page, 'bringing');
  await retitle(page, 'Mine');
  await saveElsewhere('bringing', (model) => (model.detail.diagrams[1].title = 'Theirs'));
  await comeBack(page);
  await notice(page, /saved this model/)
    .getByRole('button', { name: 'Bring in their changes' })
    .click();
  await notice(page, 'Their changes are in the model now').waitFor();
  await page.getByRole('button', { name: 'Theirs', exact: true }).waitFor();
  await standing(page, 'Draft kept on this computer');
  assert.equal((await commits('bringing')).length, 2, 'nothing of mine is saved');
  await page.getByRole('button', { name: /^Undo/ }).click();
  assert.equal(await title(page).inputValue(), 'Paying', 'what is mine can be undone still');
  await page.getByRole('button', { name: /^Redo/ }).click();

  await saveElsewhere('bringing', (model) => (model.detail.diagrams[0].title = 'Theirs too'));
  await comeBack(page);
  await notice(page, /saved this model/)
    .getByRole('button', { name: 'Bring in their changes' })
    .click();
  await notice(page, 'Their changes touch what you have changed too').waitFor();
  assert.equal(await title(page).inputValue(), 'Mine');
});

walk('a collision is decided field by field, and is one commit', { expected: /status of 409/ }, async (page) => {
  const long = 'The customer pays with a card that the bank knows. '.repeat(6);
  await createModel('colliding', (model) => (model.detail.diagrams[0].description = long));
  await openEditor(page, 'colliding');
  await retitle(page, 'Mine');
  const description = page.getByRole('textbox', { name: 'Description' });
  await description.fill(`${long}Mine is more.`);
  await description.blur();
  await saveElsewhere('colliding', (model) => {
    model.detail.diagrams[0].title = 'Theirs';
    model.detail.diagrams[0].description = long.replace('bank', 'savings bank');
    model.detail.diagrams[1].title = 'Shipping abroad';
  });
  await save(page);
  await page.getByRole('heading', { name: 'This collides with what others have saved' }).waitFor();
  const saving = page.getByRole('button', { name: 'Save with these choices' });
  assert.ok(await saving.isDisabled());
  await assertAccessibleInEachLook(page, 'a collision');
  await page.setViewportSize({ width: 320, height: 640 });
  await assertAccessible(page, 'a collision at 320 px');
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(await page.locator('ins', { hasText: 'savings' }).count(), 1, 'differences are marked word by word');

  await page.getByRole('button', { name: 'Look at the drawing' }).click();
  await title(page).waitFor();
  await page.getByRole('button', { name: 'Decide now' }).click();
  await page.getByRole('button', { name: 'Theirs everywhere' }).click();
  await page
    .getByRole('group', { name: /Description$/ })
    .getByRole('radio', { name: 'Keep both' })
    .focus();
  await page.keyboard.press('Space');
  await saving.press('Enter');
  await saved(page);
  const { detail } = await stored('colliding');
  assert.equal(detail.diagrams[0].title, 'Theirs');
  assert.equal(detail.diagrams[0].description, `${long.replace('bank', 'savings bank')}\n\n${long}Mine is more.`);
  assert.equal(detail.diagrams[1].title, 'Shipping abroad');
  assert.equal((await commits('colliding')).length, 3);
});

walk('what was decided stays when saving it fails', { expected: /status of (409|503)/ }, async (page) => {
  await createModel('deciding');
  await openEditor(page, 'deciding');
  await retitle(page, 'Mine');
  await saveElsewhere('deciding', (model) => (model.detail.diagrams[0].title = 'Theirs'));
  await save(page);
  const mine = page.getByRole('radio', { name: 'Keep mine: Mine' });
  await mine.waitFor();
  await page.keyboard.press('Control+s');
  await mine.check();
  const problem = { title: 'Service Unavailable', status: 503, code: 'provider_unavailable' };
  await page.route('**/api/documents/merge', (route) => route.fulfill({ status: 503, json: problem }), { times: 1 });
  await page.keyboard.press('Control+s');
  await page.getByRole('heading', { name: /^Not saved:/ }).waitFor();
  assert.equal((await stored('deciding')).detail.diagrams[0].title, 'Theirs');
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await mine.waitFor();
  assert.ok(await mine.isChecked());
  await save(page);
  await saved(page);
  assert.equal((await stored('deciding')).detail.diagrams[0].title, 'Mine');
});

walk('a drawing that both have moved is one choice', { expected: /status of 409/ }, async (page) => {
  const moveAll = (model, by) => {
    for (const cell of model.detail.diagrams[0].cells) cell.position.x += by;
  };
  await createModel('moved', (model) => {
    const [shop] = model.detail.diagrams[0].cells;
    const place = (index) => ({ x: (index % 12) * 150, y: Math.floor(index / 12) * 120 });
    model.detail.diagrams[0].cells = Array.from({ length: 120 }, (_, index) => ({
      ...shop,
      id: `shop-${index}`,
      position: place(index),
      data: { ...shop.data, threats: [] },
    }));
  });
  await openEditor(page, 'moved');
  const before = (await stored('moved')).detail.diagrams[0].cells[7].position;
  const canvas = page.getByRole('listbox', { name: /^Diagram/ });
  await canvas.and(page.locator('[tabindex="0"]')).or(canvas.locator('[tabindex="0"]')).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Shift+ArrowDown');
  await standing(page, 'Draft kept on this computer');
  await saveElsewhere('moved', (model) => moveAll(model, 300));
  await save(page);
  const row = page.getByRole('group', { name: 'Paying: how it is drawn, in 120 places' });
  await row.getByText('Which places these are').click();
  await assertAccessible(page, 'a drawing that collides');
  await row.getByRole('radio', { name: 'Keep mine' }).check();
  await page.getByRole('button', { name: 'Save with these choices' }).click();
  await saved(page);
  const { x, y } = (await stored('moved')).detail.diagrams[0].cells[7].position;
  assert.equal(x, before.x);
  assert.ok(y > before.y, 'what was moved here stays so');
});

walk(
  'what is saved offline is sent when the network is back',
  { expected: /ERR_INTERNET_DISCONNECTED/ },
  async (page) => {
    await createModel('offline');
    await openEditor(page, 'offline');
    await page.context().setOffline(true);
    await standing(page, 'Offline');
    await retitle(page, 'Drawn on the train');
    await standing(page, 'Draft kept on this computer');
    await save(page);
    await page.getByRole('heading', { name: /^Not saved:/ }).waitFor();
    await page.getByRole('button', { name: /^How it stands: Not saved Offline/ }).click();
    await page.getByText('This computer is offline.').waitFor();
    await page.keyboard.press('Escape');
    await page.context().setOffline(false);
    await saved(page);
    assert.equal((await stored('offline')).detail.diagrams[0].title, 'Drawn on the train');
    assert.equal(await page.getByRole('alert').count(), 0);
  },
);

walk('who signs in again in another tab goes on here', { expected: /status of 401/ }, async (page) => {
  await createModel('expired');
  await openEditor(page, 'expired');
  await page.context().clearCookies();
  await retitle(page, 'Kept');
  await comeBack(page);
  await standing(page, 'Signed out');
  assert.equal(await title(page).inputValue(), 'Kept', 'nobody is sent away from their work');
  await save(page);
  await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
  const [other] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in in another tab' }).click(),
  ]);
  await signInButton(other).click();
  await saved(page);
  assert.equal((await stored('expired')).detail.diagrams[0].title, 'Kept');
});

walk(
  'a provider that is down is told, and the save is repeated when it is back',
  { expected: /status of 503/ },
  async (page) => {
    await createModel('down');
    await openEditor(page, 'down');
    const problem = { title: 'Service Unavailable', status: 503, code: 'provider_unavailable', request_id: 'req-7' };
    await page.route('**/update', (route) => route.fulfill({ status: 503, json: problem }));
    await retitle(page, 'Kept');
    await save(page);
    const alert = page.getByRole('alert');
    await alert.getByRole('heading', { name: 'Not saved: The provider could not be reached' }).waitFor();
    await alert.getByText('req-7').waitFor();
    await standing(page, 'Not saved');
    await page.unroute('**/update');
    await comeBack(page);
    await saved(page);
    assert.equal((await stored('down')).detail.diagrams[0].title, 'Kept');
  },
);

walk('a new branch takes what is not saved, and one goes on there', {}, async (page) => {
  await createModel('branching');
  await openEditor(page, 'branching', '/1');
  await retitle(page, 'Shipping by drone');
  await standing(page, 'Draft kept on this computer');
  await waysToSave(page, 'Save to a new branch…');
  const dialog = page.getByRole('dialog', { name: 'Save to a new branch' });
  const name = dialog.getByLabel('Name of the branch');
  assert.match(await name.inputValue(), /^threat-model\/branching-\d{4}-\d\d-\d\d$/);
  await assertAccessible(page, 'a new branch');
  await name.fill('drones');
  await dialog.getByLabel('What has been done (optional)').fill('Try drones');
  await dialog.getByRole('button', { name: 'Make the branch and save' }).click();
  await page.waitForFunction((hash) => location.hash === hash, `${REPOSITORY}/drones/branching/edit/1`);
  await page.locator('.what').getByText('demo/threat-models / drones').waitFor();
  assert.equal((await stored('branching')).detail.diagrams[1].title, 'Shipping');
  assert.equal((await stored('branching', 'drones')).detail.diagrams[1].title, 'Shipping by drone');
  assert.equal((await commits('branching', 'drones'))[0].message, 'Try drones');
  await page.getByRole('button', { name: /^Undo/ }).click();
  assert.equal(await title(page).inputValue(), 'Shipping', 'what was done can be undone there');
  await page.getByRole('button', { name: /^Redo/ }).click();
  await page.goto(`${wyvern.address}/${REPOSITORY}/main/branching/edit/1`);
  await standing(page, /^Saved$/);
  assert.equal(await title(page).inputValue(), 'Shipping', 'no draft is left behind');
});

walk(
  'a branch that is taken, or cannot be one, is told; nothing is lost',
  { expected: /status of 422/ },
  async (page) => {
    await createModel('taken');
    await openEditor(page, 'taken');
    await retitle(page, 'Mine');
    await waysToSave(page, 'Save to a new branch…');
    const dialog = page.getByRole('dialog', { name: 'Save to a new branch' });
    const name = dialog.getByLabel('Name of the branch');
    await name.fill('main');
    await name.press('Enter');
    await dialog.getByText('There is already a branch of this name.').waitFor();
    await name.fill('no such..name');
    await name.press('Enter');
    await dialog.getByText('it must not contain a space').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await title(page).inputValue(), 'Mine');
    await standing(page, 'Draft kept on this computer');
  },
);

walk('a protected branch leads to a new one', { expected: /status of 403/ }, async (page) => {
  await createModel('protected');
  await openEditor(page, 'protected');
  const problem = {
    title: 'Forbidden',
    status: 403,
    code: 'branch_protected',
    detail: 'This branch takes no direct commits. Save to another branch and open a pull request.',
  };
  await page.route('**/main/protected/update', (route) => route.fulfill({ status: 403, json: problem }));
  await retitle(page, 'Reviewed');
  await page.keyboard.press('Control+s');
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'This branch takes no direct commits' }).waitFor();
  await alert.getByRole('button', { name: 'Save to a new branch…' }).click();
  await page.getByRole('button', { name: 'Make the branch and save' }).click();
  await page
    .locator('.what')
    .getByText(/threat-model\/protected-/)
    .waitFor();
  const branch = decodeURIComponent(place(page).split('/')[4]);
  assert.equal((await stored('protected', branch)).detail.diagrams[0].title, 'Reviewed');
});

walk('a model that was deleted meanwhile is saved as a new one', { expected: /status of 404/ }, async (page) => {
  await createModel('deleted');
  await openEditor(page, 'deleted');
  await retitle(page, 'Still here');
  const version = (await call(['main', 'deleted', 'data'])).headers.get('etag');
  assert.equal((await call(['main', 'deleted'], 'DELETE', undefined, { 'If-Match': version })).status, 204);
  await comeBack(page);
  await notice(page, 'This model is not there any more').waitFor();
  await save(page);
  await page.getByRole('alert').getByRole('button', { name: 'Save as a new model…' }).click();
  await page.getByLabel('Name of the model').fill('deleted-again');
  await page.getByRole('button', { name: 'Save the model' }).click();
  await page.locator('.what').getByText('deleted-again.json').waitFor();
  assert.equal((await stored('deleted-again')).detail.diagrams[0].title, 'Still here');
});

walk('the first line is whole at 320 px, at 1280 px, in light and in dark', {}, async (page) => {
  await createModel('line');
  await openEditor(page, 'line');
  await retitle(page, 'A very long title of a diagram');
  await standing(page, 'Draft kept on this computer');
  await saveElsewhere('line', (model) => (model.detail.diagrams[1].title = 'Theirs'));
  await comeBack(page);
  await standing(page, '1 behind');
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByRole('button', { name: /^How it stands/ }).click();
    await assertAccessibleInEachLook(page, `how it stands, at ${width} px`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'More ways to save' }).click();
    await page.getByRole('button', { name: 'Save with a message…' }).waitFor();
    await page.keyboard.press('Escape');
  }
});
