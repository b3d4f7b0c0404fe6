/// The world of a real browser, for the editor and for the work on a model.
import type { World } from '../../editor/editor.svelte.ts';
import { mergedByServer, type Merge } from './merging.ts';

/** What the work on a model needs of the world. */
export interface WorkWorld extends World {
  readonly merge: Merge;
}

export const world: WorkWorld = { newId, now: Date.now, merge: mergedByServer };

/** A random UUID. The browser's own maker of them works only at https addresses. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = '89ab'[(bytes[8] ?? 0) & 3] ?? '8';
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}
