import { afterEach, expect, test } from 'vitest';
import { editorOf, node } from '../../editor/commands/fixture.ts';
import { settled, show, textOf } from '../../editor/panes/shown.ts';
import { messagesOf } from '../../i18n/testing.ts';
import { showMessages } from '../../i18n/translate.svelte.ts';
import BroughtRow from '../library/BroughtRow.svelte';
import { kept } from '../library/fixture.ts';
import { offersByRule, type Wording } from './offer.ts';
import OfferRow from './OfferRow.svelte';
import { suggestion } from './fixture.ts';

const speak = (tag: string) => showMessages(tag, messagesOf(tag), messagesOf('en'));

afterEach(() => speak('en'));

/** What says that it is English, texts and fields. */
const english = () =>
  [...document.querySelectorAll<HTMLInputElement>('[lang="en"]')]
    .filter((element) => element !== document.documentElement)
    .map((element) => element.value ?? textOf(element));

async function showOffer(origin: string, more: Partial<Wording> = {}) {
  const editor = editorOf([node('process', 'api', { x: 0, y: 0 })]);
  const [offer] = offersByRule(editor.document, [suggestion('api', 'w/a', { origin })]);
  if (!offer) throw new Error('nothing is offered');
  const nothing = () => undefined;
  show(OfferRow, {
    offer,
    wording: { ...offer.wording, ...more },
    chosen: false,
    choosable: true,
    changeable: true,
    ontoggle: nothing,
    onedit: nothing,
  });
  document.querySelector<HTMLElement>('[aria-expanded]')?.click();
  await settled();
}

test('a built-in rule is English on a page in another language, but for what somebody has written', async () => {
  speak('de');
  await showOffer('built-in', { description: 'Wer was tut.' });
  expect(english()).toEqual(['Title of w/a', 'It is so.', 'Title of w/a', 'What helps.']);
});

test('no team’s rule is, nor any on an English page', async () => {
  speak('de');
  await showOffer('.wyvern/rules/own.toml');
  speak('en');
  await showOffer('built-in');
  expect(english()).toEqual([]);
});

test('on the page of the library, too', async () => {
  speak('ja');
  show(BroughtRow, { of: kept('wyvern/sql', { origin: 'built-in' }) });
  show(BroughtRow, { of: kept('acme/forged') });
  const button = document.querySelector('[aria-expanded]');
  if (button instanceof HTMLElement) button.click();
  await settled();
  expect(english()).toEqual(['Title of wyvern/sql', 'Who does what.', 'What helps.']);
});
