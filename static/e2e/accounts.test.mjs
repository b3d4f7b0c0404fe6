/// Signing in with a password, where the server has accounts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { place, startBrowser, withPage } from './browser.mjs';
import { hashOf, startWyvern } from './wyvern.mjs';

const DEEP = '#/git/local/demo%2Fthreat-models/main';
const REFUSED = /status of 401/;

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern(`
    [[local.accounts]]
    username = "ada"
    name = "Ada Lovelace"
    email = "ada@example.com"
    password_hash = "${await hashOf('correct horse')}"

    [[local.accounts]]
    username = "grace"
    name = "Grace Hopper"
    email = "grace@example.com"
    password_hash = "${await hashOf('battery staple')}"
  `);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

async function signIn(page, username, password) {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

walk(
  'a wrong password is told, and the right one leads to where one was going',
  { expected: REFUSED },
  async (page) => {
    await page.goto(`${wyvern.address}/${DEEP}`);
    await page.getByLabel('User name').fill('ada');
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The user name or the password is wrong.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign out' }).count(), 0);
    await page.getByLabel('Password').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Threat models' }).waitFor();
    await page.getByText('ada', { exact: true }).waitFor();
    assert.equal(place(page), DEEP);
  },
);

walk('the address that the server sends people to asks for the password, then leads home', {}, async (page) => {
  const login = await (await fetch(`${wyvern.address}/api/login/local`)).json();
  assert.equal(login.data, `${wyvern.address}/#/sign-in/local`);
  await page.goto(login.data);
  await signIn(page, 'ada', 'correct horse');
  await page.getByRole('link', { name: 'demo/threat-models' }).waitFor();
});

walk('two tabs never show two people, for both send the same cookie', {}, async (page) => {
  const here = page.getByRole('banner');
  await page.goto(`${wyvern.address}/${DEEP}`);
  await signIn(page, 'ada', 'correct horse');
  await here.getByText('ada', { exact: true }).waitFor();

  const second = await page.context().newPage();
  await second.goto(wyvern.address);
  await second.getByRole('button', { name: 'Sign out' }).click();
  await page.getByLabel('User name').waitFor();
  await signIn(second, 'grace', 'battery staple');
  await second.getByRole('link', { name: 'demo/threat-models' }).waitFor();
  await here.getByText('grace', { exact: true }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Threat models' }).waitFor();
  assert.equal(place(page), DEEP);
});

walk('too many wrong passwords are told with the moment to try again', { expected: /status of 429/ }, async (page) => {
  const problem = {
    title: 'Too Many Requests',
    detail: 'There were too many.',
    status: 429,
    code: 'too_many_attempts',
  };
  await page.route('**/api/login/local', (route) =>
    route.fulfill({ status: 429, headers: { 'Retry-After': '90' }, json: problem }),
  );
  await page.goto(wyvern.address);
  const before = Date.now();
  await signIn(page, 'ada', 'wrong');
  const advice = await page
    .getByRole('alert')
    .getByText(/^Wait until /)
    .innerText();
  const moments = [before, Date.now()].flatMap((now) => [90, 91].map((wait) => now + wait * 1000));
  const texts = await page.evaluate((all) => all.map((at) => new Date(at).toLocaleTimeString()), moments);
  assert.ok(
    texts.some((text) => advice === `Wait until ${text}, then try again.`),
    advice,
  );
});
