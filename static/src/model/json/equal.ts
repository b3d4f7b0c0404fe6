/// Whether two JSON values say the same, however they are spelled.
import { Container, Scalar, type Json, type Part } from './node.ts';

export function equal(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (one instanceof Scalar) return other instanceof Scalar && sameScalar(one, other);
  if (other instanceof Scalar || one.kind !== other.kind || one.parts.length !== other.parts.length) return false;
  if (one.kind === 'array') {
    return one.parts.every((part, index) => equal(part.value, (other.parts[index] ?? part).value));
  }
  return one.parts.every((part) => {
    const partner = other.member(part.key);
    return partner !== undefined && equal(part.value, partner.value);
  });
}

/** Whether two JSON values have the same text. What they share is not looked at. */
export function sameText(one: Json, other: Json): boolean {
  if (one === other) return true;
  if (one.length !== other.length || one.kind !== other.kind) return false;
  if (one instanceof Scalar || other instanceof Scalar) return one.raw === other.raw;
  if (one.parts.length !== other.parts.length || one.tail !== other.tail) return false;
  return one.parts.every((part, index) => {
    const partner = other.parts[index];
    return partner === part || (partner !== undefined && samePart(part, partner));
  });
}

function samePart(one: Part, other: Part): boolean {
  const isAround = one.before === other.before && one.spelling === other.spelling && one.after === other.after;
  return isAround && sameText(one.value, other.value);
}

function sameScalar(one: Scalar, other: Scalar): boolean {
  if (one.kind !== other.kind) return false;
  if (one.raw === other.raw) return true;
  if (one.kind === 'string') return one.text === other.text;
  // Numbers with more digits than a JavaScript number has are the same only when they are spelled so.
  return one.kind === 'number' && Number(one.raw) === Number(other.raw) && short(one.raw) && short(other.raw);
}

function short(raw: string): boolean {
  return Number.isFinite(Number(raw)) && raw.replace(/[eE].*|\D/g, '').replace(/^0+|0+$/g, '').length <= 15;
}

/** Whether a container is empty; everything else counts as full. */
export function isEmpty(node: Json): boolean {
  return node instanceof Container && node.parts.length === 0;
}
