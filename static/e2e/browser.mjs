/// Opens pages in Chromium and watches them: what goes wrong unseen must fail the test.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

export function startBrowser() {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * Runs `walk` with a page of a new, empty profile; then no error may have been logged or thrown, the
 * Content-Security-Policy not have been violated, and nothing have been asked of another server.
 * `expected` matches the errors, logged or thrown, that belong to the test, such as a 404 that it brings about.
 * That nobody is signed in yet is no error, though Chromium logs the answer that says so.
 * The tour of the editor has been seen already, unless it is asked for by `tour`.
 */
export async function withPage(browser, address, { expected = /^$/, tour = false, ...options }, walk) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const faults = [];
  await context.addInitScript(() =>
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`),
    ),
  );
  if (!tour) await context.addInitScript(() => localStorage.setItem('wyvern.tour', 'seen'));
  const page = await context.newPage();
  page.on('console', (message) => {
    const { url } = message.location();
    if (!['error', 'warning'].includes(message.type()) || expected.test(message.text())) return;
    if (url === `${address}/api/session` && /status of 401/.test(message.text())) return;
    faults.push(`${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => expected.test(`${error}`) || faults.push(`thrown: ${error}`));
  page.on('dialog', (dialog) => {
    // A test that leaves unsaved changes answers the question itself.
    if (dialog.type() === 'beforeunload') return;
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) faults.push(`another server: ${request.url()}`);
  });
  try {
    await walk(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

export const signInButton = (page) => page.getByRole('button', { name: 'Open the repositories on this server' });

/** Opens an address of the app, such as `#/`, and signs in there. */
export async function openSignedIn(page, address, place = '#/') {
  await page.goto(`${address}/${place}`);
  await signInButton(page).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await settled(page);
}

/** The page's heading, which says what page it is. */
export const heading = (page, name) => page.getByRole('heading', { level: 1, name, exact: true });

/** Waits until the page has a heading and loads nothing any more; after a move, wait for its heading first. */
export async function settled(page) {
  await page.locator('main h1').waitFor();
  await page.getByText(/^Loading /).waitFor({ state: 'detached' });
}

/** The part of the address behind the server's. */
export const place = (page) => new URL(page.url()).hash;

/** The texts of the rows of a table, its cells joined with `|` and space folded. */
export async function rows(table) {
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((found) => found.map((row) => [...row.cells].map((cell) => cell.innerText)));
  return cells.map((row) => row.map((text) => text.replace(/\s+/g, ' ').trim()).join(' | '));
}
