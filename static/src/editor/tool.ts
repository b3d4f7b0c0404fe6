/// What a press on the canvas does.
import type { NewKind } from '../model/vocabulary.ts';

/** `select` and `hand`, or the kind that is drawn. */
export type Tool = 'select' | 'hand' | NewKind;
