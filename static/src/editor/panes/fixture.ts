/// A small model for the tests of the panes.
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { Editor } from '../editor.svelte.ts';

const element = (id: string, shape: string, name: string, x: number, y: number, data: object = {}) => ({
  id,
  shape,
  zIndex: 0,
  position: { x, y },
  size: { width: 100, height: 80 },
  data: { name, description: '', ...data },
});

const threat = (id: string, number: number, title: string, more: object = {}) => ({
  id,
  number,
  title,
  type: 'Spoofing',
  status: 'Open',
  severity: 'High',
  description: '',
  mitigation: '',
  ...more,
});

const flow = (id: string, name: string, source: object, target: object, data: object = {}) => ({
  id,
  shape: 'flow',
  zIndex: 10,
  source,
  target,
  labels: [{ attrs: { label: { text: name } }, position: 0.5 }],
  data: { name, protocol: 'HTTPS', isEncrypted: true, threats: [], ...data },
});

const boundary = (id: string, name: string, width: number) => ({
  ...element(id, 'trust-boundary-box', name, 0, 0),
  size: { width, height: width },
});

const MODEL = {
  version: '2.3.0',
  summary: { title: 'Shop' },
  detail: {
    diagramTop: 2,
    threatTop: 3,
    diagrams: [
      {
        id: 0,
        title: 'Paying',
        diagramType: 'STRIDE',
        thumbnail: './public/content/images/thumbnail.stride.jpg',
        cells: [
          boundary('outer', 'Data centre', 1000),
          boundary('inner', 'DMZ', 500),
          element('api', 'process', 'API', 10, 10, {
            isWebApplication: true,
            threats: [
              threat('t1', 1, 'A stranger pays', { severity: 'high', score: 7 }),
              threat('t2', 2, 'Ruse', { type: 'Usurpation', status: 'Perhaps' }),
            ],
          }),
          element('orders', 'store', 'Orders', 600, 10, {
            isEncrypted: true,
            owner: 'Ada',
            ['__proto__']: '<b>x</b>',
            threats: [],
          }),
          element('keys', 'store', 'Keys', 700, 200, {
            isEncrypted: false,
            outOfScope: true,
            reasonOutOfScope: 'Bought',
            threats: [],
          }),
          element('buyer', 'actor', 'Buyer', 2000.126, 10),
          flow('order', 'Order', { cell: 'buyer' }, { cell: 'api' }),
          flow('loose', '', { cell: 'api' }, { x: 5, y: 5 }),
          {
            id: 'line',
            shape: 'trust-broundary-curve',
            source: { x: 0, y: 0 },
            target: { x: 9, y: 9 },
            data: { name: 'Edge' },
          },
        ],
      },
      { id: 1, title: 'Shipping', diagramType: 'Générique', cells: [] },
    ],
  },
};

export interface Clock {
  time: number;
}

/** An editor of the first diagram; its ids are new-1, new-2, …; time stands still unless it is set. */
export function shopEditor(clock: Clock = { time: 0 }): Editor {
  let count = 0;
  const newId = () => `new-${(count += 1)}`;
  return new Editor(History.of(Document.parse(JSON.stringify(MODEL))), 0, { newId, now: () => clock.time });
}
