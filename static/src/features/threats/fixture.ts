/// A model with threats in two diagrams and several languages, for the tests of the table.
import { Editor } from '../../editor/editor.svelte.ts';
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';

export function threat(number: number | null, title: string, more: object = {}) {
  const words = { type: 'Spoofing', status: 'Open', severity: 'High', description: '', mitigation: '' };
  return { id: `t${number}`, title, ...words, number, modelType: 'STRIDE', score: '', ...more };
}

export function cell(id: string, shape: string, name: string, threats: object[], data: object = {}) {
  return {
    id,
    shape,
    zIndex: 0,
    position: { x: 0, y: 0 },
    size: { width: 100, height: 80 },
    data: { name, outOfScope: false, threats, ...data },
  };
}

export function diagram(id: number, title: string, diagramType: string, cells: object[]) {
  return { id, title, diagramType, thumbnail: '', version: '2.6.2', cells };
}

export function modelOf(...diagrams: object[]): string {
  const detail = { contributors: [], diagrams, diagramTop: 9, reviewer: '', threatTop: 20 };
  return JSON.stringify({ version: '2.6.2', summary: { title: 'Shop', id: 0 }, detail }, null, 2);
}

export const SHOP = modelOf(
  diagram(0, 'Paying', 'STRIDE', [
    cell('api', 'process', 'API', [
      threat(1, 'A stranger pays', { severity: 'Critical', score: '9' }),
      threat(2, 'Prices are changed', { type: 'Tampering', status: 'Mitigated', mitigation: 'Signed', score: '10' }),
      threat(10, 'Un autre paie', { type: "Usurpation d'identité", severity: 'Low' }),
    ]),
    cell('orders', 'store', 'Orders', [threat(4, 'Orders are read', { type: 'Information disclosure' })]),
    cell('bank', 'actor', 'Bank', [threat(3, 'The bank denies', { type: 'Repudiation', status: 'Perhaps' })], {
      outOfScope: true,
    }),
    cell('dmz', 'trust-boundary-box', 'DMZ', []),
  ]),
  diagram(1, 'Versand', 'Generisch', [
    cell('api', 'process', 'API', [threat(5, 'Parcels are followed', { type: 'Linkability', modelType: 'LINDDUN' })]),
  ]),
);

/** Its ids are new-1, new-2, …; time stands still. */
export function editorOf(text: string = SHOP): Editor {
  let count = 0;
  return new Editor(History.of(Document.parse(text)), 0, { newId: () => `new-${(count += 1)}`, now: () => 0 });
}
