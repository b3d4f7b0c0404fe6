/// What a new model is begun with, also as the address of the page that makes it says so.
import { BUILT_IN } from '../templates/template.ts';
import { EXAMPLES } from './examples.ts';

export type Source =
  | { readonly kind: 'scratch'; readonly method: string }
  /** Empty until one is chosen. */
  | { readonly kind: 'template'; readonly template: string }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'file' };

/**
 * `from=template:<id>`, `from=model:<name>`, or `from=demo:<example>` as addresses said before there were templates;
 * whatever else is there means an empty model.
 */
export function sourceOf(query: string): Source {
  const from = new URLSearchParams(query).get('from') ?? '';
  const demo = EXAMPLES.find((example) => from === `demo:${example}`);
  if (demo) return { kind: 'template', template: BUILT_IN + demo };
  const [, kind, name = ''] = /^(template|model):([^]+)$/.exec(from) ?? [];
  if (kind === 'template') return { kind, template: name };
  return kind === 'model' ? { kind, model: name } : { kind: 'scratch', method: 'STRIDE' };
}
