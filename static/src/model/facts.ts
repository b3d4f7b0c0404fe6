/// What a model says about itself, read where it stands.
import type { Document } from './document.ts';
import { asNumber, asText, at, get, items, type Json } from './json/node.ts';

export interface Contributor {
  readonly node: Json;
  readonly name: string;
}

export interface Facts {
  readonly title: string;
  readonly owner: string;
  readonly reviewer: string;
  readonly contributors: readonly Contributor[];
  /** Markdown. */
  readonly description: string;
  readonly releaseVersion: string;
  /** `YYYY-MM-DD`, or whatever else the file says. */
  readonly releasedAt: string;
}

export function factsOf({ root }: Document): Facts {
  return {
    title: words(at(root, 'summary', 'title')),
    owner: words(at(root, 'summary', 'owner')),
    reviewer: words(at(root, 'detail', 'reviewer')),
    contributors: items(at(root, 'detail', 'contributors')).map((node) => ({ node, name: words(get(node, 'name')) })),
    description: words(at(root, 'summary', 'description')),
    releaseVersion: words(get(root, 'release_version')),
    releasedAt: words(get(root, 'released_at')),
  };
}

/** A text; of a number, how it is written. */
function words(node: Json | undefined): string {
  return asText(node) ?? (node !== undefined && asNumber(node) !== undefined ? node.raw : '');
}
