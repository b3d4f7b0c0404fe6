/// What surrounds every page: languages, colours, the tour, and what is said when something fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertPartsAccessible } from './axe.mjs';
import { heading, openSignedIn, place, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { Hand } from './canvas.mjs';
import { SHOP } from './shop.mjs';
import { DEMO, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';
const DARK = 'rgb(18, 23, 21)';
const LIGHT = 'rgb(250, 249, 245)';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

const NO_HOST = { githubEnabled: false, gitlabEnabled: false, bitbucketEnabled: false };
const OFFERED = { ...NO_HOST, localEnabled: true, localPassword: false, defaultLocale: 'en' };

/** The server says that its operator allows these languages, those too that lack words. */
function allow(page, ...allowedLocales) {
  return page.route('**/api/config', (route) =>
    route.fulfill({ json: { status: 200, data: { ...OFFERED, allowedLocales } } }),
  );
}

const preferences = (page) => page.getByRole('button', { name: 'Language and appearance' });
const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

walk('colours are chosen, kept, and there from the first moment', { colorScheme: 'light' }, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  assert.equal(await paper(page), LIGHT);
  await preferences(page).click();
  await page.getByRole('radio', { name: 'Dark' }).check();
  assert.equal(await paper(page), DARK);
  await assertAccessible(page, 'dark by choice');
  await page.addInitScript(() => {
    window.papers = [];
    const look = () => {
      window.papers.push(getComputedStyle(document.documentElement).backgroundColor);
      requestAnimationFrame(look);
    };
    addEventListener('DOMContentLoaded', () => document.getElementById('app').childElementCount > 0 && look());
    new MutationObserver((_, observer) => {
      if (!document.querySelector('main')) return;
      observer.disconnect();
      look();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await signInButton(page).waitFor();
  assert.deepEqual([...new Set(await page.evaluate(() => window.papers))], [DARK]);
  await preferences(page).click();
  await page.getByRole('radio', { name: 'As the system' }).check();
  assert.equal(await paper(page), LIGHT);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.equal(await paper(page), DARK);
});

walk('the menu of languages and colours works by keyboard alone', {}, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  await preferences(page).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByRole('radio', { name: 'Light' }).isChecked(), true);
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Light' }).waitFor({ state: 'hidden' });
  assert.ok(await preferences(page).evaluate((button) => button === document.activeElement));
});

walk('each language is offered by its own name, and only those the operator allows', {}, async (page) => {
  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  await preferences(page).click();
  const names = page.getByRole('group', { name: 'Language' }).locator('bdi');
  assert.ok((await names.allInnerTexts()).includes('English'));
  for (const name of await names.all()) assert.match(await name.getAttribute('lang'), /^[a-z]{2}(-[A-Z]{2})?$/);

  await allow(page, 'en');
  await page.reload();
  await signInButton(page).waitFor();
  await preferences(page).click();
  assert.deepEqual(await names.allInnerTexts(), ['English']);
});

for (const width of [320, 1280]) {
  walk(`Arabic is read from the right, ${width} px wide`, { viewport: { width, height: 640 } }, async (page) => {
    await allow(page, 'ar', 'en');
    await page.goto(wyvern.address);
    await signInButton(page).waitFor();
    await preferences(page).click();
    await page.getByRole('radio', { name: 'العربية' }).check();
    await heading(page, 'نماذج تهديدات تعيش في git').waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [
      'ar',
      'rtl',
    ]);
    const [brand, menu] = [page.getByRole('banner').getByRole('link'), page.getByRole('banner').getByRole('button')];
    assert.ok((await brand.boundingBox()).x > (await menu.boundingBox()).x);
    await assertAccessible(page, 'sign-in in Arabic');
    await page.reload();
    await heading(page, 'نماذج تهديدات تعيش في git').waitFor();
  });
}

walk('the editor is mirrored in Arabic, but not the drawing', {}, async (page) => {
  await allow(page, 'ar', 'en');
  await page.addInitScript(() => localStorage.setItem('wyvern.language', 'ar'));
  const hand = new Hand(page, wyvern.address);
  hand.canvas = page.locator('.drawing [role=listbox]');
  await hand.open(SHOP);
  const cell = (name) => page.getByRole('option', { name }).first();
  const x = async (locator) => (await locator.boundingBox()).x;
  const region = (name) => page.locator(`[data-region="${name}"]`);
  assert.ok((await x(region('shapes'))) > (await x(region('canvas'))));
  assert.ok((await x(region('canvas'))) > (await x(region('details'))));
  assert.ok((await x(cell(/Browser/))) < (await x(cell(/API/))));
  // The pane grows towards the canvas, which is now to the right.
  const width = async () => (await region('details').boundingBox()).width;
  const narrow = await width();
  await region('details').getByRole('separator').press('ArrowRight');
  await page.waitForFunction(
    (narrow) => document.querySelector('[data-region="details"]').getBoundingClientRect().width > narrow,
    narrow,
  );
  // Along the toolbar, in the direction of reading.
  const stop = region('toolbar').locator('[tabindex="0"]');
  await stop.focus();
  const first = await x(stop);
  await page.keyboard.press('ArrowLeft');
  assert.ok((await x(stop)) < first);
});

walk('the server is asked once what it offers', {}, async (page) => {
  const asked = [];
  page.on('request', (request) => request.url().endsWith('/api/config') && asked.push(request.url()));
  await openSignedIn(page, wyvern.address);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signInButton(page).waitFor();
  // Signing in leaves the page and comes back to a new one.
  assert.equal(asked.length, 2);
});

walk('the tour shows what is where, and stays away once it was closed', { tour: true }, async (page) => {
  const hand = new Hand(page, wyvern.address);
  await page.addInitScript(recordShifts);
  await hand.open(SHOP);
  const tour = page.locator('[data-region="tour"]');
  await tour.getByRole('heading', { name: 'Draw with these shapes' }).waitFor();
  // What the pages before the editor do is not the tour's doing.
  await page.evaluate(() => (window.shifts.length = 0));
  assert.equal(await tour.evaluate((element) => element.contains(document.activeElement)), false);
  await assertPartsAccessible(page, 'tour', '[data-region="tour"]');
  // It is in nobody's way.
  await page.keyboard.press('p');
  await page.keyboard.press('Escape');
  await tour.waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByRole('heading', { name: 'Threats belong to elements' }).waitFor();
  await tour.getByRole('button', { name: 'Next' }).press('Enter');
  await tour.getByRole('heading', { name: 'Nothing is lost' }).waitFor();
  assert.equal(await overlaps(tour, page.getByRole('button', { name: 'Save', exact: true })), false);
  await tour.getByRole('button', { name: 'Done' }).press('Enter');
  await tour.waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement.closest('[data-region="canvas"]'));
  // The page itself moves when the editor takes it over; the tour moves nothing.
  const shifts = await page.evaluate(() => window.shifts);
  assert.deepEqual(
    shifts.filter(([, ...moved]) => !moved.includes('MAIN')),
    [],
  );
  await page.reload();
  await hand.canvas.waitFor();
  assert.equal(await tour.count(), 0);
});

walk('the tour is shown again from the help, and Escape closes it', {}, async (page) => {
  const hand = new Hand(page, wyvern.address);
  await hand.open(SHOP);
  await page.getByRole('toolbar', { name: 'Commands' }).getByRole('button', { name: 'Keys' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Show the tour' }).press('Enter');
  const tour = page.locator('[data-region="tour"]');
  const next = tour.getByRole('button', { name: 'Next' });
  await next.waitFor();
  await page.waitForFunction(() => document.activeElement.closest('[data-region="tour"]'));
  await page.keyboard.press('Escape');
  await tour.waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => document.activeElement !== document.body));
});

for (const width of [320, 1280]) {
  const options = { tour: true, viewport: { width, height: 640 } };
  walk(`the tour is within a window of ${width} px`, options, async (page) => {
    const hand = new Hand(page, wyvern.address);
    await hand.open(SHOP);
    const tour = page.locator('[data-region="tour"]');
    for (const button of ['Next', 'Next', 'Done']) {
      const box = await tour.boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= 640, button);
      await tour.getByRole('button', { name: button }).click();
    }
    await tour.waitFor({ state: 'detached' });
  });
}

walk('being offline is said, and not said any more when it is over', {}, async (page) => {
  await openSignedIn(page, wyvern.address);
  const note = page.getByText('You are offline.');
  await page.context().setOffline(true);
  await note.waitFor();
  await page.context().setOffline(false);
  await note.waitFor({ state: 'detached' });
});

walk('what nobody expected to fail is told, with what to do', { expected: /on purpose/ }, async (page) => {
  await openSignedIn(page, wyvern.address);
  await page.evaluate(() => void Promise.reject(new Error('broken <b>on purpose</b>')));
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'Something went wrong in this page' }).waitFor();
  await alert.getByText('Error: broken <b>on purpose</b>').waitFor();
  await alert.getByRole('button', { name: 'Reload the page' }).waitFor();
  await assertAccessible(page, 'an unexpected failure');
  await page.getByRole('button', { name: 'Hide' }).click();
  await alert.waitFor({ state: 'detached' });
});

walk('a failure has the number of its request, to be copied', { expected: /status of 404/ }, async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openSignedIn(page, wyvern.address);
  await page.goto(`${wyvern.address}/${BRANCH}/no-such-model`);
  const alert = page.getByRole('alert');
  const number = await alert.locator('code').last().innerText();
  assert.match(number, /^[\w-]{8,}$/);
  await alert.getByRole('button', { name: 'Copy the number' }).click();
  await alert.getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), number);
});

walk(
  'a part of the app that is gone asks for a reload, which helps',
  { expected: /status of 404|module/ },
  async (page) => {
    let gone = true;
    await page.route('**/assets/EditPage-*.js', (route) =>
      gone ? route.fulfill({ status: 404, body: '' }) : route.fallback(),
    );
    await page.goto(`${wyvern.address}/#/file`);
    const alert = page.getByRole('alert');
    await alert.getByRole('heading', { name: 'A part of this page could not be fetched' }).waitFor();
    gone = false;
    await alert.getByRole('button', { name: 'Reload the page' }).click();
    await heading(page, 'A model on this computer').waitFor();
  },
);

walk('the keys of the pages are told at ?', {}, async (page) => {
  await openSignedIn(page, wyvern.address);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await assertPartsAccessible(page, 'keys', 'dialog[open]');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  // In a field it is a letter like any other.
  const box = page.getByRole('searchbox').first();
  await box.fill('');
  await box.press('?');
  assert.equal(await box.inputValue(), '?');
  assert.equal(await dialog.isVisible(), false);
});

walk('a sign-in that has ended leads back to the very place', { expected: /status of 401/ }, async (page) => {
  await openSignedIn(page, wyvern.address, '#/?search=threat');
  await page.context().clearCookies({ name: 'wyvern' });
  await page.getByRole('link', { name: DEMO.repository }).click();
  await heading(page, 'Your sign-in has ended').waitFor();
  await signInButton(page).click();
  await heading(page, DEMO.repository).waitFor();
  await settled(page);
  assert.equal(place(page), '#/git/local/demo%2Fthreat-models');
});

async function overlaps(one, other) {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Runs in the page: notes what moves without anybody having touched anything. */
function recordShifts() {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value, sources } of list.getEntries())
      if (!hadRecentInput) window.shifts.push([value, ...sources.map(({ node }) => node?.nodeName)]);
  }).observe({ type: 'layout-shift', buffered: true });
}
