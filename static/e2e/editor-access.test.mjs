/// What the editor says to those who do not see it, where the keyboard is, and how large its controls are.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withPage } from './browser.mjs';
import { DRAWING } from './drawing.mjs';
import { assertFocus, press, tabTo, type } from './keyboard.mjs';
import { canvas, cell, openModel, withoutPickers } from './opening.mjs';
import { startWyvern } from './wyvern.mjs';

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

const walk = (name, options, steps) =>
  test(name, () =>
    withPage(browser, wyvern.address, options, async (page) => {
      await withoutPickers(page);
      await openModel(page, wyvern.address, JSON.stringify(DRAWING));
      await steps(page);
    }),
  );

const said = (page, words) =>
  page.locator('.canvas [role=status]').filter({ hasText: words }).waitFor({ state: 'attached' });
const at = (page, name) => assertFocus(page, cell(page, name), name);

walk('each element says what it is, what threatens it and where it stands', {}, async (page) => {
  const names = await canvas(page)
    .getByRole('option')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  assert.deepEqual(names.toSorted(), [
    'Actor Buyer, out of scope',
    'Boundary curve Street',
    'Flow Entry from Till to Ledger, both ways',
    'Flow Order from Buyer to Till, encrypted, 1 open threat, crosses Shop and Street',
    'Process Till, 3 open threats, in Shop',
    'Store Ledger, 1 open threat, in Shop',
    'Text After six only',
    'Trust boundary Shop',
    'Unknown shape robot Sweeper',
  ]);
  assert.equal(await canvas(page).getAttribute('aria-label'), 'Diagram Selling, 9 elements');
  assert.equal(await canvas(page).getAttribute('aria-multiselectable'), 'true');
  assert.equal(await canvas(page).locator('[tabindex="0"]').count(), 1);
});

walk('one goes along the flows and between elements, and hears what happens', {}, async (page) => {
  await cell(page, 'Actor Buyer').focus();
  for (const name of ['Flow Order', 'Process Till', 'Flow Entry', 'Store Ledger']) {
    await press(page, ']');
    await at(page, name);
  }
  await press(page, ']');
  await said(page, 'No flow goes on from here');
  for (const name of ['Flow Entry', 'Process Till', 'Flow Order', 'Actor Buyer']) {
    await press(page, '[');
    await at(page, name);
  }
  await press(page, 'ArrowRight');
  await at(page, 'Process Till');
  await press(page, 'Space');
  await said(page, 'Selected');
  assert.equal(await cell(page, 'Process Till').getAttribute('aria-selected'), 'true');
  await press(page, 'Shift+ArrowRight');
  await said(page, 'Moved to 250, 140');
  await press(page, 'o');
  await said(page, 'Out of scope: Till');
  await press(page, 'Control+z');
  await said(page, 'Undone: Out of scope: Till');
  await press(page, 'Control+a');
  await said(page, '9 elements selected');
});

walk('the focus is never lost', {}, async (page) => {
  await cell(page, 'Process Till').focus();
  for (const keys of ['Control+k', 'Control+f', '?', 'f', 'Shift+F10', 'F2']) {
    await press(page, keys, 'Escape');
    await at(page, 'Process Till');
  }
  await press(page, 'Delete');
  await page.waitForFunction(() => document.activeElement.matches('[role=option]'));
  await press(page, 'Control+z');
  await cell(page, 'Process Till').waitFor();
  await press(page, 'Control+a', 'Delete');
  await canvas(page)
    .and(page.getByLabel(/no elements/))
    .waitFor();
  await press(page, 'Control+z', 'Tab');
  await cell(page, 'Process Till').focus();
  await press(page, 'Control+Enter');
  await (await tabTo(page, 'button', /A Low threat/)).press('Enter');
  await tabTo(page, 'button', 'Delete threat');
  await press(page, 'Enter');
  await press(page, 'Control+f');
  await type(page, 'Buyer', 'Enter');
  await at(page, 'Actor Buyer');
  await tabTo(page, 'button', 'Storing');
  await press(page, 'Enter');
  await tabTo(page, 'button', 'Remove diagram');
  await press(page, 'Enter');
  await assertFocus(page, page.getByRole('button', { name: 'Selling', exact: true }), 'the tab that is left');
});

walk('Tab goes through the whole page and out of it, in both directions', {}, async (page) => {
  for (const key of ['Tab', 'Shift+Tab']) {
    await page.getByRole('button', { name: 'Save', exact: true }).focus();
    const stops = [];
    for (let stop = 0; stop < 80; stop += 1) {
      await page.keyboard.press(key);
      const where = await page.evaluate(
        () => document.activeElement.getAttribute('role') ?? document.activeElement.tagName,
      );
      if (where === 'BODY') break;
      stops.push(where);
    }
    assert.ok(stops.length < 80, `${key} does not leave the page: ${stops.slice(-5)}`);
    if (key === 'Tab') assert.equal(stops.filter((role) => role === 'option').length, 9);
  }
});

walk('the outline edits the same data', {}, async (page) => {
  await cell(page, 'Process Till').focus();
  await press(page, 'Control+Shift+O');
  const row = (name) => page.getByRole('row', { name });
  await row('Till Process').press('F2');
  await assertFocus(page, page.getByRole('textbox', { name: 'Name', exact: true }), 'the name');
  await type(page, 'Counter', 'Enter');
  await assertFocus(page, row('Counter Process'), 'the row');
  await cell(page, 'Process Counter, 3 open threats, in Shop').waitFor();
  await cell(page, 'Flow Order from Buyer to Counter').waitFor();
  await press(page, 'Delete');
  await cell(page, 'Process Counter').waitFor({ state: 'detached' });
  await cell(page, 'Flow Order').waitFor({ state: 'detached' });
  await press(page, 'Control+z');
  await row('Counter Process').waitFor();
  await cell(page, 'Process Counter, 3 open threats, in Shop').waitFor();
});

walk('who wants less motion gets none', { reducedMotion: 'reduce' }, async (page) => {
  await cell(page, 'Process Till').focus();
  for (const keys of ['Control+k', 'Escape', 'Control+=', 'Shift+1', 'm', 'Alt+Enter']) {
    await press(page, keys);
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .flatMap(({ playState, effect, transitionProperty, animationName }) =>
          playState === 'finished' || effect.getTiming().duration < 1
            ? []
            : [`${transitionProperty ?? animationName}: ${effect.target.outerHTML.slice(0, 80)}`],
        ),
    );
    assert.deepEqual(moving, [], keys);
  }
});

/** Runs in the page: the controls that one sees and that are less than 24 pixels high or wide. */
function smallControls() {
  const all = [
    ...document.querySelectorAll('button, a, input, select, textarea, summary, [role=row], [role=separator]'),
  ];
  return all
    .map((element) =>
      element.matches('input[type=checkbox], input[type=radio]') ? (element.labels[0] ?? element) : element,
    )
    .filter((element) => element.checkVisibility() && !element.matches('.skip'))
    .map((element) => [element.getBoundingClientRect(), element])
    .filter(([{ width, height }]) => width < 24 || height < 24)
    .map(
      ([{ width, height }, element]) =>
        `${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 100)}`,
    );
}

for (const width of [1280, 320]) {
  walk(`no control is too small, ${width} px wide`, { viewport: { width, height: 700 } }, async (page) => {
    await cell(page, 'Process Till').focus();
    for (const keys of ['Alt+Enter', 'Control+Enter', 'Control+Shift+O', 'Control+k']) {
      await press(page, keys);
      assert.deepEqual(await page.evaluate(smallControls), [], keys);
      await cell(page, 'Process Till').focus();
    }
    await page.keyboard.press('Escape');
    await page.locator('summary', { hasText: 'View' }).click();
    assert.deepEqual(await page.evaluate(smallControls), [], 'View');
  });
}
