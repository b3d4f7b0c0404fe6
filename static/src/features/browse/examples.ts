/// The example models that come with the app.

export const EXAMPLES = ['shop', 'bank', 'pipeline'] as const;
export type ExampleId = (typeof EXAMPLES)[number];

/** Fetched when they are wanted, as the texts that they are. */
const files = import.meta.glob<string>('./examples/*.json', { query: '?raw', import: 'default' });

export async function exampleText(id: ExampleId): Promise<string> {
  const load = files[`./examples/${id}.json`];
  if (!load) throw new Error(`there is no example ${id}`);
  return load();
}
