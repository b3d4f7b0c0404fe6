import { describe, expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { COLOURS } from '../figure/paint.ts';
import { escaped, toSvg, type SvgOptions } from './svg.ts';

const place = { position: { x: 100, y: 200 }, size: { width: 150, height: 80 } };

function drawing(cells: readonly object[], options: SvgOptions = {}, title = 'Main') {
  const diagrams = [{ id: 0, title, description: 'How it works', cells }];
  const model = { summary: { title: 'Shop & co' }, detail: { diagrams } };
  const document = Document.parse(JSON.stringify(model));
  const [diagram] = document.diagrams;
  if (diagram === undefined) throw new Error('no diagram');
  return toSvg(document, diagram, options);
}

/** As XML readers read it: a text that is no XML fails the test. */
function parsed(svg: string): Element {
  const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(documentElement.tagName).toBe('svg');
  return documentElement;
}

const actor = { id: 'a', shape: 'actor', zIndex: 0, ...place, data: { name: 'Browser' } };

test('a half of a character is left out, as XML knows no way to write it', () => {
  expect(escaped('a\ud800b\u{1f600}')).toBe('ab\u{1f600}');
});

describe('a diagram as SVG', () => {
  test('has its size, a margin, its title and what it is of', () => {
    const svg = parsed(drawing([actor]));
    expect(svg.getAttribute('viewBox')).toBe('80 180 190 120');
    expect(svg.getAttribute('width')).toBe('190');
    expect(svg.querySelector('title')?.textContent).toBe('Main');
    expect(svg.querySelector('desc')?.textContent).toBe('Data-flow diagram of Shop & co. How it works');
  });

  test('can be larger than the diagram', () => {
    const svg = parsed(drawing([actor], { scale: 2 }));
    expect(svg.getAttribute('viewBox')).toBe('80 180 190 120');
    expect(svg.getAttribute('width')).toBe('380');
    expect(svg.getAttribute('height')).toBe('240');
  });

  test('of nothing is an empty page', () => {
    expect(parsed(drawing([])).getAttribute('viewBox')).toBe('-20 -20 440 340');
  });

  test('is light unless dark is asked for, in colours and not in variables', () => {
    const light = drawing([actor]);
    expect(light).toContain(`stroke="${COLOURS.light.ink}"`);
    expect(light).not.toContain('var(');
    expect(drawing([actor], { theme: 'dark' })).toContain(`stroke="${COLOURS.dark.ink}"`);
  });

  test('is drawn from back to front', () => {
    const back = { ...actor, id: 'b', zIndex: -1, data: { name: 'Back' } };
    const svg = drawing([actor, back]);
    expect(svg.indexOf('>Back<')).toBeLessThan(svg.indexOf('>Browser<'));
  });

  test('has badges when they are asked for', () => {
    const threats = [{ id: 't', status: 'Open', severity: 'High' }];
    const cell = { ...actor, data: { name: 'Browser', threats } };
    expect(drawing([cell])).not.toContain('1 open threat');
    const svg = parsed(drawing([cell], { badges: true }));
    expect(svg.querySelector('g:last-of-type > title')?.textContent).toBe('1 open threat, the gravest High');
    expect(svg.getAttribute('viewBox')).not.toBe('80 180 190 120');
  });

  test('has all text as text', () => {
    const name = '<script>alert(1)</script> & "quotes" \u0000\u001b\uffff \u{1f600}\nsecond';
    const svg = drawing([{ ...actor, data: { name } }], {}, '</title><script>');
    const root = parsed(svg);
    expect(root.querySelector('script')).toBeNull();
    expect(svg).not.toContain('<script');
    expect(svg).toContain('\u{1f600}');
    expect(svg).not.toMatch(/[\u0000-\u0008\u001b\uffff]/);
    expect(root.querySelector('title')?.textContent).toBe('</title><script>');
  });

  test('takes nothing from the file that would fetch, run or break out', () => {
    const attrs = { body: { stroke: 'url(http://x.example/a)', strokeDasharray: '4 3"/><script>' } };
    const cell = { ...actor, attrs, shape: 'actor', data: { outOfScope: true } };
    const svg = drawing([cell]);
    expect(svg).not.toMatch(/script|http:(?!\/\/www\.w3\.org\/2000\/svg)|href|style=/);
    parsed(svg);
  });
});
