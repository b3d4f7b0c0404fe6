import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../model/vocabulary.ts';
import { cellOf, diagramOf } from '../geometry/vectors.ts';
import { badgeOf } from './badge.ts';

const place = { position: { x: 100, y: 50 }, size: { width: 100, height: 100 } };
const threats = (...severities: string[]) =>
  severities.map((severity, index) => ({ id: `${index}`, status: 'Open', severity }));

function badge(cell: object) {
  const diagram = diagramOf([{ id: 'it', ...place, ...cell }]);
  return badgeOf(cellOf(diagram, 'it'), diagram);
}

describe('the badge of an element', () => {
  test('says how many threats are open, and how grave', () => {
    const found = badge({ shape: 'actor', data: { threats: threats('Low', 'High') } });
    expect(found?.words).toBe('2 open threats, the gravest High');
    const texts = found?.parts.flatMap((part) => (part.tag === 'text' ? part.lines : []));
    expect(texts?.map(({ text }) => text)).toEqual(['H', '2']);
  });

  test('of one whose severity is not decided', () => {
    const found = badge({ shape: 'actor', data: { threats: threats('TBD') } });
    expect(found?.words).toBe('1 open threat, severity not decided');
  });

  test('is on no element without open threats', () => {
    const closed = [{ id: '1', status: 'Mitigated', severity: 'High' }];
    expect(badge({ shape: 'actor', data: { threats: closed } })).toBeNull();
  });

  test('tells each severity by its own shape', () => {
    const shapes = SEVERITIES.map((severity) => {
      const found = badge({ shape: 'actor', data: { threats: threats(severity) } });
      const [path] = found?.parts.flatMap((part) => (part.tag === 'path' ? part : [])) ?? [];
      return `${path?.attributes['d']}`.split('L').length;
    });
    expect(shapes).toEqual([4, 1, 4, 3, 8]);
    const outlines = SEVERITIES.map((severity) =>
      JSON.stringify(badge({ shape: 'actor', data: { threats: threats(severity) } })?.parts[1]),
    );
    expect(new Set(outlines).size).toBe(SEVERITIES.length);
  });

  test.each(['Critical', 'High', 'Medium', 'TBD'])('its corners lie within it: %s', (severity) => {
    const found = badge({ shape: 'actor', data: { threats: threats(severity) } });
    const d = found?.parts[1]?.attributes['d'];
    const heights = `${d}`.split(/[ML]/).flatMap((place) => place.trim().split(' ').slice(1, 2));
    for (const y of heights.map(Number)) {
      expect(y).toBeGreaterThan(found?.box.y ?? 0);
      expect(y).toBeLessThan((found?.box.y ?? 0) + (found?.box.height ?? 0));
    }
  });

  const middleOf = (cell: object) => {
    const { box } = badge({ data: { name: '', threats: threats('High') }, ...cell }) ?? {};
    if (!box) throw new Error('it has a badge');
    return {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      right: box.x + box.width,
      bottom: box.y + box.height,
    };
  };

  test('is at the upper right, and leaves the corner itself to its handle', () => {
    const actor = middleOf({ shape: 'actor' });
    expect(actor.right).toBeCloseTo(192, 5);
    expect(actor.y).toBe(50);
    const process = middleOf({ shape: 'process' });
    expect(process.x).toBeCloseTo(185.355339, 5);
    expect(process.y).toBeCloseTo(64.644661, 5);
    const turned = middleOf({ shape: 'store', angle: 90 });
    expect(turned.x).toBeCloseTo(200, 5);
  });

  test.each(['actor', 'process', 'store'])('is above a small element whose name it would cover: %s', (shape) => {
    const small = { shape, size: { width: 60, height: 30 }, data: { name: 'Orders', threats: threats('High') } };
    expect(middleOf(small).bottom).toBe(48);
  });

  test('is above the label of a flow', () => {
    const ends = { source: { x: 0, y: 100 }, target: { x: 200, y: 100 } };
    const flow = { shape: 'flow', ...ends, labels: ['Name'], data: { threats: threats('High') } };
    const { box } = badge(flow) ?? {};
    expect(box && box.x + box.width / 2).toBeCloseTo(100, 5);
    expect(box && box.y + box.height).toBeCloseTo(88, 5);
  });
});
