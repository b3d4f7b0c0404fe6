/// What a person has decided about collisions. It stays while these are the same, whatever goes wrong meanwhile.
import { SvelteMap } from 'svelte/reactivity';
import type { Conflict } from '../../api/conflict.ts';
import type { Problem } from '../../api/problem.ts';
import { canBeBoth, canBeSettled, moreThanListed } from './collision.ts';
import type { Side } from './merge.ts';

/** Whose value counts at each of these places, and at those that are too many to be listed. */
export interface Choice {
  readonly conflicts: readonly Conflict[];
  readonly sides: readonly Side[];
  readonly rest: Side | null;
}

/** Where the places are kept that are not listed: no place is named like this. */
const REST = 'rest';

export class Decisions {
  /** The problem that was put aside, for a look at the drawing. */
  aside: Problem | null = $state.raw(null);
  readonly #sides = new SvelteMap<string, Side>();

  /** Whether the person is to decide about it now. */
  asks(problem: Problem | null): boolean {
    return problem !== null && problem !== this.aside && canBeSettled(problem);
  }

  /** What has been decided about these places, which are decided together; null while it has not. */
  sideOf(problem: Problem, conflicts: readonly Conflict[]): Side | null {
    const sides = new Set(conflicts.map((conflict) => this.#sides.get(nameOf(problem, conflict)) ?? null));
    return sides.size === 1 ? ([...sides][0] ?? null) : null;
  }

  choose(problem: Problem, conflicts: readonly Conflict[], side: Side): void {
    for (const conflict of conflicts) this.#sides.set(nameOf(problem, conflict), side);
  }

  /** Of the places that are not listed. */
  get rest(): Side | null {
    return this.#sides.get(REST) ?? null;
  }

  chooseRest(side: 'ours' | 'theirs'): void {
    this.#sides.set(REST, side);
  }

  /** The same side everywhere, or both where that goes. */
  chooseAll(problem: Problem, side: Side): void {
    const { conflicts } = problem;
    this.choose(problem, side === 'both' ? conflicts.filter(canBeBoth) : conflicts, side);
    if (side !== 'both') this.chooseRest(side);
  }

  /** What is to be saved, once all is decided. */
  choiceFor(problem: Problem): Choice | null {
    const { conflicts } = problem;
    const sides = conflicts.flatMap((conflict) => this.sideOf(problem, [conflict]) ?? []);
    const rest = moreThanListed(problem) > 0 ? this.rest : null;
    const isWhole = sides.length === conflicts.length && (moreThanListed(problem) === 0 || rest !== null);
    return isWhole ? { conflicts, sides, rest } : null;
  }

  /** It is settled. */
  forget(): void {
    this.#sides.clear();
  }
}

/** A place with all that a decision about it depends on: of values that are not told, the version stands for them. */
function nameOf({ version }: Problem, { place, field, trouble, ours, theirs, leftOut }: Conflict): string {
  return JSON.stringify([place, field, trouble, ours, theirs, leftOut.length > 0 ? version : '']);
}
