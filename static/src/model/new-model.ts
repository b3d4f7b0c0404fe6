/// New threats, diagrams and models, with the members that the format's own editor writes, in its order.
import { type JsonValue } from './json/node.ts';

/** The version of the format that new files say they have. */
const VERSION = '2.6.2';

/** The number comes with the operation that adds it. */
export function newThreat(id: string, title: string, type: string, modelType: string) {
  return {
    id,
    title,
    status: 'Open',
    severity: 'TBD',
    type,
    description: '',
    mitigation: '',
    modelType,
    new: false,
    score: '',
  } satisfies JsonValue;
}

/** The methods that have a picture of their own. */
const PICTURED: ReadonlyMap<string, string> = new Map([
  ['CIA', 'cia'],
  ['CIADIE', 'die'],
  ['DIE', 'die'],
  ['EOP', 'eop'],
  ['LINDDUN', 'linddun'],
  ['PLOT4ai', 'plot4ai'],
  ['STRIDE', 'stride'],
]);

/** Where a diagram says that its picture is, as other editors show it. */
export function pictureOf(type: string): string {
  const picture = PICTURED.get(type);
  return `./public/content/images/thumbnail${picture === undefined ? '' : `.${picture}`}.jpg`;
}

/** The id comes with the operation that adds it. */
export function newDiagram(type: string, title: string): JsonValue {
  return {
    title,
    diagramType: type,
    placeholder: '',
    thumbnail: pictureOf(type),
    version: VERSION,
    cells: [],
  };
}

/** The text of a model without diagrams. */
export function newModel(title: string): string {
  const model = {
    version: VERSION,
    summary: { title, owner: '', description: '', id: 0 },
    detail: { contributors: [], diagrams: [], diagramTop: 0, reviewer: '', threatTop: 0 },
  };
  return JSON.stringify(model, null, 2);
}
