/// Puts threats from the clipboard to elements of any diagram.
import { clipOf, NoClip } from '../../editor/commands/clip/clip.ts';
import { addition } from '../../editor/commands/clip/copies.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { calledAll } from '../../editor/gestures/words.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Target } from './rows.ts';

/** False when nothing was pasted: then it has been said why. */
export function pasteThreats(editor: Editor, text: string, targets: readonly Target[]): boolean {
  try {
    const clip = clipOf(text);
    if (clip.kind !== 'threats') throw new NoClip(t('threats.clip-of-elements'));
    const operations = targets.flatMap(({ diagram, cell }) =>
      clip.threats.map((threat) => addition(threat, diagram.id ?? 0, cell.id, editor.world.newId())),
    );
    const element = calledAll(targets.map(({ cell }) => cell));
    const step = t('threats.step-paste', { count: clip.threats.length, element });
    if (!editor.do(step, operations)) return false;
    editor.announce(t('threats.done', { step }));
    return true;
  } catch (thrown) {
    if (!(thrown instanceof NoClip)) throw thrown;
    editor.warn(thrown.message);
    return false;
  }
}
