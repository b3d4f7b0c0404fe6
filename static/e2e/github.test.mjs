/// Signing in with GitHub and working there: the server's answers about GitHub are made here.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, openSignedIn, place, settled, startBrowser, withPage } from './browser.mjs';
import { startWyvern } from './wyvern.mjs';

const BRANCHES = '#/git/github/octo-org%2Fshop';
const PERSON = { provider: 'github', username: 'octocat' };

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

const data = (value) => ({ json: { status: 200, data: value } });
const githubButton = (page) => page.getByRole('button', { name: 'Sign in with GitHub' });

/** The server as it is with GitHub: gives the codes that were traded for a session. */
async function withGitHub(page, config = { localEnabled: true, localPassword: false }) {
  const traded = [];
  await page.route('**/api/config', (route) => route.fulfill(data({ githubEnabled: true, ...config })));
  await page.route('**/api/login/github', (route) => route.fulfill(data(`${wyvern.address}/authorize`)));
  await page.route('**/authorize', (route) =>
    route.fulfill({ status: 303, headers: { Location: '/#/oauth-return?code=c-1' } }),
  );
  await page.route('**/api/session', (route, request) => {
    if (request.method() !== 'POST') return route.fallback();
    traded.push(request.postDataJSON().code);
    return route.fulfill(data(PERSON));
  });
  const pagination = { page: 1, prev: false, next: false };
  const repositories = [
    { name: 'octo-org/shop', writable: true },
    { name: 'octo-org/site', writable: false },
  ];
  await page.route('**/api/threatmodel/repos?*', (route) => route.fulfill(data({ repositories, pagination })));
  const branches = [
    { name: 'main', protected: true },
    { name: 'feature/new checkout', protected: false },
  ];
  await page.route('**/api/threatmodel/octo-org/shop/branches?*', (route) =>
    route.fulfill(data({ branches, pagination })),
  );
  await page.route('**/api/threatmodel/octo-org/shop/feature%2Fnew%20checkout/models', (route) =>
    route.fulfill(data(['Shop'])),
  );
  return traded;
}

walk('one signs in with GitHub and finds the way to a branch with a slash in its name', {}, async (page) => {
  const traded = await withGitHub(page);
  await page.goto(wyvern.address);
  await githubButton(page).click();
  await heading(page, 'Repositories').waitFor();
  assert.deepEqual(traded, ['c-1']);
  const banner = page.getByRole('banner');
  await banner.getByText('octocat', { exact: true }).waitFor();
  await banner.getByText('GitHub', { exact: true }).waitFor();

  const rows = page.getByRole('main').getByRole('listitem');
  assert.deepEqual(await rows.allInnerTexts(), ['octo-org/shop', 'octo-org/site\nRead only']);
  await page.getByRole('link', { name: 'octo-org/shop' }).click();
  await heading(page, 'octo-org/shop').waitFor();
  await settled(page);
  const branches = await page.locator('main ul li').allInnerTexts();
  assert.deepEqual(
    branches.map((text) => text.replace(/\s+/g, ' ').trim()),
    ['main Protected', 'feature/new checkout'],
  );
  await page.getByRole('link', { name: 'feature/new checkout' }).click();
  await page.getByRole('link', { name: 'Shop', exact: true }).waitFor();
  assert.equal(place(page), `${BRANCHES}/feature%2Fnew%20checkout`);
});

walk('each provider of the server has its button, GitHub first', {}, async (page) => {
  await withGitHub(page, { gitlabEnabled: true, bitbucketEnabled: true, localEnabled: true, localPassword: false });
  await page.goto(wyvern.address);
  await githubButton(page).waitFor();
  assert.deepEqual(await page.getByRole('main').getByRole('button').allInnerTexts(), [
    'Sign in with GitHub',
    'Sign in with GitLab',
    'Sign in with Bitbucket',
    'Open the repositories on this server',
  ]);
});

walk('people with accounts find GitHub and the form', {}, async (page) => {
  await withGitHub(page, { localEnabled: true, localPassword: true });
  await page.goto(wyvern.address);
  await githubButton(page).waitFor();
  await heading(page, 'Threat models that live in git').waitFor();
  await page.getByRole('heading', { level: 2, name: 'Or with an account of this server' }).waitFor();
  await page.getByLabel('Password').waitFor();
});

walk('a link to a page at GitHub asks for GitHub alone, and returns', {}, async (page) => {
  await withGitHub(page);
  await page.goto(`${wyvern.address}/${BRANCHES}`);
  await githubButton(page).waitFor();
  assert.equal(await page.getByRole('main').getByRole('button').count(), 1);
  await githubButton(page).click();
  await heading(page, 'octo-org/shop').waitFor();
  assert.equal(place(page), BRANCHES);
});

walk('who is signed in elsewhere is not sent there with it', {}, async (page) => {
  await openSignedIn(page, wyvern.address);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await withGitHub(page);
  await page.goto(`${wyvern.address}/${BRANCHES}`);
  // The page has asked what there is to sign in with before.
  await page.reload();
  await heading(page, 'This page is at GitHub').waitFor();
  await githubButton(page).waitFor();
  assert.deepEqual(
    asked.filter((path) => path.startsWith('/api/threatmodel/')),
    [],
  );
  await githubButton(page).click();
  await heading(page, 'octo-org/shop').waitFor();
});

walk('a page at GitHub is explained where the server does not serve it', {}, async (page) => {
  await openSignedIn(page, wyvern.address, '#/');
  await page.goto(`${wyvern.address}/${BRANCHES}`);
  await page.getByRole('heading', { name: 'This server does not open what is at GitHub' }).waitFor();
});

walk('a limit of GitHub is told with the moment to try again', { expected: /status of 429/ }, async (page) => {
  await withGitHub(page);
  await page.route('**/api/threatmodel/repos?*', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'Retry-After': '3600' },
      json: {
        title: 'Too Many Requests',
        detail: 'Wait.',
        status: 429,
        code: 'provider_rate_limited',
        request_id: 'r-1',
      },
    }),
  );
  await page.goto(wyvern.address);
  await githubButton(page).click();
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'The provider asks for a pause' }).waitFor();
  await alert.getByText(/^Wait until .*\d.*, then try again\.$/).waitFor();
});

walk('no repository at GitHub is no reason to start the server anew', {}, async (page) => {
  await withGitHub(page);
  const pagination = { page: 1, prev: false, next: false };
  await page.route('**/api/threatmodel/repos?*', (route) => route.fulfill(data({ repositories: [], pagination })));
  await page.goto(wyvern.address);
  await githubButton(page).click();
  await page.getByRole('heading', { name: 'There are no repositories at GitHub yet' }).waitFor();
  await page.getByText('An organisation may have to allow this app first.').waitFor();
});
