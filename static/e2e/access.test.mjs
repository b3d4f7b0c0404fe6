/// Everyone can use the page: keyboard, contrast, small screens, no script, less motion.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible } from './axe.mjs';
import { heading, openSignedIn, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT, hostileModel } from './models.mjs';
import { createModel, DEMO, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  await createModel(wyvern.address, 'checkout', CHECKOUT);
  await createModel(wyvern.address, 'hostile', hostileModel());
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

/** Looks at the sign-in page as it is where the server has all there is. */
async function withEveryWay(page, look) {
  const hosts = { githubEnabled: true, gitlabEnabled: true, bitbucketEnabled: true };
  const offered = { ...hosts, localEnabled: true, localPassword: true };
  await page.route('**/api/config', (route) => route.fulfill({ json: { status: 200, data: offered } }));
  await page.reload();
  await page.getByLabel('Password').waitFor();
  await look();
  await page.unroute('**/api/config');
  await page.reload();
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [320, 768, 1280]) {
    const options = { colorScheme, viewport: { width, height: 640 }, expected: /status of 404/ };
    walk(`each page is accessible, ${colorScheme}, ${width} px wide`, options, async (page) => {
      await page.goto(wyvern.address);
      await signInButton(page).waitFor();
      await assertAccessible(page, 'sign-in');
      await withEveryWay(page, () => assertAccessible(page, 'sign-in with every way'));
      await openSignedIn(page, wyvern.address);
      const places = [
        ['#/', page.getByRole('link', { name: DEMO.repository })],
        ['#/?search=zzz', page.getByText('No repository matches')],
        ['#/git/local/demo%2Fthreat-models', page.getByRole('link', { name: DEMO.branch, exact: true })],
        [BRANCH, page.getByRole('link', { name: 'checkout', exact: true })],
        [`${BRANCH}/checkout`, page.getByRole('heading', { name: 'Paying' })],
        [`${BRANCH}/checkout/edit/0`, page.getByRole('listbox', { name: /^Diagram Paying/ })],
        ['#/file', heading(page, 'A model on this computer')],
        [`${BRANCH}/no-such-model`, page.getByRole('alert')],
        [`${BRANCH}/hostile`, page.getByRole('table').first()],
        ['#/nowhere', heading(page, 'There is no page at this address')],
        ['#/git/github/octo-org%2Fshop', page.getByText('This server does not open what is at GitHub')],
      ];
      for (const [name, sign] of places) {
        await page.goto(`${wyvern.address}/${name}`);
        await sign.waitFor();
        await settled(page);
        await page.locator('summary').evaluateAll((found) => found.forEach((each) => each.click()));
        await assertAccessible(page, name);
      }
    });
  }
}

walk('everything can be reached and seen with the keyboard alone', {}, async (page) => {
  /** Presses Tab until the focus is on an element with this role and name; each stop must show it. */
  const tabTo = async (role, name) => {
    const target = page.getByRole(role, { name, exact: true });
    await target.waitFor();
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(focusShows), await page.evaluate(() => document.activeElement.outerHTML));
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`Tab does not lead to the ${role} ${name}`);
  };
  const arrive = async (name) => {
    await heading(page, name).waitFor();
    await settled(page);
    await page.waitForFunction(() => document.activeElement === document.querySelector('main h1'));
  };

  await page.goto(wyvern.address);
  await signInButton(page).waitFor();
  await tabTo('link', 'Skip to the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await page.keyboard.press('Tab');
  assert.ok(await signInButton(page).evaluate((button) => button === document.activeElement));
  await page.keyboard.press('Enter');
  await arrive('Repositories');
  await tabTo('link', DEMO.repository);
  await page.keyboard.press('Enter');
  await arrive(DEMO.repository);
  await tabTo('link', DEMO.branch);
  await page.keyboard.press('Enter');
  await arrive('Threat models');
  await tabTo('link', 'checkout');
  await page.keyboard.press('Enter');
  await arrive('Web shop checkout');
  await tabTo('link', 'Open in the editor: Paying');
  // Past what folds all threats away, to the first one.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Ask the bank').waitFor();
  await tabTo('link', 'API documentation');
});

walk('the focus is not lost with the button that had it', { expected: /ERR_FAILED/ }, async (page) => {
  const focused = () => page.evaluate(() => document.activeElement.textContent || document.activeElement.name);
  await openSignedIn(page, wyvern.address, '#/?search=zzz');
  await page.getByRole('button', { name: 'Show all repositories' }).press('Enter');
  await page.getByRole('link', { name: DEMO.repository }).waitFor();
  assert.equal(await focused(), 'search');

  let reachable = false;
  await page.route('**/branches?*', (route) => (reachable ? route.fallback() : route.abort()));
  await page.getByRole('link', { name: DEMO.repository }).press('Enter');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  reachable = true;
  await again.press('Enter');
  await page.getByRole('link', { name: DEMO.branch, exact: true }).waitFor();
  assert.equal(await focused(), DEMO.repository);

  await page.getByRole('button', { name: 'Sign out' }).press('Enter');
  await signInButton(page).waitFor();
  assert.equal(await focused(), 'Threat models that live in git');
});

/** Runs in the page: whether the focused element has a ring, its own or that of its row or card. */
function focusShows() {
  const ring = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const element = document.activeElement;
  const card = element.closest('.card') ?? element;
  return [getComputedStyle(element), getComputedStyle(element, '::after'), getComputedStyle(card)].some(ring);
}

walk('without script the page says what it needs', { javaScriptEnabled: false }, async (page) => {
  await page.goto(wyvern.address);
  const note = page.locator('noscript p');
  assert.match(await note.first().innerText(), /needs JavaScript/);
  const { y } = await note.first().boundingBox();
  assert.ok(y < 400, `in the upper half of the window, not at ${y}`);
  assert.equal(await note.locator('a').getAttribute('href'), '/api/docs');
});

walk('who wants less motion gets none', { reducedMotion: 'reduce' }, async (page) => {
  let answer;
  await page.route('**/api/threatmodel/repos?*', (route) => {
    answer = () => route.continue();
  });
  await page.goto(wyvern.address);
  await signInButton(page).click();
  await page.getByText('Loading repositories…').waitFor();
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState === 'finished'));
  await answer();
  await settled(page);
});
