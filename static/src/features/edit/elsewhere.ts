/// Saving a model where it is not kept yet: in a new branch, or under another name.
import { createBranch, createModel } from '../../api/models.ts';
import type { Person } from '../../api/session.svelte.ts';
import type { ModelAddress } from '../../routes.ts';
import type { Saved, Version } from './home.ts';
import { draftThere } from './moving.ts';
import { hasUnsaved } from './provider-drafts.ts';
import { ProviderHome } from './provider-home.ts';
import { noteMade, noteWhole } from './pull-request.ts';
import type { Work } from './work.svelte.ts';

/** A model that is made by its first save. */
class NewModelHome extends ProviderHome {
  override async save(text: string, _: Version, message?: string): Promise<Saved> {
    const { version } = await createModel(this.at, text, message);
    return { text, version, merged: false, notes: [], commit: '' };
  }
}

/** What is offered as the name of a new branch: letters, digits and signs that every host takes. */
export function branchNameFor(model: string, now: Date): string {
  const slug = model
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  return `threat-model/${slug === '' ? 'changes' : slug}-${now.toISOString().slice(0, 10)}`;
}

/** One wish to save in a new branch: where the branch is made but the save fails, the next try goes on from there. */
export class BranchSaving {
  readonly #work: Work;
  readonly #at: ModelAddress;
  readonly #person: Person;
  /** The branch that has been made. */
  #made = '';

  constructor(work: Work, at: ModelAddress, person: Person) {
    this.#work = work;
    this.#at = at;
    this.#person = person;
  }

  /** Gives where the model is then. @throws {Problem} */
  async save(branch: string, message: string): Promise<ModelAddress> {
    const at = { ...this.#at, branch };
    const isOther = branch !== this.#made && branch !== this.#at.branch;
    if (isOther && (await hasUnsaved(at, this.#person))) throw draftThere();
    if (branch !== this.#made) await createBranch(this.#at.repository, branch, this.#at.branch);
    this.#made = branch;
    noteMade(at, this.#at.branch);
    const home = new ProviderHome(at, this.#person);
    if (await this.#work.saveIn(home, message)) noteWhole(at);
    return home.at;
  }
}

/** Saves it as a model of that name. Gives where it is then. @throws {Problem} */
export async function saveAsModel(
  work: Work,
  at: ModelAddress,
  person: Person,
  model: string,
  message: string,
): Promise<ModelAddress> {
  const home = new NewModelHome({ ...at, model }, person);
  await work.saveIn(home, message);
  return home.at;
}
