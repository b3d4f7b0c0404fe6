/// Commands: bringing elements in line, spacing them evenly, making them the same size.
import type { Operation } from '../../model/operation.ts';
import type { CellView, Point } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { boxOf, union, type Box } from '../geometry/box.ts';
import { calledAll } from '../gestures/words.ts';
import { looseNodes } from './aim.ts';
import type { Command } from './command.ts';
import { shifted } from './shifted.ts';

/** How far an element goes to be in line with the box around all. */
type Align = (box: Box, all: Box) => Point;

const across = (x: number): Point => ({ x, y: 0 });
const down = (y: number): Point => ({ x: 0, y });

export const ARRANGING: readonly Command[] = [
  align('left', 'Align left edges', 'alt+shift+ArrowLeft', (box, all) => across(all.x - box.x)),
  align('centre', 'Align centres', 'alt+shift+C', (box, all) => across(all.x + all.width / 2 - box.x - box.width / 2)),
  align('right', 'Align right edges', 'alt+shift+ArrowRight', (box, all) =>
    across(all.x + all.width - box.x - box.width),
  ),
  align('top', 'Align top edges', 'alt+shift+ArrowUp', (box, all) => down(all.y - box.y)),
  align('middle', 'Align middles', 'alt+shift+M', (box, all) => down(all.y + all.height / 2 - box.y - box.height / 2)),
  align('bottom', 'Align bottom edges', 'alt+shift+ArrowDown', (box, all) =>
    down(all.y + all.height - box.y - box.height),
  ),
  distribute('across', 'Distribute across', 'alt+shift+H', 'x', 'width'),
  distribute('down', 'Distribute down', 'alt+shift+V', 'y', 'height'),
  resize('same-width', 'Same width', (box, model) => ({ ...box, width: model.width })),
  resize('same-height', 'Same height', (box, model) => ({ ...box, height: model.height })),
  resize('same-size', 'Same size', (box, model) => ({ ...box, width: model.width, height: model.height })),
];

type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

function align(edge: Edge, title: string, key: string, way: Align): Command {
  return {
    ...arrange(`align-${edge}`, title, 2),
    keys: [key],
    icon: `align-${edge}`,
    run: (editor) => {
      const all = union(boxes(editor).map(({ box }) => box));
      if (all)
        move(
          editor,
          title,
          boxes(editor).map(({ cell, box }) => [cell, way(box, all)]),
        );
    },
  };
}

/** The outermost stay; the gaps between all become the same. */
function distribute(
  id: 'across' | 'down',
  title: string,
  key: string,
  start: 'x' | 'y',
  length: 'width' | 'height',
): Command {
  return {
    ...arrange(`distribute-${id}`, title, 3),
    keys: [key],
    icon: `distribute-${id}`,
    run: (editor) => {
      const placed = boxes(editor).toSorted((a, b) => a.box[start] - b.box[start]);
      const all = union(placed.map(({ box }) => box));
      if (!all) return;
      const taken = placed.reduce((sum, { box }) => sum + box[length], 0);
      const gap = (all[length] - taken) / (placed.length - 1);
      let next = all[start];
      const moves = placed.map(({ cell, box }): [CellView, Point] => {
        const by = next - box[start];
        next += box[length] + gap;
        return [cell, start === 'x' ? across(by) : down(by)];
      });
      move(editor, title, moves);
    },
  };
}

/** As the one that was chosen first; each keeps its middle. */
function resize(
  id: 'same-width' | 'same-height' | 'same-size',
  title: string,
  sized: (box: Box, model: Box) => Box,
): Command {
  return {
    ...arrange(id, title, 2),
    icon: id,
    run: (editor) => {
      const placed = boxes(editor);
      const [chosen] = editor.selection.ids;
      const model = placed.find(({ cell }) => cell.id === chosen) ?? placed[0];
      if (!model) return;
      const operations = placed.flatMap(({ cell, box }) => resized(editor, cell, box, sized(box, model.box)));
      finish(editor, title, operations);
    },
  };
}

function resized(editor: Editor, cell: CellView, box: Box, { width, height }: Box): Operation[] {
  if (width === box.width && height === box.height) return [];
  const x = box.x + (box.width - width) / 2;
  const y = box.y + (box.height - height) / 2;
  return [{ type: 'resizeCell', diagram: editor.diagramId, cell: cell.id, x, y, width, height }];
}

function arrange(id: string, title: string, least: number): Omit<Command, 'run'> {
  return { id, title, group: 'Arrange', enabled: (editor) => boxes(editor).length >= least };
}

function boxes(editor: Editor): { cell: CellView; box: Box }[] {
  return looseNodes(editor).flatMap((cell) => {
    const box = boxOf(cell);
    return box ? [{ cell, box }] : [];
  });
}

function move(editor: Editor, title: string, moves: readonly (readonly [CellView, Point])[]): void {
  finish(editor, title, shifted(editor.diagram, new Map(moves)));
}

function finish(editor: Editor, title: string, operations: readonly Operation[]): void {
  const name = `${title}: ${calledAll(looseNodes(editor))}`;
  if (editor.do(name, operations)) editor.announce(name);
}
