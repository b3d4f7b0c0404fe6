/// A small diagram for tests.
import { Document } from '../../model/document.ts';
import type { DiagramView } from '../../model/views.ts';

export const threat = (fields: object = {}) => ({
  id: 't',
  title: 'A threat',
  status: 'Open',
  severity: 'High',
  type: 'Tampering',
  ...fields,
});

const node = (id: string, shape: string, x: number, y: number, data: object = {}) => ({
  id,
  shape,
  position: { x, y },
  size: { width: 100, height: 80 },
  data: { name: id, ...data },
});

export const process = (id: string, x: number, y: number, data?: object) => node(id, 'process', x, y, data);

export const boundary = (id: string, x: number, y: number, width: number, height: number) => ({
  ...node(id, 'trust-boundary-box', x, y),
  zIndex: -1,
  size: { width, height },
});

export const flow = (id: string, source: object, target: object, data: object = {}) => ({
  id,
  shape: 'flow',
  zIndex: 10,
  source,
  target,
  connector: 'smooth',
  labels: [{ attrs: { label: { text: id } }, position: 0.5 }],
  data: { name: id, ...data },
});

export function documentOf(...cells: object[]): Document {
  const diagrams = [{ id: 0, title: 'Checkout', diagramType: 'STRIDE', cells }];
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title: 'Shop' }, detail: { diagrams } }, null, 2));
}

export function diagramOf(...cells: object[]): DiagramView {
  const [diagram] = documentOf(...cells).diagrams;
  if (!diagram) throw new Error('the document has a diagram');
  return diagram;
}
