/// Models to begin with: an empty one, and one that is made of another.
import { applyAll } from '../../model/apply/apply.ts';
import { Document } from '../../model/document.ts';
import { newDiagram, newModel } from '../../model/new-model.ts';

/** A model with one diagram of the method, in which nothing is drawn. */
export function startedModel(title: string, method: string, diagramTitle: string): Document {
  return applyAll(Document.parse(newModel(title)), [{ type: 'addDiagram', diagram: newDiagram(method, diagramTitle) }]);
}

/**
 * The same model under another title. Ids stay as they are: they need be unique within one file only, merging and
 * comparing look at versions of one file, and a copy that keeps them can be compared with what it was made of.
 */
export function titled(document: Document, title: string): Document {
  return document.title === title
    ? document
    : applyAll(document, [{ type: 'setSummaryField', key: 'title', value: title }]);
}
