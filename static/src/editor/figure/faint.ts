/// What is out of scope is drawn fainter, besides its dashes: on the page and in pictures alike.
import { paint } from './paint.ts';
import type { Figure, Part } from './parts.ts';

const OPACITY = 0.7;

export function faint(figure: Figure): Figure {
  return { ...figure, parts: figure.parts.map(faintPart) };
}

function faintPart(part: Part): Part {
  if (part.tag === 'text') return { ...part, fill: paint('ink-soft') };
  switch (part.role) {
    case 'outline':
    case 'line':
      return { ...part, attributes: { ...part.attributes, 'stroke-opacity': OPACITY } };
    case 'marker':
      return { ...part, attributes: { ...part.attributes, 'fill-opacity': OPACITY } };
    default:
      return part;
  }
}
