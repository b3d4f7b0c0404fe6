/// A model as the file of a template, in the form that Threat Dragon has for it.
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { layoutOf } from '../../model/json/layout.ts';
import { parse } from '../../model/json/parse.ts';

export interface Metadata {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
}

/** The words between commas, each once. */
export function tagsOf(text: string): readonly string[] {
  const tags = text.split(/[,،、]/).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** The text of the template's file; of the model only the indentation is another. */
export function templateText({ id, name, description, tags }: Metadata, model: Document): string {
  const frame = { templateMetadata: { id, name, description, tags }, model: {} };
  const { root } = parse(JSON.stringify(frame, null, 2));
  return `${set({ layout: layoutOf(root), node: root, place: '' }, ['model'], model.root).raw}\n`;
}
