import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { factsOf } from '../../model/facts.ts';
import { pointedAt, pointingAt } from '../edit/pointing.ts';
import { byKind, statisticsOf } from './statistics.ts';

function modelWith(...cells: object[]): Document {
  const diagrams = [{ id: 0, cells }, { id: 1 }];
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title: 'T' }, detail: { diagrams } }));
}

const threats = (...all: [status: string, severity: string, type: string][]) => ({
  data: { threats: all.map(([status, severity, type]) => ({ status, severity, type })) },
});

test('threats are counted by status, severity and type, each with those that are open', () => {
  const shop = { shape: 'process', ...threats(['Open', 'High', 'Tampering'], ['mitigated', 'HIGH', 'tampering']) };
  const book = { shape: 'store', ...threats(['N/A', 'TBA', ''], ['Geprüft', 'Critical', 'Spoofing']) };
  const found = statisticsOf(modelWith(shop, book));
  expect(found.threats).toEqual({ total: 4, open: 1 });
  expect(found.byStatus).toEqual([
    { of: 'Open', count: 1, open: 1 },
    { of: 'NotApplicable', count: 1, open: 0 },
    { of: 'Mitigated', count: 1, open: 0 },
    { of: null, count: 1, open: 0 },
  ]);
  expect(found.bySeverity).toEqual([
    { of: 'Critical', count: 1, open: 0 },
    { of: 'High', count: 2, open: 1 },
    { of: 'TBD', count: 1, open: 0 },
  ]);
  expect(found.byType.map(({ of, count, open }) => [of.toLowerCase(), count, open])).toEqual([
    ['tampering', 2, 1],
    ['', 1, 0],
    ['spoofing', 1, 0],
  ]);
});

test('elements are counted and listed by kind, whatever their order in the file', () => {
  const shapes = ['td-text-block', 'cloud', 'trust-broundary-curve', 'flow', 'store', 'process', 'actor', 'actor'];
  const model = modelWith(...shapes.map((shape) => ({ shape })));
  const kinds = ['actor', 'process', 'store', 'flow', 'boundary-curve', 'text', 'unknown-node'];
  expect(statisticsOf(model).byKind.map(({ of, count }) => [of, count])).toEqual(
    kinds.map((kind) => [kind, kind === 'actor' ? 2 : 1]),
  );
  const [diagram] = model.diagrams;
  expect(diagram && byKind(diagram).map(({ kind }) => kind)).toEqual(['actor', ...kinds]);
});

test('10,000 threats are counted', () => {
  const many = threats(
    ...Array.from({ length: 10_000 }, (_, at) => ['Open', 'Low', `Type ${at % 500}`] as const).map(
      ([status, severity, type]): [string, string, string] => [status, severity, type],
    ),
  );
  const found = statisticsOf(modelWith(many));
  expect([found.threats.open, found.byType.length, found.byType[0]?.count]).toEqual([10_000, 500, 20]);
});

test('what a model says about itself is read whatever its type', () => {
  const text =
    '{"version":"2.0","summary":{"title":"T","owner":[1]},"released_at":20261130,"detail":{"diagrams":[],"reviewer":null,"contributors":[7,{"name":"Ada"},{}]}}';
  const { contributors, ...facts } = factsOf(Document.parse(text));
  expect(facts).toEqual({
    title: 'T',
    owner: '',
    reviewer: '',
    description: '',
    releaseVersion: '',
    releasedAt: '20261130',
  });
  expect(contributors.map(({ name }) => name)).toEqual(['', 'Ada', '']);
});

test('an address points at a cell and its threat, whatever their ids', () => {
  expect(pointedAt(pointingAt('a&b=c d', 'é/#'))).toEqual({ cell: 'a&b=c d', threat: 'é/#' });
  expect(pointedAt(pointingAt('x'))).toEqual({ cell: 'x', threat: null });
  expect(pointedAt('sort=title')).toBeNull();
});
