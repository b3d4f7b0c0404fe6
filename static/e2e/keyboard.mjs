/// What one does with the keyboard alone, and where the focus is meanwhile.
import assert from 'node:assert/strict';

/**
 * Runs in the page: whether one sees where the focus is, by a ring or by something else in its colour. A cell
 * of the drawing has its frame over all cells; a heading is no control.
 */
function focusShows() {
  const element = document.activeElement;
  if (element === document.body) return false;
  if (element.matches('h1')) return true;
  if (element.matches('[role=option][data-cell]'))
    return document.querySelector('.drawing :is(.focused, .rim)') !== null;
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.setProperty('color', 'var(--focus)');
  const { color } = getComputedStyle(probe);
  probe.remove();
  const { outlineStyle, outlineWidth, borderTopColor } = getComputedStyle(element);
  const isRinged = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return isRinged || borderTopColor === color || getComputedStyle(element, '::after').backgroundColor === color;
}

const here = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 300));

/** Presses keys; after each the focus comes to be on something, and is seen there. */
export async function press(page, ...keys) {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page
      .waitForFunction(focusShows, null, { timeout: 5000 })
      .catch(async () => assert.fail(`after ${key} the focus is not seen: ${await here(page)}`));
  }
}

export async function type(page, text, ...keys) {
  await page.keyboard.type(text);
  await press(page, ...keys);
}

/** Waits until an element has the focus. */
export async function assertFocus(page, target, what) {
  await target.waitFor();
  await target
    .evaluate(
      (element) =>
        new Promise((resolve, reject) => {
          const late = setTimeout(() => reject(new Error('the focus is elsewhere')), 5000);
          const look = () =>
            element === document.activeElement ? (clearTimeout(late), resolve()) : requestAnimationFrame(look);
          look();
        }),
    )
    .catch(async () => assert.fail(`${what} has not the focus, but ${await here(page)}`));
}

/** Presses Tab until an element with this role and name has the focus. */
export async function tabTo(page, role, name, key = 'Tab') {
  const target = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
  await target.waitFor();
  for (let stop = 0; stop < 80; stop += 1) {
    await press(page, key);
    if (await target.evaluate((element) => element === document.activeElement)) return target;
  }
  return assert.fail(`Tab does not lead to the ${role} ${name}`);
}
