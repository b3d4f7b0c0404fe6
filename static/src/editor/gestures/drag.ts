/// A drag: what happens between the moment a pressed pointer begins to move and its release.
import type { Point } from '../../model/views.ts';
import type { Gesture } from '../editor.svelte.ts';

/** The keys that change what a gesture does. */
export interface Keys {
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or the command key. */
  readonly ctrl: boolean;
}

/** Where the pointer is in the diagram. */
export interface Input extends Keys {
  readonly at: Point;
}

export interface Drag {
  move(input: Input): void;
  end(input: Input): void;
  cancel(): void;
  /** It moves the view itself: at the edge of the canvas that does not go on by itself. */
  readonly pans?: true;
}

/** A drag that is one gesture: what is done depends only on where the pointer is now. */
export function live(gesture: Gesture, to: (input: Input) => void): Drag {
  return {
    move: to,
    end: (input) => {
      to(input);
      gesture.finish();
    },
    cancel: () => gesture.cancel(),
  };
}

/** What is read of a pointer event: tests give it as plain data. */
export interface Press {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly button: number;
  readonly clientX: number;
  readonly clientY: number;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly target?: EventTarget | null;
  preventDefault?(): void;
}

export function keysOf(press: Pick<Press, 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>): Keys {
  return { shift: press.shiftKey, alt: press.altKey, ctrl: press.ctrlKey || press.metaKey };
}
