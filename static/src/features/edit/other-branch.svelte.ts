/// Doing in a new branch what one that takes no direct commits has refused: its name, and making it.
import { createBranch } from '../../api/models.ts';
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { ModelAddress } from '../../routes.ts';
import { branchFault, nameRefusal } from '../browse/names.ts';
import { branchNameFor } from './elsewhere.ts';
import { noteMade } from './pull-request.ts';
import { refusalOf } from './trouble.ts';

export class OtherBranch {
  /** What it is to be called; null until the branch of the model has turned out to be protected. */
  name: string | null = $state(null);
  #refusal = $state('');
  /** The one that has been made: where what follows fails, the next try goes on from it. */
  #made: string | null = null;
  /** What is wrong with the name; empty when nothing is. */
  readonly fault: string = $derived.by(() => {
    const fault = this.name === null ? null : branchFault(this.name);
    return fault ? t(fault) : this.#refusal;
  });

  /** Another name is being typed: what was said of the last one is not true any more. */
  retyped(): void {
    this.#refusal = '';
  }

  /** Whether the branch of the model takes no commits: then the person is asked for a name. */
  offers(problem: Problem, { model }: ModelAddress): boolean {
    if (this.name !== null || refusalOf(problem) === null) return false;
    this.name = branchNameFor(model, new Date());
    return true;
  }

  /** Where it is done; null where the name will not do. @throws {Problem} */
  async place(at: ModelAddress): Promise<ModelAddress | null> {
    const { name } = this;
    if (name === null) return at;
    if (this.fault !== '') return null;
    if (name !== this.#made && !(await this.#make(name, at))) return null;
    return { ...at, branch: name };
  }

  async #make(name: string, { provider, repository, branch }: ModelAddress): Promise<boolean> {
    try {
      await createBranch(repository, name, branch);
    } catch (thrown) {
      const problem = Problem.of(thrown);
      const why = nameRefusal(problem, 'browse.new-branch-taken');
      if (!why) throw problem;
      this.#refusal = t(why);
      return false;
    }
    this.#made = name;
    noteMade({ provider, repository, branch: name }, branch);
    return true;
  }
}
