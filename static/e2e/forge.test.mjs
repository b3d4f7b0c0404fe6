/// Signing in with each host from its own pages on, and working there, also where a branch is protected: nothing is
/// made up here, the server talks to hosts of the tests.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { heading, place, settled, startBrowser } from './browser.mjs';
import { startForge } from './wyvern.mjs';

let wyvern;
let browser;

before(async () => {
  wyvern = await startForge();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

/** A page of a new profile that has gone to a host's question. */
async function atHost(host, address = '#/') {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${wyvern.address}/${address}`);
  await page.getByRole('button', { name: `Sign in with ${host}` }).click();
  await page.getByRole('heading', { name: 'Authorize Wyvern' }).waitFor();
  return page;
}

const HOSTS = [
  ['GitHub', 'github', 'ada/threat-models'],
  ['GitLab', 'gitlab', 'acme/payments/threat-models'],
  ['Bitbucket', 'bitbucket', 'ada/threat-models'],
];

for (const [host, provider, repository] of HOSTS) {
  test(`ada signs in with ${host}, finds a model on a branch with a slash, and signs out`, async () => {
    const page = await atHost(host);
    await page.getByLabel('I am').selectOption('ada');
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.getByRole('link', { name: repository }).click();
    await page.getByRole('link', { name: 'feature/sign-in' }).click();
    await page.getByRole('link', { name: 'starter' }).click();
    await page
      .getByRole('tab')
      .or(page.getByRole('heading', { level: 2 }))
      .first()
      .waitFor();
    const address = `#/git/${provider}/${encodeURIComponent(repository)}/feature%2Fsign-in/starter`;
    assert.equal(place(page), address);
    await page.reload();
    await page
      .getByRole('tab')
      .or(page.getByRole('heading', { level: 2 }))
      .first()
      .waitFor();
    assert.equal(await page.evaluate(() => document.cookie), '', 'no script sees the session');
    await page.getByRole('banner').getByText(host, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: `Sign in with ${host}` }).waitFor();
    await page.context().close();
  });

  test(`${host} says which repositories one may only read`, async () => {
    const page = await atHost(host);
    await page.getByLabel('I am').selectOption('grace');
    await page.getByRole('button', { name: 'Authorize' }).click();
    await heading(page, 'Repositories').waitFor();
    await settled(page);
    const rows = await page.getByRole('main').getByRole('listitem').allInnerTexts();
    assert.deepEqual(rows, ['acme/handbook\nRead only', repository]);
    await page.context().close();
  });
}

test('a protected branch is marked as such', async () => {
  const page = await atHost('GitHub', '#/git/github/ada%2Fthreat-models');
  await page.getByLabel('I am').selectOption('grace');
  await page.getByRole('button', { name: 'Authorize' }).click();
  await heading(page, 'ada/threat-models').waitFor();
  await settled(page);
  assert.equal(place(page), '#/git/github/ada%2Fthreat-models', 'the way back leads where one was');
  const release = page.getByRole('listitem').filter({ hasText: 'release' });
  assert.match(await release.innerText(), /protected/i);
  await page.context().close();
});

/** A page at an address of GitHub's repository, as ada. */
async function asAda(address) {
  const page = await atHost('GitHub', address);
  await page.getByLabel('I am').selectOption('ada');
  await page.getByRole('button', { name: 'Authorize' }).click();
  return page;
}

/** The branch that the address names. */
const branchOf = (page) => decodeURIComponent(place(page).split('/')[4]);

/** What a model says of itself as it is saved in GitHub's repository. */
const summaryOf = (page, branch, model) =>
  page.evaluate(
    async (path) => (await (await fetch(path)).json()).data.summary,
    `/api/threatmodel/ada/threat-models/${encodeURIComponent(branch)}/${model}/data`,
  );

/** Where the page leads to open a pull request, behind the host's own address. */
async function pullRequest(page) {
  const address = await page.getByRole('link', { name: 'Open a pull request' }).getAttribute('href');
  assert.notEqual(new URL(address).origin, wyvern.address);
  return address.slice(new URL(address).origin.length);
}

test('a change on a protected branch is refused in words, and saved in a new branch', async () => {
  const page = await asAda('#/git/github/ada%2Fthreat-models/release/web-shop/edit/about');
  const owner = page.getByLabel('Owner');
  await owner.fill('Grace');
  await owner.press('Control+s');
  const alert = page.getByRole('alert');
  await alert.getByRole('heading', { name: 'This branch takes no direct commits' }).waitFor();
  await alert.getByRole('button', { name: 'Save to a new branch…' }).click();
  await page.getByRole('button', { name: 'Make the branch and save' }).click();
  await page.waitForURL(/threat-model%2Fweb-shop-[-\d]+\/web-shop\/edit\/about$/);
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .first()
    .waitFor();
  assert.equal((await summaryOf(page, branchOf(page), 'web-shop')).owner, 'Grace');
  assert.notEqual((await summaryOf(page, 'release', 'web-shop')).owner, 'Grace');
  assert.equal(await pullRequest(page), `/ada/threat-models/compare/release...${branchOf(page)}?expand=1`);
  await page.context().close();
});

test('an old version is restored in a new branch where this one is protected', async () => {
  const page = await asAda('#/git/github/ada%2Fthreat-models/release/web-shop/history');
  await page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await dialog.getByRole('heading', { name: 'This branch takes no direct commits' }).waitFor();
  await dialog.getByLabel('Name of the new branch').fill('restored');
  await dialog.getByRole('button', { name: 'Make the branch and restore' }).click();
  await page.waitForURL(/\/restored\/web-shop\/history$/);
  await settled(page);
  const [was, is] = await Promise.all(['restored', 'release'].map((branch) => summaryOf(page, branch, 'web-shop')));
  assert.notEqual(was.title, is.title);
  await page.context().close();
});

test('who may only read is offered nothing to restore', async () => {
  const page = await asAda('#/git/github/acme%2Fhandbook/main/starter/history');
  await settled(page);
  await page.getByRole('main').getByRole('listitem').nth(1).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Restore/ }).count(), 0);
  await page.context().close();
});

test('a host that stops and comes back loses nothing', async () => {
  const page = await asAda('#/git/github/ada%2Fthreat-models/main/web-shop/edit/about');
  const owner = page.getByLabel('Owner');
  await owner.fill('Barbara');
  wyvern.signal('SIGUSR2');
  try {
    await owner.press('Control+s');
    await page.getByRole('heading', { name: 'Not saved: The provider could not be reached' }).waitFor();
  } finally {
    wyvern.signal('SIGUSR2');
  }
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
  await page
    .getByRole('status')
    .filter({ hasText: /^Saved/ })
    .first()
    .waitFor();
  assert.equal((await summaryOf(page, 'main', 'web-shop')).owner, 'Barbara');
  await page.context().close();
});

test('a new model on a protected branch is created in a new one', async () => {
  const page = await asAda('#/git/github/ada%2Fthreat-models/release?new');
  await page.getByLabel('Title').fill('Till');
  await page.getByRole('button', { name: 'Create the model' }).click();
  const heading = page.getByRole('heading', { name: 'This branch takes no direct commits' });
  await heading.waitFor();
  assert.ok(await heading.evaluate((element) => element === document.activeElement), 'the heading has the focus');
  const branch = page.getByLabel('Name of the new branch');
  assert.match(await branch.inputValue(), /^threat-model\/till-[-\d]+$/);
  const create = page.getByRole('button', { name: 'Make the branch and create the model' });
  await branch.fill('main');
  await create.click();
  await page.getByText('There is a branch of this name already. Choose another name.').waitFor();
  await branch.fill('till');
  await create.click();
  await page.locator('.editor-page').waitFor();
  assert.equal(place(page).split('/edit')[0], '#/git/github/ada%2Fthreat-models/till/Till');
  assert.equal((await summaryOf(page, 'till', 'Till')).title, 'Till');
  assert.equal(await pullRequest(page), '/ada/threat-models/compare/release...till?expand=1');
  await page.context().close();
});

test('who does not give permission is told so, and can try again', async () => {
  const page = await atHost('GitHub');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await heading(page, 'Permission was not given').waitFor();
  await page.getByRole('link', { name: 'Back to Wyvern' }).click();
  await page.getByRole('button', { name: 'Sign in with GitHub' }).waitFor();
  await page.context().close();
});
