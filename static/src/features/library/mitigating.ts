/// A mitigation of a library in the text of a threat.
import type { Editor } from '../../editor/editor.svelte.ts';
import { calledThreat } from '../../editor/panes/threat.ts';
import type { ThreatPlace } from '../../editor/panel.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Kept } from '../../model/library.ts';
import type { ThreatView } from '../../model/views.ts';

export function threatAt(editor: Editor, { diagram, cell, threat }: ThreatPlace): ThreatView | undefined {
  return editor.document
    .diagram(diagram)
    ?.cell(cell)
    ?.threats.find(({ id }) => id === threat);
}

/** A text with a mitigation behind it, as a threat of a library tells its own: after an empty line. */
export function withMitigation(before: string, { title, description }: Pick<Kept, 'title' | 'description'>): string {
  const told = `${title}: ${description}`;
  return before.trim() === '' ? told : `${before.trimEnd()}\n\n${told}`;
}

/** Puts a mitigation behind the threat's own, as one step. False when that is refused: then it has been said why. */
export function mitigate(editor: Editor, place: ThreatPlace, mitigation: Kept): boolean {
  const threat = threatAt(editor, place);
  if (!threat) return false;
  const step = t('library.step-mitigate', { threat: calledThreat(threat) }).trim();
  const value = withMitigation(threat.mitigation, mitigation);
  return editor.do(step, [{ type: 'setThreatField', ...place, key: 'mitigation', value }]);
}
