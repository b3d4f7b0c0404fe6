/// What goes wrong is said, can be tried again, and hostile text stays text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, settled, signInButton, startBrowser, withPage } from './browser.mjs';
import { hostileModel } from './models.mjs';
import { commitFile, createModel, DEMO, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  await createModel(wyvern.address, 'hostile', hostileModel());
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('hostile text in a model is shown as text and does nothing', {}, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/hostile`);
  await page.locator('table').first().waitFor();
  await page.locator('summary').evaluateAll((found) => found.forEach((each) => each.click()));
  const main = page.getByRole('main');
  assert.equal(
    await main
      .locator('img, script, svg:not(:is(button, .still) svg), iframe, b, [onerror], [onload], a[href^="javascript"]')
      .count(),
    0,
  );
  assert.ok((await main.innerText()).includes('<script>alert(2)</script>'));
  assert.ok((await page.title()).includes('onerror='));
  assert.deepEqual(
    page.frames().map((frame) => new URL(frame.url()).pathname),
    ['/'],
  );
});

walk('a server that cannot be reached can be tried again', { expected: /ERR_FAILED/ }, async (page) => {
  let reachable = false;
  await page.route('**/branches?*', (route) => (reachable ? route.fallback() : route.abort()));
  await openSignedIn(page, wyvern.address);
  await page.getByRole('link', { name: DEMO.repository }).click();
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
  reachable = true;
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: DEMO.branch, exact: true }).waitFor();
  assert.equal(await alert.count(), 0);
});

walk('a model that is not there is explained', { expected: /status of 404/ }, async (page) => {
  await openSignedIn(page, wyvern.address, `${BRANCH}/no-such-model`);
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'This cannot be found' }).waitFor();
  await alert.getByText('It may have been renamed, moved or deleted.').waitFor();
  await alert.getByText(/^Request \S+/).waitFor();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'main' }).click();
  await page.getByRole('link', { name: 'hostile' }).waitFor();
});

walk(
  'a fault of the server names the request to ask the operator about',
  { expected: /status of 500/ },
  async (page) => {
    const problem = {
      title: 'Internal Server Error',
      detail: 'It was logged.',
      status: 500,
      code: 'internal',
      request_id: 'req-42',
    };
    await page.route('**/models', (route) => route.fulfill({ status: 500, json: problem }));
    await openSignedIn(page, wyvern.address, BRANCH);
    const alert = page.getByRole('alert');
    for (const text of ['The server could not do this', 'It was logged.', 'Request req-42'])
      await alert.getByText(text).waitFor();
  },
);

walk(
  'a sign-in that cannot begin is explained, and works when tried again',
  { expected: /ERR_FAILED/ },
  async (page) => {
    let reachable = false;
    await page.route('**/api/login/local', (route) => (reachable ? route.fallback() : route.abort()));
    await page.goto(wyvern.address);
    await signInButton(page).click();
    await page.getByRole('heading', { name: 'The server cannot be reached' }).waitFor();
    reachable = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: DEMO.repository }).waitFor();
  },
);

walk('an address that is no web page is not followed', {}, async (page) => {
  await page.route('**/api/login/local', (route) =>
    route.fulfill({ json: { status: 200, data: 'javascript:alert(document.domain)' } }),
  );
  await page.goto(wyvern.address);
  await signInButton(page).click();
  await page.getByRole('heading', { name: 'The server gave an address that is not a web page' }).waitFor();
});

walk('a slow answer is waited for with a word', {}, async (page) => {
  let answer;
  await page.route('**/main/models', (route) => {
    answer = () => route.continue();
  });
  await openSignedInTo(page, BRANCH);
  await page.getByText('Loading models…').waitFor();
  await answer();
  await settled(page);
  await page.getByRole('link', { name: 'hostile' }).waitFor();
});

walk('an answer to an earlier search does not replace that to a later one', {}, async (page) => {
  let answerSlow;
  const pagination = { page: 1, next: false, prev: false };
  const found = (name) => ({
    json: { data: { repositories: [{ name: `found/${name}`, writable: true }], pagination } },
  });
  await page.route('**/api/threatmodel/repos?*', (route) => {
    const words = new URL(route.request().url()).searchParams.get('searchQuery');
    if (words !== 'slow') return route.fulfill(found(words || 'all'));
    answerSlow = () => route.fulfill(found('slow'));
  });
  await openSignedIn(page, wyvern.address);
  const box = page.getByRole('searchbox');
  const asked = page.waitForRequest(/searchQuery=slow/);
  await box.fill('slow');
  await asked;
  await box.fill('quick');
  await page.getByRole('link', { name: 'found/quick' }).waitFor();
  await answerSlow();
  await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.deepEqual(await page.locator('main ul a').allInnerTexts(), ['found/quick']);
});

/** As `openSignedIn`, without waiting for what the page loads. */
async function openSignedInTo(page, address) {
  await page.goto(`${wyvern.address}/${address}`);
  await signInButton(page).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

for (const [name, text, where] of [
  ['no-json', '{\n  "summary": oops\n}', 'Line 2, column 14'],
  ['no-model', '{"summary": {"title": "Shop"}}', '/detail'],
]) {
  walk(
    `a file that is ${name} says what is wrong and where, and leads on`,
    { expected: /status of 422/ },
    async (page) => {
      commitFile(wyvern, name, text);
      await openSignedIn(page, wyvern.address, `${BRANCH}/${name}`);
      await heading(page, name).waitFor();
      const alert = page.getByRole('alert');
      await alert.getByRole('heading', { name: 'This model cannot be read' }).waitFor();
      assert.ok((await alert.innerText()).includes(where));
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByText('By hand').waitFor();
      await page.goBack();
      await page.getByRole('link', { name: 'Models on main' }).click();
      await heading(page, 'Threat models').waitFor();
      await page.goto(`${wyvern.address}/${BRANCH}/${name}/edit`);
      await alert.getByRole('heading', { name: 'This model cannot be read' }).waitFor();
      await page.getByRole('link', { name: 'Back to the model' }).click();
      await page.getByRole('link', { name: 'Models on main' }).waitFor();
    },
  );
}
