import { test } from 'vitest';
import { newEdge } from './model/new-cell.ts';
import { Document } from './model/document.ts';
import { crossings } from './editor/geometry/place.ts';
test('m', () => {
  const zig = (n: number, o: number) => Array.from({ length: n }, (_, i) => ({ x: (i % 2) * 100 + o, y: i }));
  for (const n of [100, 200, 400]) {
    const d = Document.parse(
      JSON.stringify({
        version: '2.6.2',
        summary: { title: 't' },
        detail: {
          contributors: [],
          diagrams: [
            {
              id: 0,
              title: 'd',
              cells: [
                newEdge('flow', 'f', 'f', { source: { x: 0, y: 0 }, target: { x: 9, y: n }, vertices: zig(n, 0) }),
                newEdge('boundary-curve', 'c', 'c', {
                  source: { x: 300, y: 0 },
                  target: { x: 300, y: n },
                  vertices: zig(n, 101),
                }),
              ],
            },
          ],
        },
      }),
    ).diagrams[0]!;
    const t0 = performance.now();
    const c = crossings(d.cell('f')!, d);
    console.log('CROSS', n, (performance.now() - t0).toFixed(0) + 'ms', c.length);
  }
});
