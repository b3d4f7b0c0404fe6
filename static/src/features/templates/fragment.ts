/// A diagram that a team keeps, read with the mistrust of a clip: it is put into a model.
import { clipOf, NoClip } from '../../editor/commands/clip/clip.ts';
import { putWhereFree } from '../../editor/commands/clip/paste.ts';
import { adoptDiagram } from '../../editor/diagrams.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { get, isObject, type Container, type Json } from '../../model/json/node.ts';
import { JsonError, parse } from '../../model/json/parse.ts';
import { diagramView } from '../../model/views.ts';
import { Unreadable } from '../edit/reading.ts';

interface Fragment {
  readonly node: Json;
  readonly cells: readonly Container[];
}

/** @throws {Unreadable} when it cannot be put into a diagram */
export function fragmentOf(text: string): Fragment {
  try {
    const { root: node } = parse(text);
    const clip = clipOf(`{"wyvern":"cells","cells":${get(node, 'cells')?.raw ?? '[]'}}`);
    if (isObject(node) && clip.kind === 'cells') return { node, cells: clip.cells };
  } catch (thrown) {
    if (!(thrown instanceof NoClip || thrown instanceof JsonError)) throw thrown;
  }
  throw new Unreadable(t('library.fragment-damaged'), '', t('library.fragment-advice'));
}

/** Puts it into the diagram that is shown, as one step. False when that is refused: then it has been said why. */
export function insertFragment(editor: Editor, { cells }: Fragment, name: string): boolean {
  return putWhereFree(editor, cells, t('library.step-insert', { name }));
}

/** Makes it one more diagram, as one step. Gives its id. */
export function adoptFragment(editor: Editor, { node }: Fragment, name: string): number | null {
  return adoptDiagram(editor, diagramView(node), name);
}
