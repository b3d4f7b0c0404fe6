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

  test.each([
    ['actor', { shape: 'actor' }, { x: 200, y: 50 }],
    ['process, on its circle', { shape: 'process' }, { x: 185.355339, y: 64.644661 }],
    ['turned store', { shape: 'store', angle: 90 }, { x: 200, y: 150 }],
  ])('is at the upper right: %s', (_, cell, corner) => {
    const { box } = badge({ ...cell, data: { threats: threats('High') } }) ?? {};
    expect(box && box.x + box.width / 2).toBeCloseTo(corner.x, 5);
    expect(box && box.y + box.height / 2).toBeCloseTo(corner.y, 5);
  });

  test('is above the label of a flow', () => {
    const ends = { source: { x: 0, y: 100 }, target: { x: 200, y: 100 } };
    const flow = { shape: 'flow', ...ends, labels: ['Name'], data: { threats: threats('High') } };
    const { box } = badge(flow) ?? {};
    expect(box && box.x + box.width / 2).toBeCloseTo(100, 5);
    expect(box && box.y + box.height).toBeCloseTo(88, 5);
  });
});
