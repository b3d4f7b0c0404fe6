/// Commands: what an element is and how a flow runs.
import { t } from '../../i18n/translate.svelte.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView, Route } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { calledAll } from '../gestures/words.ts';
import { aimed, attended, choose, flows, isElement, isThreatened, loose, looseEdges } from './aim.ts';
import { stepOf, type Command } from './command.ts';

interface Change extends Omit<Command, 'group' | 'enabled' | 'run'> {
  /** What changes; the command is there when it is something. */
  readonly cells: (editor: Editor) => CellView[];
  /** What is done to each of them. */
  readonly edit: (at: { readonly diagram: number; readonly cell: string }) => Operation;
  /** What the step is called, when not by the title. */
  readonly step?: () => string;
}

function change({ cells, edit, step, ...command }: Change): Command {
  return {
    ...command,
    group: 'change',
    enabled: (editor) => cells(editor).length > 0,
    run: (editor) => {
      const changed = cells(editor);
      const operations = changed.map((cell) => edit({ diagram: editor.diagramId, cell: cell.id }));
      const what = calledAll(changed);
      const name = step ? t('commands.step', { command: step(), what }) : stepOf(command, what);
      if (editor.do(name, operations)) editor.announce(name);
    },
  };
}

/** A yes or no of `data`: yes for all, unless it is so for all. */
function toggle(
  key: string,
  command: Omit<Change, 'edit'> & { readonly id: 'bidirectional' | 'out-of-scope' },
): Command {
  const isOn = (editor: Editor) => {
    const cells = command.cells(editor);
    return cells.length > 0 && cells.every((cell) => cell.flag(key));
  };
  const set = (value: boolean, step?: () => string) =>
    change({ ...command, ...(step ? { step } : {}), edit: (at) => ({ type: 'setCellField', ...at, key, value }) });
  const [yes, no] = [set(true), set(false, () => t(`commands.off-${command.id}`))];
  return { ...yes, on: isOn, run: (editor) => (isOn(editor) ? no : yes).run(editor) };
}

function route(value: Route, key: string): Command {
  return change({
    id: `route-${value}`,
    keys: [key],
    icon: value,
    on: (editor) => looseEdges(editor).length > 0 && looseEdges(editor).every((cell) => cell.route === value),
    cells: looseEdges,
    edit: (at) => ({ type: 'setRoute', ...at, route: value }),
  });
}

/** Threats and all other data stay. */
function kind(shape: 'actor' | 'process' | 'store'): Command {
  return change({
    id: `kind-${shape}`,
    icon: shape,
    cells: (editor) => loose(editor).filter((cell) => isElement(cell) && cell.kind !== shape),
    edit: (at) => ({ type: 'setShape', ...at, shape }),
  });
}

/** The cell that the keyboard is at, though others may be selected; else the only one that is. */
function named(editor: Editor): CellView | null {
  const { selected } = editor;
  return attended(editor) ?? (selected.length === 1 ? (selected[0] ?? null) : null);
}

export const CHANGING: readonly Command[] = [
  {
    id: 'rename',
    group: 'change',
    keys: ['F2', 'Enter'],
    icon: 'rename',
    enabled: (editor) => named(editor) !== null,
    run: (editor) => {
      const cell = named(editor);
      if (!cell) return;
      choose(editor, [cell.id]);
      editor.naming = cell.id;
    },
  },
  toggle('isBidirectional', {
    id: 'bidirectional',
    keys: ['shift+R'],
    icon: 'bidirectional',
    cells: flows,
  }),
  toggle('outOfScope', {
    id: 'out-of-scope',
    keys: ['O'],
    icon: 'out-of-scope',
    cells: (editor) => aimed(editor).filter(isThreatened),
  }),
  change({
    id: 'reverse',
    keys: ['R'],
    icon: 'reverse',
    cells: (editor) => loose(editor).filter((cell) => cell.kind === 'flow'),
    edit: (at) => ({ type: 'reverseFlow', ...at }),
  }),
  route('smooth', '1'),
  route('straight', '2'),
  route('orthogonal', '3'),
  change({
    id: 'straighten',
    keys: ['X'],
    icon: 'straighten',
    cells: (editor) => looseEdges(editor).filter((cell) => cell.vertices.length > 0),
    edit: (at) => ({ type: 'setVertices', ...at, vertices: [] }),
  }),
  kind('process'),
  kind('store'),
  kind('actor'),
  change({
    id: 'lock',
    keys: ['mod+shift+L'],
    icon: 'lock',
    cells: loose,
    edit: (at) => ({ type: 'lockCell', ...at, locked: true }),
  }),
  change({
    id: 'unlock',
    keys: ['mod+shift+L'],
    icon: 'unlock',
    cells: (editor) => aimed(editor).filter((cell) => cell.locked),
    edit: (at) => ({ type: 'lockCell', ...at, locked: false }),
  }),
];
