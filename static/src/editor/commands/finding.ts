/// What can be found in a diagram: elements by what they are called, threats by what they say.
import { kindName } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { isCellEnd, type CellView, type DiagramView, type ThreatView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { boundariesAround } from '../geometry/place.ts';
import { canConnect } from '../gestures/ends.ts';
import { called, calledEnd } from '../gestures/words.ts';
import { readingOrder } from '../navigate/order.ts';
import { choose } from './aim.ts';
import { connect, connectToNew } from './creating.ts';
import type { Choice } from './matching.ts';
import { focus } from './navigating.ts';

/** All elements, in reading order; choosing one goes there. */
export function elementChoices(editor: Editor): Choice[] {
  return readingOrder(editor.diagram).map((cell) => ({
    id: `cell ${cell.id}`,
    title: fullName(cell),
    name: cell.name,
    remark: whereabouts(cell, editor.diagram),
    more: cell.description,
    choose: () => goTo(editor, cell),
  }));
}

/** All threats of the diagram; choosing one goes to its element and opens the threats there. */
export function threatChoices(editor: Editor): Choice[] {
  return readingOrder(editor.diagram).flatMap((cell) =>
    cell.threats.map((threat, index) => ({
      id: `threat ${cell.id} ${index}`,
      title: threatName(threat),
      name: threat.title,
      remark: t('commands.threat-to', { what: called(cell) }),
      more: [threat.type, threat.statusText, threat.severity, threat.description, threat.mitigation].join(' '),
      choose: () => {
        goTo(editor, cell);
        editor.openPane('threats', threat.id);
      },
    })),
  );
}

/** Where a flow from a cell can go: to all elements, also to itself, and to new ones. */
export function targetChoices(editor: Editor, from: CellView): Choice[] {
  const there = readingOrder(editor.diagram).filter(canConnect);
  const old = there.map((cell) => ({
    id: `cell ${cell.id}`,
    title: fullName(cell),
    name: cell.name,
    remark: targetRemark(from, cell, editor.diagram),
    choose: () => connect(editor, from, cell),
  }));
  const fresh = (['process', 'store', 'actor'] as const).map((kind) => ({
    id: `new ${kind}`,
    title: t(`commands.title-new-${kind}`),
    choose: () => connectToNew(editor, from, kind),
  }));
  const others = old.filter(({ id }) => id !== `cell ${from.id}`);
  return [...others, ...fresh, ...old.filter((choice) => !others.includes(choice))];
}

function targetRemark(from: CellView, to: CellView, diagram: DiagramView): string {
  if (from === to) return t('commands.back-to-itself');
  const isTied = diagram.cells.some(
    ({ source, target }) => isCellEnd(source) && isCellEnd(target) && source.cell === from.id && target.cell === to.id,
  );
  return [whereabouts(to, diagram), isTied ? t('commands.has-flow') : '']
    .filter((part) => part !== '')
    .reduce((said, more) => (said === '' ? more : t('canvas.said-more', { said, more })), '');
}

function goTo(editor: Editor, cell: CellView): void {
  choose(editor, [cell.id]);
  focus(editor, cell);
  editor.recall();
}

/** "in DMZ", "from Browser to API". */
function whereabouts(cell: CellView, diagram: DiagramView): string {
  if (cell.kind === 'flow') {
    return t('commands.from-to', { from: calledEnd(diagram, cell.source), to: calledEnd(diagram, cell.target) });
  }
  const [boundary] = cell.isEdge ? [] : boundariesAround(cell, diagram);
  return boundary ? t('canvas.in', { boundaries: called(boundary) }) : '';
}

/** "Process API gateway". */
function fullName(cell: CellView): string {
  const [kind, name] = [kindName(cell.kind), cell.name.replace(/\s+/g, ' ').trim()];
  return name === '' ? kind : t('canvas.name', { kind, name });
}

function threatName({ number, title }: ThreatView): string {
  return number === null ? title : t('commands.numbered-threat', { number: String(number), title });
}
