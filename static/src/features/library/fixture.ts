/// For tests: what the server answers about libraries.
import type { KeptThreat } from '../../model/library.ts';

/** An entry of the repository's own. */
export function kept(id: string, more: Partial<KeptThreat> = {}): KeptThreat {
  return {
    id,
    origin: '.wyvern/library/acme.toml',
    version: '0123456789ab',
    title: `Title of ${id}`,
    description: 'Who does what.',
    mitigation: 'What helps.',
    severity: 'High',
    references: ['CWE-345'],
    tags: ['webhook'],
    categories: { STRIDE: 'Tampering' },
    ...more,
  };
}
