/// Where a small window goes that speaks of something: beside it, within the browser's window.

/** In pixels of the browser's window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;
type Spot = Pick<Box, 'left' | 'top'>;

/** How far it keeps from what it speaks of, and from the edges. */
const GAP = 12;

/** To the right or left of what is tall, else below or above; where there is no room at all, at the lower edge. */
export function beside(thing: Box, size: Size, window: Size): Spot {
  const sides = [
    { left: thing.left + thing.width + GAP, top: thing.top + GAP },
    { left: thing.left - size.width - GAP, top: thing.top + GAP },
  ];
  const ends = [
    { left: thing.left, top: thing.top + thing.height + GAP },
    { left: thing.left, top: thing.top - size.height - GAP },
  ];
  const spots = thing.height > size.height ? [...sides, ...ends] : [...ends, ...sides];
  const found = spots.map((spot) => within(spot, size, window)).find((spot) => !overlap(spot, size, thing));
  return found ?? { left: within({ left: thing.left, top: 0 }, size, window).left, top: lowest(size, window) };
}

function within({ left, top }: Spot, size: Size, window: Size): Spot {
  return {
    left: Math.max(GAP, Math.min(left, window.width - size.width - GAP)),
    top: Math.max(GAP, Math.min(top, lowest(size, window))),
  };
}

function lowest(size: Size, window: Size): number {
  return window.height - size.height - GAP;
}

function overlap({ left, top }: Spot, size: Size, thing: Box): boolean {
  const apart =
    left >= thing.left + thing.width ||
    left + size.width <= thing.left ||
    top >= thing.top + thing.height ||
    top + size.height <= thing.top;
  return !apart;
}
