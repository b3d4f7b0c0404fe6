/// What a new model is begun with, also as the address of the page that makes it says so.
import { EXAMPLES, type ExampleId } from './examples.ts';

export type Source =
  | { readonly kind: 'scratch'; readonly method: string }
  | { readonly kind: 'demo'; readonly example: ExampleId }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'file' };

/** `from=demo:shop` or `from=model:<name>`; whatever else is there means an empty model. */
export function sourceOf(query: string): Source {
  const from = new URLSearchParams(query).get('from') ?? '';
  const demo = EXAMPLES.find((example) => from === `demo:${example}`);
  if (demo) return { kind: 'demo', example: demo };
  const model = /^model:([^]+)$/.exec(from)?.[1];
  return model === undefined ? { kind: 'scratch', method: 'STRIDE' } : { kind: 'model', model };
}
