/// Settling collisions: what one document has at the places is put there in another, or what both have.
import type { Conflict, Place } from '../../api/conflict.ts';
import { applyAll } from '../../model/apply/apply.ts';
import type { Document } from '../../model/document.ts';
import { equal } from '../../model/json/equal.ts';
import { append, remove, set, type Path } from '../../model/json/edit.ts';
import { asText, at, get, isArray, items, type Json } from '../../model/json/node.ts';
import { OperationError, type Operation } from '../../model/operation.ts';
import { isCellEnd, threatView, type CellView } from '../../model/views.ts';

/** The document with what `source` has at each of these places; where `source` has nothing it is taken away. */
export function settled(document: Document, source: Document, conflicts: readonly Conflict[]): Document {
  return conflicts.reduce((now, { place }) => (place ? put(now, source, place) : now), document);
}

function put(document: Document, source: Document, place: Place): Document {
  if (place.path.length === 0) {
    const isCell = place.cell !== null && place.threat === null;
    return isCell ? putCell(document, source, place) : putThing(document, source, place);
  }
  const [to, from] = [thingIn(document, place), thingIn(source, place)];
  if (!to || !from) return document;
  const path = uptoArray(from.node, place.path);
  const value = at(from.node, ...path);
  const operation = value && operationFor(place, value);
  if (operation) return done(document, operation);
  return edited(document, [...to.path, ...path], value);
}

/** The document with what both have at a place: one text after the other, or what is in either list. */
export function joined(document: Document, ours: Document, theirs: Document, { place }: Conflict, between: string) {
  const [to, mine, their] = [document, ours, theirs].map((each) => place && thingIn(each, place));
  if (!place || !to || !mine || !their) return document;
  const path = uptoArray(mine.node, place.path);
  const [one, other] = [at(their.node, ...path), at(mine.node, ...path)];
  if (isArray(one) && isArray(other)) {
    const more = items(other).filter((item) => !items(one).some((each) => equal(each, item)));
    const list = [...to.path, ...path];
    return more.reduce((now, item) => now.with(append(spot(now), list, item)), edited(document, list, one));
  }
  const texts = [asText(one), asText(other)].filter((text) => text !== undefined && text !== '');
  const value = texts.join(between);
  const operation = operationFor(place, value);
  return operation ? done(document, operation) : document.with(set(spot(document), [...to.path, ...path], value));
}

/** A cell comes and goes with the flows that end at it. */
function putCell(document: Document, source: Document, place: Place): Document {
  const [diagram, cell] = [place.diagram ?? -1, place.cell ?? ''];
  const flows = (of: Document) => (of.diagram(diagram)?.cells ?? []).filter((each) => endsAt(each, cell));
  if (!source.diagram(diagram)?.cell(cell)) {
    const left = flows(document).reduce((now, { id }) => putThing(now, source, { ...place, cell: id }), document);
    return putThing(left, source, place);
  }
  const missing = flows(source).filter(({ id }) => !document.diagram(diagram)?.cell(id));
  const there = putThing(document, source, place);
  return missing.reduce((now, { id }) => putThing(now, source, { ...place, cell: id }), there);
}

function endsAt({ source, target }: CellView, cell: string): boolean {
  return [source, target].some((end) => isCellEnd(end) && end.cell === cell);
}

/** The operation that sets a member together with what is drawn from it. */
function operationFor({ diagram, cell, threat, path }: Place, value: Json | string): Operation | null {
  const [first, key, ...deeper] = path;
  if (diagram === null || cell === null || first === undefined || deeper.length > 0) return null;
  if (threat !== null) {
    return key === undefined ? { type: 'setThreatField', diagram, cell, threat, key: first, value } : null;
  }
  if (first !== 'data' || key === undefined) return null;
  const name = typeof value === 'string' ? value : asText(value);
  if (key === 'name' && name !== undefined) return { type: 'nameCell', diagram, cell, name };
  return { type: 'setCellField', diagram, cell, key, value };
}

function done(document: Document, operation: Operation): Document {
  try {
    return applyAll(document, [operation]);
  } catch (thrown) {
    if (thrown instanceof OperationError) return document;
    throw thrown;
  }
}

/** A list is taken as a whole: its elements stand elsewhere in each document. */
function uptoArray(node: Json, path: readonly string[]): readonly string[] {
  const length = path.findIndex((_, index) => isArray(at(node, ...path.slice(0, index))));
  return length < 0 ? path : path.slice(0, length);
}

function putThing(document: Document, source: Document, place: Place): Document {
  const [to, from] = [thingIn(document, place), thingIn(source, place)];
  if (to) return edited(document, to.path, from?.node);
  const list = listOf(document, place);
  if (!list || !from) return document;
  return document.with(append(spot(document), list, from.node));
}

function edited(document: Document, path: Path, value: Json | undefined): Document {
  return document.with(value ? set(spot(document), path, value) : remove(spot(document), path));
}

function spot(document: Document) {
  return { layout: document.layout, node: document.root, place: '' };
}

interface Found {
  readonly node: Json;
  readonly path: Path;
}

/** The diagram, the cell or the threat that a place is in; the model when it names none. */
function thingIn(document: Document, { diagram, cell, threat }: Place): Found | null {
  let found: Found | null = { node: document.root, path: [] };
  if (diagram !== null) found = inList(found, ['detail', 'diagrams'], document.diagram(diagram)?.node);
  if (cell !== null) found = inList(found, ['cells'], document.diagram(diagram ?? -1)?.cell(cell)?.node);
  if (threat === null) return found;
  const list = ['data', 'threats'];
  return inList(
    found,
    list,
    items(at(found?.node, ...list)).find((node) => threatView(node).id === threat),
  );
}

/** The list that a place's thing belongs into. */
function listOf(document: Document, place: Place): Path | null {
  if (place.threat !== null) return below(thingIn(document, { ...place, threat: null }), ['data', 'threats']);
  if (place.cell !== null) return below(thingIn(document, { ...place, cell: null }), ['cells']);
  return place.diagram === null ? null : ['detail', 'diagrams'];
}

function below(found: Found | null, list: readonly string[]): Path | null {
  return found && [...found.path, ...list];
}

function inList(holder: Found | null, list: readonly string[], node: Json | undefined): Found | null {
  const index = node ? items(list.reduce<Json | undefined>(get, holder?.node)).indexOf(node) : -1;
  return holder && node && index >= 0 ? { node, path: [...holder.path, ...list, index] } : null;
}
