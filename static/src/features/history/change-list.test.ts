import '../../i18n/testing.ts';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import type { Change } from '../../api/history.ts';
import ChangeList from './ChangeList.svelte';

const MAIN = { id: 0, title: 'Main' };
const API = { id: 'api', name: 'API', kind: 'process' };
const SPOOF = { id: 't', number: 3, title: 'Spoofed token' };

let shown: ReturnType<typeof mount> | null = null;

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
});

function list(changes: readonly Change[], show?: (...place: unknown[]) => void) {
  shown = mount(ChangeList, { target: document.body, props: { changes, show } });
  flushSync();
  return shown as { reveal(diagram: number | null, cell: string): Promise<boolean> };
}

const words = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
const said = () => [...document.querySelectorAll('.said')].map(words);
const names = () => [...document.querySelectorAll('.name')].map(words);

function change(more: Partial<Change>): Change {
  return { subject: { diagram: MAIN, cell: API }, kind: 'changed', aspect: 'meaning', ...more };
}

test('sentences say what happened', () => {
  const threat = { diagram: MAIN, cell: API, threat: SPOOF };
  list([
    change({ kind: 'added', contents: { cells: 0, threats: 2 } }),
    change({ kind: 'removed', contents: { cells: 0, threats: 0 } }),
    change({ kind: 'moved', from: { diagram: { id: 1, title: 'Old' } } }),
    change({ kind: 'retyped', fields: [{ path: 'shape', before: 'process', after: 'store' }] }),
    change({ fields: [{ path: 'data/isEncrypted', after: true }] }),
    change({ fields: [{ path: 'source', before: { cell: 'x' }, after: { x: 1, y: 2 }, named_before: 'Buyer' }] }),
    change({ fields: [{ path: 'data/extra~1key', before: { a: 1 }, after: [null] }] }),
    change({ subject: threat, fields: [{ path: 'severity', before: 'Medium', after: 'High' }] }),
    change({ subject: threat, fields: [{ path: 'status', before: 'NotApplicable', after: 'Perhaps' }] }),
    change({ subject: threat, kind: 'added' }),
    change({ subject: threat, kind: 'moved', from: { diagram: MAIN, cell: { ...API, name: 'Shop' } } }),
    change({ subject: threat, fields: [{ path: '', cut: true }] }),
    change({ kind: 'moved', aspect: 'layout', fields: [{ path: 'position' }] }),
    change({ kind: 'reordered', aspect: 'layout', fields: [{ path: 'data/threats' }] }),
  ]);
  expect(said()).toEqual([
    'Added: 2 threats',
    'Removed',
    'Moved here from Old',
    'Kind: Process → Store',
    'Encrypted: nothing → yes',
    'Start: Buyer → open end',
    'data/extra~1key: {"a":1} → [null]',
    'Severity of threat #3 “Spoofed token”: Medium → High',
    'Status of threat #3 “Spoofed token”: Not applicable → Perhaps',
    'Threat #3 “Spoofed token” added',
    'Threat #3 “Spoofed token” moved here from Shop',
    'Other members of threat #3 “Spoofed token”: more has changed than is listed here',
    'Stands elsewhere in the diagram',
    'In another order: Threats',
  ]);
});

test('of long texts it is shown what is different in them', () => {
  const before = 'A stranger who has found the key can open the door at night and leave';
  list([change({ fields: [{ path: 'data/description', before, after: before.replace('night', 'noon') }] })]);
  expect([...document.querySelectorAll('.text :is(ins, del)')].map((each) => `${each.tagName} ${words(each)}`)).toEqual(
    ['DEL night', 'INS noon'],
  );
});

test('the drawing can be left out, and what is worked out is until it is asked for', () => {
  list([
    change({ fields: [{ path: 'data/name', before: 'A', after: 'API' }] }),
    change({ aspect: 'layout', fields: [{ path: 'size' }] }),
    change({ aspect: 'derived', fields: [{ path: 'data/hasOpenThreats' }] }),
  ]);
  expect(said()).toEqual(['Name: A → API', 'Drawn differently']);
  const [layout, derived] = document.querySelectorAll('input');
  layout?.click();
  derived?.click();
  flushSync();
  expect(said()).toEqual(['Name: A → API', 'Worked out anew: data/hasOpenThreats']);
});

test('things that are there lead to where they are drawn', () => {
  const places: unknown[] = [];
  list(
    [
      change({ subject: { diagram: MAIN, cell: API, threat: SPOOF }, kind: 'added' }),
      change({ subject: { diagram: MAIN, cell: { ...API, id: 'db' } }, kind: 'removed' }),
      change({ subject: {}, fields: [{ path: 'summary/owner' }] }),
    ],
    (...place) => places.push(place),
  );
  const buttons = [...document.querySelectorAll<HTMLElement>('button.show')];
  expect(buttons.map((each) => each.getAttribute('aria-label'))).toEqual(['API, show it in the diagram']);
  buttons[0]?.click();
  expect(places).toEqual([[0, 'api', 't']]);
});

test('strangers’ words stay words, and a long list is shown bit by bit', async () => {
  const hostile = '<img src=x onerror=alert(1)> {values} {field}';
  const many = Array.from({ length: 10_000 }, (_, index) =>
    change({
      subject: { diagram: { id: 0, title: hostile }, cell: { id: `c${index}`, name: hostile, kind: hostile } },
      fields: [{ path: '__proto__', before: hostile, after: '\u202E' }],
    }),
  );
  const { reveal } = list(many);
  expect(document.querySelector('img')).toBeNull();
  expect(said()).toHaveLength(100);
  expect(said()[0]).toBe(`__proto__: ${hostile} → \u202E`);
  expect(names()[0]).toBe(`${hostile} ${hostile}`);
  expect(await reveal(0, 'c150')).toBe(true);
  flushSync();
  expect(document.activeElement?.getAttribute('data-thing')).toBe('150');
  expect(said()).toHaveLength(151);
  expect(await reveal(1, 'c150')).toBe(false);
}, 30_000);

test('that nothing is different is said', () => {
  list([]);
  expect(words(document.body)).toContain('Nothing is different.');
});
