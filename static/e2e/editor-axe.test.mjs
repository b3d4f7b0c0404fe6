/// The editor is accessible in each of its states: to axe, in each look, on screens of each width.
import { after, before, test } from 'node:test';
import { assertAccessibleInEachLook } from './axe.mjs';
import { openSignedIn, startBrowser, withPage } from './browser.mjs';
import { diagram, DRAWING, model } from './drawing.mjs';
import { canvas, cell, choose, openModel, openStart, withoutPickers } from './opening.mjs';
import { createModel, startWyvern } from './wyvern.mjs';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  await createModel(wyvern.address, 'selling', DRAWING);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

/** 320 × 256 is a window of 1280 × 1024 that is zoomed in to 400 %. */
const WINDOWS = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
  { width: 320, height: 256 },
];

const button = (page, name) => page.getByRole('button', { name, exact: true });
const dialog = (page, name) => page.getByRole('dialog', { name });
const field = (page, name) => page.getByRole('tabpanel').getByLabel(name, { exact: true });

/** Selects elements, the first of which has the keyboard. */
async function select(page, ...names) {
  for (const name of names.toReversed()) {
    await cell(page, name).focus();
    await page.keyboard.press('Shift+Space');
  }
}

/** Selects elements and opens what the keys open. */
const chosen =
  (keys, sign, ...names) =>
  async (page) => {
    await select(page, ...names);
    await page.keyboard.press(keys);
    await sign(page).waitFor();
  };

const properties = (...names) =>
  chosen('Alt+Enter', (page) => page.getByRole('tabpanel', { name: 'Properties' }), ...names);
const threats = (...names) =>
  chosen('Control+Enter', (page) => page.getByRole('tabpanel', { name: /^Threats/ }), ...names);
const outline = async (page) => {
  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('treegrid').waitFor();
};
const panel = (keys, name) => chosen(keys, (page) => dialog(page, name), 'Process Till');

async function show(page, ...names) {
  await page.locator('summary', { hasText: 'View' }).click();
  for (const name of names) await page.getByLabel(name, { exact: true }).check();
}

/** A command of the diagrams, which are a menu where it is narrow. */
async function changeDiagrams(page, name) {
  const { width } = page.viewportSize();
  if (width > 768) return button(page, name).click();
  await button(page, 'Change the diagrams').click();
  await page.getByRole('menuitem', { name }).click();
}

const STATES = {
  'nothing selected': (page) => page.getByRole('tab', { name: 'Properties' }).click(),
  actor: properties('Actor Buyer'),
  process: properties('Process Till'),
  store: properties('Store Ledger'),
  flow: properties('Flow Order'),
  text: properties('Text After'),
  boundary: properties('Trust boundary Shop'),
  curve: properties('Boundary curve'),
  'unknown shape': properties('Unknown shape robot'),
  'two selected': properties('Process Till', 'Store Ledger'),
  'all selected': properties('Process Till', 'Flow Order', 'Trust boundary Shop'),
  threats: threats('Process Till'),
  'no threats': threats('Actor Buyer'),
  'a threat': async (page) => {
    await threats('Process Till')(page);
    await page.getByRole('button', { name: /A Critical threat/ }).click();
    await field(page, 'Mitigation').waitFor();
  },
  'a threat deleted': async (page) => {
    await threats('Store Ledger')(page);
    await page.getByRole('button', { name: /A Medium threat/ }).click();
    await page
      .getByRole('tabpanel')
      .getByRole('button', { name: /^Delete/ })
      .click();
    await page.getByRole('group', { name: 'Just done' }).waitFor();
  },
  'a title that is missing': async (page) => {
    await page.getByRole('tab', { name: 'Properties' }).click();
    await field(page, 'Title').fill('');
    await page.getByText('A diagram needs a title').waitFor();
  },
  outline,
  'a name in the outline': async (page) => {
    await outline(page);
    await page.getByRole('row', { name: /Till/ }).first().press('F2');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  },
  'an outline without matches': async (page) => {
    await outline(page);
    await page.getByLabel('Filter the outline').fill('zzz');
    await page.getByText('Nothing in this diagram matches.').waitFor();
  },
  'all commands': panel('Control+k', 'Commands'),
  'no such command': async (page) => {
    await panel('Control+k', 'Commands')(page);
    await page.keyboard.type('zzz');
    await page.getByText('No command and no element is called that.').waitFor();
  },
  finding: panel('Control+f', 'Find'),
  connecting: panel('f', 'Connect Till to…'),
  keys: panel('?', 'Keys'),
  'the menu of an element': chosen('Shift+F10', (page) => page.getByRole('menu'), 'Process Till'),
  'the menu of the canvas': async (page) => {
    await canvas(page).click({ button: 'right', position: { x: 5, y: 60 } });
    await page.getByRole('menu').waitFor();
  },
  'the palette of kinds': async (page) => {
    await canvas(page).dblclick({ position: { x: 5, y: 60 } });
    await page.getByRole('menu', { name: 'Add' }).waitFor();
  },
  'a menu of the toolbar': async (page) => {
    await select(page, 'Process Till');
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: /^(Change|More)$/ })
      .click();
    await page.getByRole('menu').waitFor();
  },
  'a name on the canvas': chosen('F2', (page) => page.getByLabel('Name of process'), 'Process Till'),
  'a shape to draw': (page) =>
    page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: 'Store' }).dblclick(),
  'a layout': async (page) => {
    await cell(page, 'Process Till').focus();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('lay out');
    await page.keyboard.press('Enter');
    await button(page, 'Apply').and(page.locator(':enabled')).waitFor();
  },
  'what is shown': async (page) => {
    await show(page, 'Map of the diagram', 'Heat by severity', 'Boundary crossings');
  },
  'a filter': async (page) => {
    await show(page, 'Critical');
    await page
      .getByText(/1 of \d+ shown/)
      .first()
      .waitFor();
  },
  'the menu of the file': async (page) => {
    await button(page, 'File').click();
    await button(page, 'Save a copy as a file').waitFor();
  },
  'renaming a diagram': async (page) => {
    await changeDiagrams(page, 'Rename');
    await page.getByLabel('Title of the diagram').waitFor();
  },
  'an empty diagram': async (page) => {
    await button(page, 'Storing').click();
    await page.getByText('Nothing is drawn yet.').waitFor();
  },
  'leaving with changes': async (page) => {
    await changeDiagrams(page, 'Add diagram');
    await page.keyboard.press('Enter');
    await button(page, 'File').click();
    await page.getByRole('link', { name: 'Models in repositories' }).click();
    await dialog(page, 'Leave with unsaved changes?').waitFor();
  },
};

const CONFLICTS = [{ subject: ['Selling', 'Till'], field: 'name', trouble: 'both_changed' }];

/** What the server may answer to a save, and the heading that says so. */
const TROUBLES = [
  [{ status: 409, title: 'Conflict', code: 'conflict', conflicts: CONFLICTS, conflict_count: 3 }, /collides/],
  [{ status: 500, title: 'Internal Server Error', request_id: 'abc' }, /^Not saved/],
  [{ status: 403, title: 'Forbidden', detail: 'The branch is protected.' }, /^You may not save here/],
];

for (const viewport of WINDOWS) {
  const { width } = viewport;
  const walk = (name, steps) =>
    test(`${name}, ${width} px wide`, () => withPage(browser, wyvern.address, { viewport }, steps));

  walk('each state of the editor is accessible', async (page) => {
    await withoutPickers(page);
    page.on('dialog', (question) => question.accept());
    const text = JSON.stringify(DRAWING);
    for (const [name, enter] of Object.entries(STATES)) {
      await openModel(page, wyvern.address, text, `${name}.json`);
      await enter(page);
      await assertAccessibleInEachLook(page, name);
    }
  });

  walk('the page to open files with is accessible', async (page) => {
    await openStart(page, wyvern.address);
    await page.locator('summary').click();
    await assertAccessibleInEachLook(page, 'start');
    await choose(page, '{"summary": }');
    await page.getByText('line 1, column 13').waitFor();
    await assertAccessibleInEachLook(page, 'not a model');
    await choose(page, JSON.stringify(model('Bare', [])));
    await button(page, 'Add a diagram').waitFor();
    await assertAccessibleInEachLook(page, 'no diagrams');
    await openModel(page, wyvern.address, JSON.stringify(model('Bare', [diagram(0, 'First', [])])));
    await assertAccessibleInEachLook(page, 'nothing drawn');
  });

  test(`trouble with saving is accessible, ${width} px wide`, () =>
    withPage(browser, wyvern.address, { viewport, expected: /status of (403|409|500)/ }, async (page) => {
      page.on('dialog', (question) => question.accept());
      await openSignedIn(page, wyvern.address);
      await page.goto(`${wyvern.address}/#/git/local/demo%2Fthreat-models/main/selling/edit/0`);
      await cell(page, 'Process Till').focus();
      await page.keyboard.press('Delete');
      for (const [answer, heading] of TROUBLES) {
        await page.route('**/update', (route) => route.fulfill({ status: answer.status, json: answer }));
        await page.keyboard.press('Control+s');
        await page.getByRole('heading', { name: heading }).waitFor();
        await assertAccessibleInEachLook(page, String(heading));
        await page.unroute('**/update');
      }
    }));
}
