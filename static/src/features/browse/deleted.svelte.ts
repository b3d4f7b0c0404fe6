/// The models that somebody has just deleted, with their texts: so that each can be brought back as it was.
import { modelText } from '../../api/calls.ts';
import { createModel, deleteModel } from '../../api/models.ts';
import type { ModelAddress } from '../../routes.ts';

export interface Deleted {
  readonly at: ModelAddress;
  /** What was in its file. */
  readonly text: string;
}

class DeletedModels {
  #all: readonly Deleted[] = $state.raw([]);

  /** Those of a branch, in the order of deleting. */
  of(repository: string, branch: string): readonly Deleted[] {
    return this.#all.filter(({ at }) => at.repository === repository && at.branch === branch);
  }

  /** @throws {Problem} then nothing is deleted, as far as is known */
  async delete(at: ModelAddress): Promise<void> {
    const { text, version } = await modelText(at);
    await deleteModel(at, version);
    this.#all = [...this.#all, { at, text }];
  }

  /** Makes it again, with the very text that it had. @throws {Problem} */
  async restore(deleted: Deleted): Promise<void> {
    await createModel(deleted.at, deleted.text);
    this.forget(deleted);
  }

  forget(deleted: Deleted): void {
    this.#all = this.#all.filter((other) => other !== deleted);
  }

  /** Whoever leaves the page has seen what is gone. */
  forgetAll(): void {
    this.#all = [];
  }
}

export const deletedModels = new DeletedModels();
