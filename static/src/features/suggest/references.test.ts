import { expect, test } from 'vitest';
import { pageOf } from './references.ts';

test.each([
  ['CWE-319', 'https://cwe.mitre.org/data/definitions/319.html'],
  ['CAPEC-158', 'https://capec.mitre.org/data/definitions/158.html'],
  ['ATTACK-T1040', 'https://attack.mitre.org/techniques/T1040/'],
  ['ATTACK-T1110.003', 'https://attack.mitre.org/techniques/T1110/003/'],
  ['ASVS-12.2.1', 'https://owasp.org/www-project-application-security-verification-standard/'],
  ['OAT-011', 'https://owasp.org/www-project-automated-threats-to-web-applications/'],
  ['javascript:alert(1)', null],
  ['CWE-319/../x', null],
])('%s', (reference, page) => {
  expect(pageOf(reference)).toBe(page);
});
