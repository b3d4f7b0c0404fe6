/// Threats and mitigations that a team keeps to take from, and what a threat says of the one it was taken from.
import { asText, at } from './json/node.ts';
import type { ThreatView } from './views.ts';

/** What a library has of a threat or a mitigation, to find it by. */
export interface Kept {
  readonly id: string;
  /** `built-in`, the file of the repository, or that of another one: `acme/library@v1:.wyvern/library/x.toml`. */
  readonly origin: string;
  readonly title: string;
  readonly description: string;
  readonly references: readonly string[];
  readonly tags: readonly string[];
}

export interface KeptThreat extends Kept {
  /** Another one wherever title, description, mitigation or severity is another. */
  readonly version: string;
  readonly mitigation: string;
  readonly severity: string;
  /** By methodology. */
  readonly categories: Readonly<Record<string, string>>;
}

/** Which threat of a library a threat was taken from, in which version. */
export interface Taken {
  readonly id: string;
  readonly version: string;
}

const known = new WeakMap<ThreatView, Taken | null>();

/** Null for a threat that comes from no library. */
export function takenFrom(threat: ThreatView): Taken | null {
  let taken = known.get(threat);
  if (taken === undefined) {
    const id = asText(at(threat.node, 'wyvern', 'library')) ?? '';
    taken = id === '' ? null : { id, version: asText(at(threat.node, 'wyvern', 'version')) ?? '' };
    known.set(threat, taken);
  }
  return taken;
}

/** The ids of what a threat came from: of a rule, or of an entry of a library, which each rule is too. */
export function cameFrom(threat: ThreatView): readonly string[] {
  const ids = [asText(at(threat.node, 'wyvern', 'rule')) ?? '', takenFrom(threat)?.id ?? ''];
  return ids.filter((id) => id !== '');
}

/** The methodologies whose category a generic diagram takes, as with rules: the first that there is one of. */
const FOR_GENERIC = ['STRIDE', 'LINDDUN', 'PLOT4ai', 'CIA'] as const;

/** What a kept threat is by a methodology; undefined where it does not say. */
export function categoryBy(methodology: string, { categories }: Pick<KeptThreat, 'categories'>): string | undefined {
  const asked = methodology === 'Generic' ? FOR_GENERIC : [methodology];
  const found = asked.find((each) => Object.hasOwn(categories, each));
  return found === undefined ? undefined : categories[found];
}

/** What there is to take from, as far as that is known. */
export interface Supply {
  threat(id: string): KeptThreat | undefined;
}

/** The kept threat that a threat was taken from, when that has another version by now; null when it has not, or is gone. */
export function updateOf(threat: ThreatView, supply: Supply | null): KeptThreat | null {
  const taken = takenFrom(threat);
  const now = taken && supply?.threat(taken.id);
  return now && now.version !== taken.version ? now : null;
}
