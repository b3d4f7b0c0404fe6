/// Commands: bringing elements in line, spacing them evenly, making them the same size.
import type { Operation } from '../../model/operation.ts';
import type { CellView, Point } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { boxOf, union, type Box } from '../geometry/box.ts';
import { calledAll } from '../gestures/words.ts';
import { looseNodes } from './aim.ts';
import { stepOf, type Command, type CommandId } from './command.ts';
import { shifted } from './shifted.ts';

/** How far an element goes to be in line with the box around all. */
type Align = (box: Box, all: Box) => Point;

const across = (x: number): Point => ({ x, y: 0 });
const down = (y: number): Point => ({ x: 0, y });

export const ARRANGING: readonly Command[] = [
  align('left', 'alt+shift+ArrowLeft', (box, all) => across(all.x - box.x)),
  align('centre', 'alt+shift+C', (box, all) => across(all.x + all.width / 2 - box.x - box.width / 2)),
  align('right', 'alt+shift+ArrowRight', (box, all) => across(all.x + all.width - box.x - box.width)),
  align('top', 'alt+shift+ArrowUp', (box, all) => down(all.y - box.y)),
  align('middle', 'alt+shift+M', (box, all) => down(all.y + all.height / 2 - box.y - box.height / 2)),
  align('bottom', 'alt+shift+ArrowDown', (box, all) => down(all.y + all.height - box.y - box.height)),
  distribute('across', 'alt+shift+H', 'x', 'width'),
  distribute('down', 'alt+shift+V', 'y', 'height'),
  resize('same-width', (box, model) => ({ ...box, width: model.width })),
  resize('same-height', (box, model) => ({ ...box, height: model.height })),
  resize('same-size', (box, model) => ({ ...box, width: model.width, height: model.height })),
];

type Edge = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom';

function align(edge: Edge, key: string, way: Align): Command {
  const id = `align-${edge}` as const;
  return {
    ...arrange(id, 2),
    keys: [key],
    icon: id,
    run: (editor) => {
      const all = union(boxes(editor).map(({ box }) => box));
      if (all)
        move(
          editor,
          id,
          boxes(editor).map(({ cell, box }) => [cell, way(box, all)]),
        );
    },
  };
}

/** The outermost stay; the gaps between all become the same. */
function distribute(way: 'across' | 'down', key: string, start: 'x' | 'y', length: 'width' | 'height'): Command {
  const id = `distribute-${way}` as const;
  return {
    ...arrange(id, 3),
    keys: [key],
    icon: id,
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
      move(editor, id, moves);
    },
  };
}

/** As the one that was chosen first; each keeps its middle. */
function resize(id: 'same-width' | 'same-height' | 'same-size', sized: (box: Box, model: Box) => Box): Command {
  return {
    ...arrange(id, 2),
    icon: id,
    run: (editor) => {
      const placed = boxes(editor);
      const [chosen] = editor.selection.ids;
      const model = placed.find(({ cell }) => cell.id === chosen) ?? placed[0];
      if (!model) return;
      const operations = placed.flatMap(({ cell, box }) => resized(editor, cell, box, sized(box, model.box)));
      finish(editor, id, operations);
    },
  };
}

function resized(editor: Editor, cell: CellView, box: Box, { width, height }: Box): Operation[] {
  if (width === box.width && height === box.height) return [];
  const x = box.x + (box.width - width) / 2;
  const y = box.y + (box.height - height) / 2;
  return [{ type: 'resizeCell', diagram: editor.diagramId, cell: cell.id, x, y, width, height }];
}

function arrange(id: CommandId, least: number): Omit<Command, 'run'> {
  return { id, group: 'arrange', enabled: (editor) => boxes(editor).length >= least };
}

function boxes(editor: Editor): { cell: CellView; box: Box }[] {
  return looseNodes(editor).flatMap((cell) => {
    const box = boxOf(cell);
    return box ? [{ cell, box }] : [];
  });
}

function move(editor: Editor, id: CommandId, moves: readonly (readonly [CellView, Point])[]): void {
  finish(editor, id, shifted(editor.diagram, new Map(moves)));
}

function finish(editor: Editor, id: CommandId, operations: readonly Operation[]): void {
  const name = stepOf({ id }, calledAll(looseNodes(editor)));
  if (editor.do(name, operations)) editor.announce(name);
}
