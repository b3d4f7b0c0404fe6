/// What a branch brings, as its page lists it: one kind of things after the other, and what is wrong with any.
import { library, rules, templates } from '../../api/library.ts';
import type { PackFault } from '../../api/suggestions.ts';
import type { Kept } from '../../model/library.ts';
import { told, type Offered } from '../templates/template.ts';
import { ownFirst } from './finding.ts';

export const TABS = ['rules', 'threats', 'mitigations', 'templates'] as const;
export type Tab = (typeof TABS)[number];

/** A rule, threat or mitigation, with what of it is known. */
export interface Brought extends Kept {
  readonly because?: string;
  readonly mitigation?: string;
  readonly severity?: string;
  readonly categories?: Readonly<Record<string, string>>;
}

export interface All extends Readonly<Record<Exclude<Tab, 'templates'>, readonly Brought[]>> {
  readonly templates: readonly Offered[];
  readonly faults: readonly PackFault[];
}

/** Each rule is in the library too: among the threats, those stand that are no rule. @throws {Problem} */
export async function brought(repository: string, branch: string, signal: AbortSignal): Promise<All> {
  const [ruled, kept, shaped] = await Promise.all([
    rules(repository, branch, signal),
    library(repository, branch, signal),
    templates(repository, branch, signal),
  ]);
  const ids = new Set(ruled.rules.map(({ id }) => id));
  return {
    rules: ownFirst(ruled.rules),
    threats: ownFirst(kept.threats.filter(({ id }) => !ids.has(id))),
    mitigations: ownFirst(kept.mitigations),
    templates: ownFirst(shaped.templates.map(told)),
    faults: once([...ruled.faults, ...kept.faults, ...shaped.faults]),
  };
}

/** What is wrong with a file that all of them read is told once. */
function once(faults: readonly PackFault[]): readonly PackFault[] {
  const known = new Map(faults.map((fault) => [JSON.stringify([fault.file, fault.line, fault.message]), fault]));
  return [...known.values()];
}

export interface Asked {
  readonly tab: Tab;
  readonly words: string;
  readonly source: string;
  readonly tag: string;
}

export function parseAsked(query: string): Asked {
  const given = new URLSearchParams(query);
  const said = (key: string) => given.get(key) ?? '';
  const tab = TABS.find((each) => each === said('tab')) ?? 'rules';
  return { tab, words: said('search'), source: said('source'), tag: said('tag') };
}

/** The query for an address, without what is at its default. */
export function printAsked({ tab, words, source, tag }: Asked): string {
  const members = { tab: tab === 'rules' ? '' : tab, search: words, source, tag };
  return new URLSearchParams(Object.entries(members).filter(([, value]) => value !== '')).toString();
}
