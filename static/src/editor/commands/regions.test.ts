import { expect, test } from 'vitest';
import { editorOf } from './fixture.ts';
import { command } from './index.ts';

function page(): void {
  document.body.innerHTML = `
    <header data-region="header"><a id="home" href="#/"></a></header>
    <div data-region="toolbar"><button tabindex="-1"></button><button id="undo" tabindex="0"></button></div>
    <section data-region="shapes"><button disabled></button></section>
    <div data-region="canvas" tabindex="-1"></div>
    <aside data-region="details"><div tabindex="0"></div><button id="tab" aria-selected="true"></button></aside>
    <nav data-region="diagrams"><button></button><button id="shown" aria-current="true"></button></nav>`;
}

test('the keyboard goes from region to region, in a circle, past those that have no place for it', () => {
  page();
  const editor = editorOf([]);
  const go = (way: 'next' | 'previous') => {
    command(`region-${way}`).run(editor);
    return document.activeElement?.id;
  };
  expect([go('next'), go('next')]).toEqual(['home', 'undo']);
  go('next');
  expect(editor.recalls).toBe(1);
  document.querySelector<HTMLElement>('[data-region=canvas]')?.focus();
  expect([go('next'), go('next'), go('next')]).toEqual(['tab', 'shown', 'home']);
  expect(go('previous')).toBe('shown');
});
