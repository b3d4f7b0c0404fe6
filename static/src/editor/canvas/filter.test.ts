import { expect, test } from 'vitest';
import { isActive, matches, NO_FILTER, shownOf, typesIn, type Filter } from './filter.ts';
import { boundary, diagramOf, process, threat } from './fixture.ts';

const diagram = diagramOf(
  boundary('DMZ', 0, 0, 900, 900),
  process('calm', 0, 0),
  process('spoofed', 0, 0, { threats: [threat({ type: 'Spoofing', severity: 'Critical' })] }),
  process('mended', 0, 0, {
    outOfScope: true,
    threats: [threat({ type: 'Spoofing', status: 'Mitigated', severity: 'Low' }), threat({ type: 'Tampering' })],
  }),
  process('odd', 0, 0, { threats: [threat({ status: 'Perhaps', type: '' })] }),
);

function standOut(filter: Partial<Filter>): string[] {
  return diagram.cells.filter((cell) => matches(cell, { ...NO_FILTER, ...filter })).map((cell) => cell.id);
}

test('all stand out when nothing is asked', () => {
  expect(standOut({})).toEqual(['DMZ', 'calm', 'spoofed', 'mended', 'odd']);
  expect(isActive(NO_FILTER)).toBe(false);
});

test('boundaries stand out always: they hold no threats', () => {
  expect(standOut({ severities: new Set(['Critical'] as const) })).toEqual(['DMZ', 'spoofed']);
});

test('one threat must be all that is asked', () => {
  const spoofing = { types: new Set(['Spoofing']) };
  expect(standOut({ ...spoofing, severities: new Set(['High'] as const) })).toEqual(['DMZ']);
  expect(standOut({ ...spoofing, statuses: new Set(['Mitigated'] as const) })).toEqual(['DMZ', 'mended']);
});

test('open threats are asked for, unless a status is', () => {
  const spoofing = { types: new Set(['Spoofing']) };
  expect(standOut(spoofing)).toEqual(['DMZ', 'spoofed']);
  expect(standOut({ ...spoofing, statuses: new Set(['Open', 'Mitigated'] as const) })).toEqual([
    'DMZ',
    'spoofed',
    'mended',
  ]);
});

test('it is told how many stand out', () => {
  expect(shownOf(diagram.cells, { ...NO_FILTER, scope: 'out' })).toBe('1 of 4 shown');
});

test('a status that is no known word is none of those that are asked for', () => {
  expect(standOut({ statuses: new Set(['Open', 'Mitigated'] as const) })).toEqual(['DMZ', 'spoofed', 'mended']);
});

test('in scope and out of scope', () => {
  expect(standOut({ scope: 'out' })).toEqual(['DMZ', 'mended']);
  expect(standOut({ scope: 'in' })).toEqual(['DMZ', 'calm', 'spoofed', 'odd']);
  expect(isActive({ ...NO_FILTER, scope: 'in' })).toBe(true);
});

test('the categories that there are, each once', () => {
  expect(typesIn(diagram.cells)).toEqual(['Spoofing', 'Tampering']);
});
