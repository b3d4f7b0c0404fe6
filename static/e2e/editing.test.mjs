/// A person edits models: of a repository, and files on their computer.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, place, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT } from './models.mjs';
import { data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

let wyvern;
let browser;
/** One sign-in for all that is done beside the page: the server takes only so many a minute. */
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

/** The file pickers of the system cannot be driven: without them the page takes the older ways. */
const withoutPickers = (page) =>
  page.addInitScript(() => {
    delete window.showOpenFilePicker;
    delete window.showSaveFilePicker;
  });

const standing = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();
const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const title = (page) => page.getByLabel('Title', { exact: true });

/** Gives the diagram that is shown another title, which is a step. */
async function retitle(page, words) {
  await title(page).fill(words);
  await title(page).blur();
}

/** Loads the page again; with unsaved changes the browser asks first. */
async function reload(page) {
  let asked = false;
  page.once('dialog', (dialog) => {
    asked = dialog.type() === 'beforeunload';
    void dialog.accept();
  });
  await page.reload();
  assert.ok(asked, 'one is asked before the page goes');
}

function call(name, what, method, body, headers = {}) {
  return fetch(wyvern.address + demoPath(name, what), {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
}

async function createModel(name, model = CHECKOUT) {
  assert.equal((await call(name, 'create', 'POST', model)).status, 201);
}

const stored = async (name) => data(await call(name, 'data', 'GET'));

/** Somebody else saves the model, changed by `change`. */
async function saveElsewhere(name, change) {
  const read = await call(name, 'data', 'GET');
  const model = (await read.json()).data;
  change(model);
  const saved = await call(name, 'update', 'PUT', model, { 'If-Match': read.headers.get('etag') });
  assert.equal(saved.status, 200);
}

async function openEditor(page, name) {
  await page.goto(`${wyvern.address}/${BRANCH}/${name}/edit`);
  await signInButton(page).click();
  await page.locator('.editor-page').waitFor();
}

walk('from the model to the editor, from diagram to diagram, and back', {}, async (page) => {
  await createModel('walk');
  await openSignedIn(page, wyvern.address, `${BRANCH}/walk`);
  await page.getByRole('link', { name: 'Open in the editor' }).first().click();
  await page.getByRole('listbox', { name: 'Diagram Paying, 3 elements' }).waitFor();
  assert.equal(place(page), `${BRANCH}/walk/edit/0`);
  await page.getByRole('button', { name: 'Shipping', exact: true }).click();
  await page.getByRole('listbox', { name: /Diagram Shipping/ }).waitFor();
  assert.equal(place(page), `${BRANCH}/walk/edit/1`);
  await page.goBack();
  await page.getByRole('listbox', { name: /Diagram Paying/ }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Open in the editor' }).first().waitFor();
  await page.goForward();
  await page.getByRole('listbox', { name: /Diagram Paying/ }).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollHeight > window.innerHeight]), [false]);
});

walk('what is saved is one commit with one change; what is not changed is not saved', {}, async (page) => {
  await createModel('saving');
  const puts = [];
  page.on('request', (request) => request.method() === 'PUT' && puts.push(request.url()));
  await openEditor(page, 'saving');
  await save(page);
  await page.getByText('Nothing to save').first().waitFor();
  assert.deepEqual(puts, []);

  await retitle(page, 'Paying by card');
  await standing(page, 'Draft kept on this computer');
  await page.keyboard.press('Control+s');
  await standing(page, /^Saved( ·|$)/);
  assert.equal(puts.length, 1);
  const model = structuredClone(CHECKOUT);
  model.detail.diagrams[0].title = 'Paying by card';
  assert.deepEqual(await stored('saving'), model);
});

walk('a draft survives a reload, and can be undone there', {}, async (page) => {
  await createModel('draft');
  await openEditor(page, 'draft');
  await retitle(page, 'Drafted');
  await standing(page, 'Draft kept on this computer');
  await reload(page);
  await page.getByText('Your draft from this computer is continued.').first().waitFor();
  assert.equal(await title(page).inputValue(), 'Drafted');
  await page.getByRole('button', { name: /^Undo/ }).click();
  await standing(page, /^Saved( ·|$)/);
  assert.equal(await title(page).inputValue(), 'Paying');
});

walk('a draft of an older version is offered, and saved as a merge', {}, async (page) => {
  await createModel('stale');
  await openEditor(page, 'stale');
  await retitle(page, 'Mine');
  await standing(page, 'Draft kept on this computer');
  await saveElsewhere('stale', (model) => (model.summary.owner = 'Grace'));
  await reload(page);
  await page.getByRole('button', { name: /Continue my draft/ }).click();
  await save(page);
  await page
    .getByText(/Merged changes from others/)
    .first()
    .waitFor();
  const { summary, detail } = await stored('stale');
  assert.deepEqual([summary.owner, detail.diagrams[0].title], ['Grace', 'Mine']);
});

walk('a collision is told, and nothing is lost', { expected: /status of 409/ }, async (page) => {
  await createModel('collision');
  await openEditor(page, 'collision');
  await retitle(page, 'Mine');
  await saveElsewhere('collision', (model) => (model.detail.diagrams[0].title = 'Theirs'));
  await save(page);
  await page.getByRole('heading', { name: 'This collides with what others have saved' }).waitFor();
  const row = page.getByRole('group', { name: 'Mine › title' }).or(page.getByRole('group', { name: 'Theirs › title' }));
  await row.getByRole('radio', { name: 'Keep mine: Mine' }).waitFor();
  assert.equal((await stored('collision')).detail.diagrams[0].title, 'Theirs');
  assert.equal(await title(page).inputValue(), 'Mine');
  await page.getByRole('button', { name: 'Drop mine and load theirs' }).click();
  const question = page.getByRole('dialog', { name: 'Discard changes?' });
  await question.getByRole('button', { name: 'Keep my changes' }).click();
  assert.equal(await title(page).inputValue(), 'Mine', 'nothing is dropped unasked');
  await page.getByRole('button', { name: 'Drop mine and load theirs' }).click();
  await question.getByRole('button', { name: 'Drop mine and load theirs' }).click();
  await standing(page, /^Saved( ·|$)/);
  assert.equal(await title(page).inputValue(), 'Theirs');
});

walk('a collision is settled place by place', { expected: /status of 409/ }, async (page) => {
  await createModel('settling');
  await openEditor(page, 'settling');
  await retitle(page, 'Mine');
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('link', { name: 'About this model' }).click();
  await page.getByLabel('Owner').fill('Me');
  await saveElsewhere('settling', (model) => {
    model.summary.owner = 'They';
    model.summary.title = 'Their shop';
    model.detail.diagrams[0].title = 'Theirs';
  });
  await save(page);
  await page.getByRole('radio', { name: 'Keep mine: Mine' }).check();
  const saving = page.getByRole('button', { name: 'Save with these choices' });
  assert.ok(await saving.isDisabled());
  await page.getByRole('radio', { name: 'Take theirs: They' }).check();
  await saving.click();
  await standing(page, /^Saved ·/);
  const { summary, detail } = await stored('settling');
  assert.deepEqual([summary.title, summary.owner, detail.diagrams[0].title], ['Their shop', 'They', 'Mine']);
});

walk(
  'a network that is down, and a sign-in that has ended, lose nothing',
  { expected: /status of 401|ERR_FAILED/ },
  async (page) => {
    await createModel('trouble');
    await openEditor(page, 'trouble');
    await retitle(page, 'Kept');
    await page.route('**/update', (route) => route.abort());
    await save(page);
    await page.getByRole('heading', { name: 'Not saved: The server cannot be reached' }).waitFor();
    await page.unroute('**/update');

    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Your sign-in has ended' }).waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await signInButton(page).click();
    await page.locator('.editor-page').waitFor();
    assert.equal(await title(page).inputValue(), 'Kept');
    await save(page);
    await standing(page, /^Saved( ·|$)/);
    assert.equal((await stored('trouble')).detail.diagrams[0].title, 'Kept');
  },
);

walk('whoever leaves with unsaved changes is asked, by link and by Back', {}, async (page) => {
  await createModel('leaving');
  await openSignedIn(page, wyvern.address, `${BRANCH}/leaving`);
  await page.getByRole('link', { name: 'Open in the editor' }).first().click();
  await page.locator('.editor-page').waitFor();
  await retitle(page, 'Not saved');
  const question = page.getByRole('dialog', { name: 'Leave with unsaved changes?' });
  const editor = `${BRANCH}/leaving/edit/0`;

  await page.getByRole('link', { name: 'Wyvern' }).click();
  await question.waitFor();
  await page.waitForFunction((hash) => location.hash === hash, editor);
  await question.getByRole('button', { name: 'Stay' }).click();
  assert.equal(await title(page).inputValue(), 'Not saved');

  await page.goBack();
  await question.waitFor();
  await page.waitForFunction((hash) => location.hash === hash, editor);
  await question.getByRole('button', { name: 'Keep the draft' }).click();
  await page.getByRole('link', { name: 'Open in the editor' }).first().waitFor();
  assert.equal(place(page), `${BRANCH}/leaving`);
  await page.goForward();
  await page.getByText('Your draft from this computer is continued.').first().waitFor();

  await page.getByRole('link', { name: 'Wyvern' }).click();
  await question.getByRole('button', { name: 'Save', exact: true }).click();
  await heading(page, 'Repositories').waitFor();
  assert.equal((await stored('leaving')).detail.diagrams[0].title, 'Not saved');
});

walk('a model that is open in two tabs says so in both', {}, async (page) => {
  await createModel('tabs');
  await openEditor(page, 'tabs');
  const other = await page.context().newPage();
  await other.goto(`${wyvern.address}/${BRANCH}/tabs/edit/0`);
  await other.locator('.editor-page').waitFor();
  for (const each of [page, other]) await each.getByText(/open in another tab too/).waitFor();
  await other.close();
  await page.getByText(/open in another tab too/).waitFor({ state: 'detached' });
});

walk('a file is opened, changed and saved with one change, without signing in', {}, async (page) => {
  await withoutPickers(page);
  const text = `${JSON.stringify(CHECKOUT, null, '\t').replaceAll('\n', '\r\n')}\r\n`;
  await page.goto(wyvern.address);
  await page.getByRole('link', { name: 'Work with a file on this computer' }).click();
  await heading(page, 'A model on this computer').waitFor();
  const file = { name: 'Shop.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Model file').setInputFiles(file);
  await heading(page, CHECKOUT.summary.title).waitFor();
  await retitle(page, 'Paying by card');
  const downloading = page.waitForEvent('download');
  await save(page);
  const download = await downloading;
  assert.equal(download.suggestedFilename(), 'Shop.json');
  const saved = await readFile(await download.path(), 'utf8');
  assert.equal(saved, text.replace('"title": "Paying"', '"title": "Paying by card"'));
  await standing(page, /^Saved( ·|$)/);
});

walk('a new model and what is drawn in it survive a reload', {}, async (page) => {
  await withoutPickers(page);
  await page.goto(`${wyvern.address}/#/file`);
  await page.getByLabel('Title').fill('Web shop');
  await page.getByRole('button', { name: 'New model' }).click();
  await page.getByRole('listbox', { name: 'Diagram Main diagram, no elements' }).focus();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Shop');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /Process Shop/ }).waitFor();
  await standing(page, 'Draft kept on this computer');
  await reload(page);
  await page.getByRole('option', { name: /Process Shop/ }).waitFor();
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: 'Open another file' }).click();
  await page.getByRole('button', { name: 'Keep the draft' }).click();
  await page.getByRole('button', { name: 'Continue Web shop' }).click();
  await page.getByRole('option', { name: /Process Shop/ }).waitFor();
});

walk('a file is dropped on any page, and what is no model is refused with words', {}, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  const drop = async (name, text) => {
    const transfer = await page.evaluateHandle(
      ([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name, { type: 'application/json' }));
        return data;
      },
      [name, text],
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  };
  await drop('broken.json', '{\n  "summary": }');
  await page.getByText('line 2, column 14').waitFor();
  await drop('old.json', '{"summary":{"title":"Old"},"detail":{"diagrams":[]}}');
  await heading(page, 'Old').waitFor();
  await page
    .getByText(/has been upgraded to version 2/)
    .first()
    .waitFor();
  await drop('shop.json', JSON.stringify(CHECKOUT));
  await page.getByRole('button', { name: 'Keep the draft' }).click();
  await heading(page, CHECKOUT.summary.title).waitFor();
});

walk('the text of a model is pasted', {}, async (page) => {
  await page.goto(`${wyvern.address}/#/file`);
  await settled(page);
  await page.getByText('Paste the text of a model').click();
  await page.getByLabel('JSON text').fill(JSON.stringify(CHECKOUT));
  await page.getByRole('button', { name: 'Open the text' }).click();
  await heading(page, CHECKOUT.summary.title).waitFor();
});

walk('a model without diagrams gets its first', {}, async (page) => {
  await createModel('empty', { ...CHECKOUT, detail: { ...CHECKOUT.detail, diagrams: [] } });
  await openSignedIn(page, wyvern.address, `${BRANCH}/empty`);
  await page.getByRole('link', { name: 'Add a diagram' }).click();
  await page.getByRole('button', { name: 'Add a diagram' }).click();
  await page.getByRole('listbox', { name: /Diagram Main diagram/ }).waitFor();
  assert.equal(place(page), `${BRANCH}/empty/edit/2`);
  await save(page);
  await standing(page, /^Saved( ·|$)/);
  assert.equal((await stored('empty')).detail.diagrams.length, 1);
});

/** Opens the page for files and makes a new model there. */
async function newModel(page, words) {
  await page.getByLabel('Title').fill(words);
  await page.getByRole('button', { name: 'New model' }).click();
  await page.getByRole('listbox', { name: 'Diagram Main diagram, no elements' }).waitFor();
}

walk('who saves and leaves is not asked again by the next model', {}, async (page) => {
  await withoutPickers(page);
  await page.goto(`${wyvern.address}/#/file`);
  await newModel(page, 'First');
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: 'Open another file' }).click();
  const question = page.getByRole('dialog', { name: 'Leave with unsaved changes?' });
  await question.getByRole('button', { name: 'Save', exact: true }).click();
  await heading(page, 'A model on this computer').waitFor();
  await newModel(page, 'Second');
  await heading(page, 'Second').waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
});

walk('the keys that save keep a name that is being typed', {}, async (page) => {
  await withoutPickers(page);
  await page.goto(`${wyvern.address}/#/file`);
  await newModel(page, 'Shop');
  await page.getByRole('listbox', { name: 'Diagram Main diagram, no elements' }).focus();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Gateway');
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Control+s');
  const saved = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  assert.equal(saved.detail.diagrams[0].cells[0].data.name, 'Gateway');
  await standing(page, /^Saved( ·|$)/);
});

walk('two files of one name keep their drafts apart', {}, async (page) => {
  await withoutPickers(page);
  await page.goto(`${wyvern.address}/#/file`);
  const choose = async (words) => {
    const model = { ...CHECKOUT, summary: { ...CHECKOUT.summary, title: words } };
    const file = {
      name: 'threat-model.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(model)),
    };
    await page.getByLabel('Model file').setInputFiles(file);
    await heading(page, words).waitFor();
  };
  await choose('One');
  await retitle(page, 'Paying by card');
  await standing(page, 'Draft kept on this computer');
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: 'Open another file' }).click();
  await page.getByRole('button', { name: 'Keep the draft' }).click();

  await choose('Other');
  const offer = page.getByRole('dialog', { name: 'There is a draft of a file with this name' });
  await offer.getByText('One').waitFor();
  await offer.getByRole('button', { name: 'Show the file' }).click();
  assert.equal(await title(page).inputValue(), 'Paying');
  await retitle(page, 'Paying in cash');
  await standing(page, 'Draft kept on this computer');
  await page.getByRole('button', { name: 'File' }).click();
  await page.getByRole('button', { name: 'Open another file' }).click();
  await page.getByRole('button', { name: 'Keep the draft' }).click();
  await page.getByRole('button', { name: 'Continue Other' }).waitFor();
  await page.getByRole('button', { name: 'Continue One' }).click();
  await heading(page, 'One').waitFor();
  assert.equal(await title(page).inputValue(), 'Paying by card');
});

walk('each of two tabs keeps its own draft, and what both have left comes together', {}, async (page) => {
  await createModel('shared');
  const opened = async (diagram) => {
    const tab = await page.context().newPage();
    await tab.goto(`${wyvern.address}/${BRANCH}/shared/edit/${diagram}`);
    await tab.locator('.editor-page').waitFor();
    return tab;
  };
  await openEditor(page, 'shared');
  await retitle(page, 'Mine');
  await standing(page, 'Draft kept on this computer');
  const other = await opened(1);
  await retitle(other, 'Yours');
  await standing(other, 'Draft kept on this computer');
  for (const [tab, words] of [
    [page, 'Mine'],
    [other, 'Yours'],
  ]) {
    await reload(tab);
    await tab.getByText('Your draft from this computer is continued.').first().waitFor();
    assert.equal(await title(tab).inputValue(), words);
    await tab.close();
  }
  const first = await opened(0);
  await save(first);
  await standing(first, /^Saved( ·|$)/);
  await first.close();
  const second = await opened(1);
  await second.getByRole('button', { name: /Continue my draft/ }).click();
  await save(second);
  await second
    .getByText(/Merged changes from others/)
    .first()
    .waitFor();
  assert.deepEqual(
    (await stored('shared')).detail.diagrams.map((each) => each.title),
    ['Mine', 'Yours'],
  );
});
