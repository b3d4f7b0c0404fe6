/// Where what a rule refers to can be read.

/** By the start of a reference: the address of its page, of which `$1` is the number. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^CWE-(\d+)$/, 'https://cwe.mitre.org/data/definitions/$1.html'],
  [/^CAPEC-(\d+)$/, 'https://capec.mitre.org/data/definitions/$1.html'],
  [/^ATTACK-(T\d{4})$/, 'https://attack.mitre.org/techniques/$1/'],
  [/^ATTACK-(T\d{4})\.(\d{3})$/, 'https://attack.mitre.org/techniques/$1/$2/'],
  [/^ASVS-[\d.]+$/, 'https://owasp.org/www-project-application-security-verification-standard/'],
  [/^OAT-\d{3}$/, 'https://owasp.org/www-project-automated-threats-to-web-applications/'],
];

/** Null for what nothing is known of here. */
export function pageOf(reference: string): string | null {
  const found = PAGES.find(([form]) => form.test(reference));
  return found ? reference.replace(found[0], found[1]) : null;
}
