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
  `);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

walk('a wrong password is told, and the right one leads to where one was going', { expected: REFUSED }, async (page) => {
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
});

walk('the address that the server sends people to asks for the password, then leads home', {}, async (page) => {
  const login = await (await fetch(`${wyvern.address}/api/login/local`)).json();
  assert.equal(login.data, `${wyvern.address}/#/sign-in/local`);
  await page.goto(login.data);
  await page.getByLabel('User name').fill('ada');
  await page.getByLabel('Password').fill('correct horse');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'demo/threat-models' }).waitFor();
});
