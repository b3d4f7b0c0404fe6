/// A person reads what a model says about itself and how it stands, and changes it, with its diagrams.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { heading, openSignedIn, place, settled, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT, hostileModel } from './models.mjs';
import { createModel, data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';
const OLD = {
  summary: { title: 'Old shop', owner: 'Ada' },
  detail: {
    contributors: [],
    diagrams: [
      {
        id: 0,
        title: 'Paying',
        size: { height: 590, width: 790 },
        diagramJson: {
          cells: [
            {
              type: 'tm.Process',
              size: { width: 100, height: 100 },
              position: { x: 10, y: 20 },
              id: 'shop',
              z: 1,
              attrs: { text: { text: 'Shop' } },
              threats: [{ title: 'Theft', type: 'Spoofing', status: 'Open', severity: 'High', ruleId: 'x' }],
            },
          ],
        },
      },
    ],
    reviewer: '',
  },
};

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  for (const name of ['read', 'edit', 'diagrams', 'point', 'tidy', 'bare'])
    await createModel(wyvern.address, name, modelFor(name));
  await createModel(wyvern.address, 'hostile', hostileModel());
  await createModel(wyvern.address, 'old', OLD);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

function modelFor(name) {
  const model = structuredClone(CHECKOUT);
  model.summary.title = name;
  model.detail.contributors[0].mail = 'e@example.org';
  if (name === 'read') {
    model.summary.description = '# Goal\n\nMoney **moves** to [the bank](https://example.org/).\n<b>&</b>';
    model.release_version = '1.2';
    model.released_at = '2026-11-05';
  }
  if (name === 'bare') model.detail.diagrams = [];
  if (name === 'tidy') tidyUp(model);
  return model;
}

/** All is decided and written down, behind a trust boundary. */
function tidyUp({ detail }) {
  detail.diagrams.length = 1;
  const [{ cells }] = detail.diagrams;
  const [shop, buyer] = cells;
  buyer.data.threats.push({ ...shop.data.threats[0], id: 't-4', number: 4 });
  detail.threatTop = 4;
  for (const { data } of cells) {
    data.hasOpenThreats = false;
    for (const threat of data.threats) {
      Object.assign(threat, { status: 'Mitigated', severity: 'Low', description: 'How', mitigation: 'What' });
    }
  }
  const data = { type: 'tm.BoundaryBox', name: 'Inside', isTrustBoundary: true, hasOpenThreats: false };
  const size = { width: 300, height: 300 };
  cells.push({ id: 'edge', shape: 'trust-boundary-box', zIndex: -1, position: { x: 0, y: 0 }, size, data });
}

/** What is saved. */
async function stored(name) {
  const { accessToken } = await signInByApi(wyvern.address);
  return data(
    await fetch(wyvern.address + demoPath(name, 'data'), { headers: { Authorization: `Bearer ${accessToken}` } }),
  );
}

const checks = (page) => page.locator('section', { has: page.getByRole('heading', { name: 'Checks' }) });

async function openAbout(page, name) {
  // The editor has no button to sign out, which the signing in waits for.
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/${name}/edit/about`);
  await page.getByRole('heading', { name: 'About this model' }).waitFor();
}

async function save(page) {
  await page.keyboard.press('Control+s');
  await page
    .getByText(/^Saved ·/)
    .first()
    .waitFor();
}

const row = (page, title) => page.getByRole('article', { name: title, exact: true });
const titles = (page) => page.getByRole('article').evaluateAll((found) => found.map((each) => each.ariaLabel));

walk('a model says what it is and how it stands, and shows its diagrams', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/read`);
  const main = page.getByRole('main');
  for (const text of ['1.2', 'Nov 5, 2026', 'Edsger and Barbara'])
    await main.getByText(text, { exact: true }).waitFor();
  await main.getByRole('heading', { level: 2, name: 'Goal' }).waitFor();
  const link = main.getByRole('link', { name: 'the bank' });
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  await main.getByText('<b>&</b>').waitFor();
  await main.getByText(/^Last changed .+ by /).waitFor();

  const statistics = main.locator('section', { has: page.getByRole('heading', { name: 'Statistics' }) });
  for (const [name, words] of [
    ['Critical', '1 (1 open)'],
    ['Mitigated', '1'],
    ['Information disclosure', '1 (1 open)'],
    ['Flow', '1'],
  ]) {
    const bar = statistics.locator('.bar', { has: page.getByText(name, { exact: true }) });
    assert.equal((await bar.locator('.words').innerText()).trim(), words, name);
  }
  const levels = (await checks(page).getByRole('listitem').allInnerTexts()).map((text) => text.split('\n')[0]);
  assert.deepEqual([...new Set(levels)], ['Error', 'Warning', 'Note']);
  assert.ok(levels.indexOf('Note') > levels.lastIndexOf('Warning'), 'the worst comes first');
  await main.getByRole('heading', { name: 'Paying' }).scrollIntoViewIfNeeded();
  await page.getByRole('img', { name: 'Diagram Paying' }).waitFor();
  assert.equal(await page.getByRole('img', { name: 'Diagram Paying' }).locator('.cell').count(), 3);
});

walk('a model in which the checks find nothing says so', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/tidy`);
  await page.getByText('The checks find nothing to mend.').waitFor();
  await page.goto(`${wyvern.address}/${BRANCH}/tidy/edit/about`);
  await page.getByRole('heading', { name: 'About this model' }).waitFor();
  await page.getByText('The checks find nothing to mend.').waitFor();
});

walk('a finding leads into the editor, to the threat that it is about', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/point`);
  await page.getByRole('link', { name: 'Show me: #1 A stranger pays' }).click();
  await page.getByRole('option', { name: /Shop/, selected: true }).waitFor();
  assert.equal(place(page), `${BRANCH}/point/edit/0`);
  await page.getByRole('tab', { name: 'Threats', selected: true }).waitFor();

  await page.getByRole('link', { name: 'About', exact: true }).click();
  await page.getByRole('button', { name: 'Show me: #1 A stranger pays' }).click();
  await page.getByRole('option', { name: /Shop/, selected: true }).waitFor();
  assert.equal(place(page), `${BRANCH}/point/edit/0`);
});

walk('what a model says about itself is changed, undone, and saved', {}, async (page) => {
  await openAbout(page, 'edit');
  await page.getByLabel('Title').first().fill('Checkout');
  await heading(page, 'Checkout').waitFor();
  await page.getByLabel('Reviewer').fill('Linus');
  await page.getByLabel('Contributors', { exact: true }).last().fill('Ken, Dennis');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Edsger', exact: true }).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await page.getByRole('button', { name: 'Remove Dennis' }).click();
  await page.getByLabel('Release version').fill('3.0');
  await page.getByLabel('Release date').fill('2026-12-24');
  await page.getByLabel('Description').first().fill('Why **this**\n\n<img src=x onerror=alert(1)>');
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.locator('.preview').getByText('<img src=x onerror=alert(1)>').waitFor();
  assert.equal(await page.locator('.preview strong').innerText(), 'this');
  await page.getByRole('heading', { name: 'About this model' }).click();
  await page.keyboard.press('Control+z');
  assert.equal(await page.getByLabel('Description').first().inputValue(), CHECKOUT.summary.description);
  await page.getByRole('button', { name: 'Redo' }).click();
  await save(page);
  const model = await stored('edit');
  assert.deepEqual(model.detail.contributors, [
    { name: 'Barbara' },
    { name: 'Edsger', mail: 'e@example.org' },
    { name: 'Ken' },
  ]);
  assert.deepEqual(
    [model.summary.title, model.detail.reviewer, model.release_version, model.released_at],
    ['Checkout', 'Linus', '3.0', '2026-12-24'],
  );
  assert.match(model.summary.description, /^Why/);
});

walk('diagrams are added, described, duplicated, put in order and removed', {}, async (page) => {
  await openAbout(page, 'diagrams');
  await row(page, 'Paying').getByRole('button', { name: 'Duplicate Paying' }).click();
  await row(page, 'Paying (copy)').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), 'Paying (copy)');
  await page.keyboard.type('Refunds');
  await row(page, 'Refunds').getByLabel('Methodology').selectOption('LINDDUN');

  await page.getByLabel('Methodology of the new diagram').selectOption('CIA');
  await page.getByRole('button', { name: 'Add a diagram' }).click();
  await page.keyboard.type('Returns');
  assert.deepEqual(await titles(page), ['Paying', 'Refunds', 'Shipping', 'Returns']);

  await row(page, 'Shipping').getByRole('button', { name: 'Move up Shipping' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  assert.deepEqual(await titles(page), ['Shipping', 'Paying', 'Refunds', 'Returns']);
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Move up Shipping');
  await page.keyboard.press('Alt+ArrowDown');
  assert.deepEqual(await titles(page), ['Paying', 'Shipping', 'Refunds', 'Returns']);

  await row(page, 'Paying').getByRole('button', { name: 'Remove Paying' }).click();
  await page.getByText('Removed diagram Paying.').last().waitFor();
  assert.deepEqual(await titles(page), ['Shipping', 'Refunds', 'Returns']);
  await page.getByRole('group', { name: 'Just done' }).getByRole('button', { name: 'Undo' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Remove Paying');

  await save(page);
  const { detail } = await stored('diagrams');
  assert.deepEqual(
    detail.diagrams.map(({ id, title, diagramType }) => [id, title, diagramType]),
    [
      [0, 'Paying', 'STRIDE'],
      [1, 'Shipping', 'CIA'],
      [2, 'Refunds', 'LINDDUN'],
      [3, 'Returns', 'CIA'],
    ],
  );
  const [paying, , refunds] = detail.diagrams;
  const ids = (diagram) => diagram.cells.flatMap(({ id, data }) => [id, ...data.threats.map((threat) => threat.id)]);
  assert.equal(new Set([...ids(paying), ...ids(refunds)]).size, 2 * ids(paying).length);
  assert.deepEqual(
    refunds.cells.flatMap(({ data }) => data.threats.map(({ number, type }) => [number, type])),
    [
      [4, 'Tampering'],
      [5, 'Spoofing'],
      [6, 'Information disclosure'],
    ],
  );
  const flow = refunds.cells.find(({ shape }) => shape === 'flow');
  assert.ok(refunds.cells.some(({ id }) => id === flow.source.cell));
});

walk('checks that cannot be made break nothing', { expected: /ERR_FAILED|status of 5/ }, async (page) => {
  await page.route('**/api/documents/check', (route) => route.abort());
  await openAbout(page, 'bare');
  await page.getByText('The model could not be checked.').waitFor();
  await page.getByLabel('Owner').fill('Ada');
  await page.unroute('**/api/documents/check');
  await page.getByRole('button', { name: 'Check again' }).click();
  await page.getByText('The model has no diagrams.').waitFor();
  assert.equal(await page.getByText('The model could not be checked.').count(), 0);
  await page.getByRole('button', { name: 'Show me: the model' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.labels?.[0]?.innerText), 'Title');
});

walk('a model of version 1 is shown, and upgraded when that is wanted', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/old`);
  await heading(page, 'Old shop').waitFor();
  await page.getByText('Theft').first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Edit', exact: true }).count(), 0);
  assert.equal((await stored('old')).detail.diagrams[0].cells, undefined);
  await page.getByRole('button', { name: 'Upgrade to edit' }).click();
  const asked = page.getByRole('dialog', { name: 'Upgrade this model?' });
  await asked.getByText('saved to the branch main').waitFor();
  await asked.getByRole('button', { name: 'Upgrade to edit' }).click();
  await page.getByRole('link', { name: 'Edit', exact: true }).waitFor();
  assert.equal((await stored('old')).detail.diagrams[0].cells[0].data.name, 'Shop');
});

for (const width of [320, 1280]) {
  const options = { viewport: { width, height: 800 } };
  walk(`everyone can use both pages, ${width} px wide`, options, async (page) => {
    await openSignedIn(page, wyvern.address);
    for (const name of ['read', 'hostile']) {
      await page.goto(`${wyvern.address}/${BRANCH}/${name}`);
      await checks(page).getByRole('listitem').first().waitFor();
      await assertAccessibleInEachLook(page, `${name}, to read`);
      await page.goto(`${wyvern.address}/${BRANCH}/${name}/edit/about`);
      await page.getByRole('heading', { name: 'About this model' }).waitFor();
      await checks(page).getByRole('listitem').first().waitFor();
      await settled(page);
      await page.getByRole('button', { name: 'Preview' }).click();
      await assertAccessibleInEachLook(page, `${name}, to change`);
      const wide = await page.locator('.page').evaluate((found) => found.scrollWidth - found.clientWidth);
      assert.equal(wide, 0, `${name}: nothing to scroll sideways for`);
    }
  });
}

walk('the form at 400 %', { viewport: { width: 320, height: 256 } }, async (page) => {
  await openAbout(page, 'point');
  await page.getByLabel('Owner').scrollIntoViewIfNeeded();
  await assertAccessible(page, 'to change');
});
