/// What is done to whole diagrams, by the tabs below the canvas and on the page about the model. Each is one step;
/// what can be refused gives false, or null, and then it has been said why.
import { t } from '../i18n/translate.svelte.ts';
import { METHODOLOGY_NAMES, methodologyOf } from '../model/categories.ts';
import { applyAll } from '../model/apply/apply.ts';
import { set } from '../model/json/edit.ts';
import { layoutOf } from '../model/json/layout.ts';
import { isObject, type Json } from '../model/json/node.ts';
import { newDiagram } from '../model/new-model.ts';
import { OperationError, type Operation } from '../model/operation.ts';
import type { DiagramView } from '../model/views.ts';
import { copies } from './commands/clip/copies.ts';
import type { Editor } from './editor.svelte.ts';
import { tabsOf, unusedTitle } from './panes/diagram-tabs.ts';
import { withType } from './panes/diagram-type.ts';

/** Puts an empty diagram behind the others, and gives its id. */
export function addDiagram(editor: Editor, type: string): number | null {
  const title = unusedTitle(tabsOf(editor.document), t('model.new-diagram'));
  const diagram = newDiagram(type, title);
  return editor.do(t('model.step-add', { title }), [{ type: 'addDiagram', diagram }]) ? lastId(editor) : null;
}

export function retitleDiagram(editor: Editor, diagram: number, title: string): boolean {
  return setField(editor, diagram, 'title', title, t('model.step-retitle'));
}

export function describeDiagram(editor: Editor, diagram: number, description: string): boolean {
  return setField(editor, diagram, 'description', description, t('model.step-describe'));
}

function setField(editor: Editor, diagram: number, key: string, value: string, name: string): boolean {
  return editor.do(name, [{ type: 'setDiagramField', diagram, key, value }], `diagram ${diagram} ${key}`);
}

/** Threats keep their types. A title that says the old methodology, as other editors give it, says the new one. */
export function retypeDiagram(editor: Editor, view: DiagramView, type: string): boolean {
  const diagram = view.id ?? 0;
  const title = retitled(view.title, view.type, type);
  const operations = withType(view, diagram, type);
  if (title !== view.title) operations.push({ type: 'setDiagramField', diagram, key: 'title', value: title });
  return editor.do(t('model.step-retype', { type: spoken(type) }), operations);
}

/** "New STRIDE diagram" is a title that nobody has chosen. */
function retitled(title: string, from: string, to: string): string {
  const [, named] = /^New (.+) diagram$/i.exec(title.trim()) ?? [];
  const old = [spoken(from), from].map((word) => word.toLowerCase());
  return named !== undefined && old.includes(named.toLowerCase()) ? `New ${spoken(to)} diagram` : title;
}

function spoken(type: string): string {
  const known = methodologyOf(type);
  return known === null ? type : METHODOLOGY_NAMES[known];
}

/** A copy behind the diagram, with ids and numbers of its own. Gives its id. */
export function duplicateDiagram(editor: Editor, view: DiagramView): number | null {
  const title = unusedTitle(tabsOf(editor.document), t('model.copy-of', { title: view.title.trim() }));
  const to = editor.document.diagrams.indexOf(view) + 1;
  return addCopy(editor, view, title, t('model.step-duplicate', { title: view.title }), to);
}

/** A diagram from elsewhere behind the others, with ids and numbers of its own. Gives its id. */
export function adoptDiagram(editor: Editor, view: DiagramView, name: string): number | null {
  const title = unusedTitle(tabsOf(editor.document), view.title.trim() || name);
  return addCopy(editor, view, title, t('model.step-add', { title }), editor.document.diagrams.length);
}

function addCopy(editor: Editor, view: DiagramView, title: string, step: string, to: number): number | null {
  const added: Operation = { type: 'addDiagram', diagram: emptied(view.node, title) };
  const copy = diagramAfter(editor, added);
  if (copy?.id == null) return null;
  const cells = view.cells.map(({ node }) => node).filter(isObject);
  const into = { cells, ends: [], by: { x: 0, y: 0 }, into: copy, newId: () => editor.world.newId() };
  const moved: Operation = { type: 'moveDiagram', diagram: copy.id, to };
  return editor.do(step, [added, ...copies(into).operations, moved]) ? copy.id : null;
}

/** A diagram of this title with nothing drawn in it, otherwise the same. */
function emptied(node: Json, title: string): Json {
  const layout = layoutOf(node);
  return set({ layout, node: set({ layout, node, place: null }, ['title'], title), place: null }, ['cells'], []);
}

/** The diagram that an operation would add. */
function diagramAfter(editor: Editor, added: Operation): DiagramView | undefined {
  try {
    return applyAll(editor.document, [added]).diagrams.at(-1);
  } catch (thrown) {
    if (!(thrown instanceof OperationError)) throw thrown;
    editor.warn(thrown.message);
    return undefined;
  }
}

/** Puts a diagram at another place among the others. */
export function moveDiagram(editor: Editor, view: DiagramView, to: number): boolean {
  const count = editor.document.diagrams.length;
  if (view.id === null || to < 0 || to >= count) return false;
  const title = view.title.trim() || t('model.untitled-diagram');
  if (!editor.do(t('model.step-move', { title }), [{ type: 'moveDiagram', diagram: view.id, to }])) return false;
  editor.announce(t('model.moved', { title, place: to + 1, of: count }));
  return true;
}

/** Takes a diagram away, and offers to get it back; `restored` is then done besides. */
export function removeDiagram(editor: Editor, view: DiagramView, restored: (diagram: number) => void): boolean {
  const { id: diagram } = view;
  const title = view.title.trim() || t('model.untitled-diagram');
  if (diagram === null || !editor.do(t('model.step-remove', { title }), [{ type: 'removeDiagram', diagram }])) {
    return false;
  }
  editor.tellDone(t('model.removed', { title }), () => restored(diagram));
  return true;
}

function lastId(editor: Editor): number | null {
  return editor.document.diagrams.at(-1)?.id ?? null;
}
