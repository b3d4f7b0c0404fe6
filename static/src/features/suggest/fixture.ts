/// For tests: what the server answers about rules.
import type { Suggestion } from '../../api/suggestions.ts';

export function suggestion(element: string, rule: string, more: Partial<Suggestion> = {}): Suggestion {
  return {
    rule,
    origin: 'built-in',
    diagram: 7,
    element,
    methodology: 'STRIDE',
    category: 'Tampering',
    title: `Title of ${rule}`,
    description: 'Who does what.',
    mitigation: 'What helps.',
    severity: 'High',
    because: 'It is so.',
    references: ['CWE-319'],
    state: 'new',
    reason: '',
    ...more,
  };
}
