import { expect, test } from 'vitest';
import { click, control, enter, show, textOf } from '../../editor/panes/shown.ts';
import Gallery from './Gallery.svelte';
import { examples, type Offered } from './template.ts';

const OWN: Offered = {
  id: '.wyvern/templates/api.json',
  kind: 'model',
  origin: '.wyvern/templates/api.json',
  name: 'Public API',
  description: 'Behind the gateway.',
  tags: ['api', 'gateway'],
  title: 'API of Acme',
  diagrams: 2,
  elements: 9,
  threats: 1,
};

const names = () => [...document.querySelectorAll('fieldset .name')].map(textOf);

test('the team’s own comes first, told with what is in it; one is found and chosen', async () => {
  const chosen: string[] = [];
  const templates = [...examples(), OWN];
  show(Gallery, { label: 'Template', templates, chosen: '', onchoose: ({ id }: Offered) => void chosen.push(id) });
  expect(names()).toEqual(['Public API', 'Web shop', 'Mobile banking', 'Build and release pipeline']);
  expect(textOf(document.querySelector('fieldset label'))).toBe(
    'Public API Behind the gateway. 2 diagrams, 1 threat api · gateway From .wyvern/templates/api.json',
  );
  await enter(control('Search'), 'acme');
  expect(names()).toEqual(['Public API']);
  const radio = document.querySelector<HTMLInputElement>('input[type=radio]');
  if (radio) await click(radio);
  expect(chosen).toEqual([OWN.id]);
  await enter(control('Search'), 'acme bank');
  expect([names(), textOf(document.querySelector('fieldset p'))]).toEqual([[], 'No template matches.']);
  await enter(control('Search'), '');
  await enter(control('Tag'), 'gateway');
  expect(names()).toEqual(['Public API']);
});

test('of a few one sees all without searching', () => {
  show(Gallery, { label: 'Template', templates: examples(), chosen: 'built-in/bank', onchoose: () => undefined });
  expect(document.querySelector('search')).toBeNull();
  expect(document.querySelector('label:has(:checked) .name')?.textContent).toBe('Mobile banking');
});
