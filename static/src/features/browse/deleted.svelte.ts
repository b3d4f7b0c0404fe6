/// The models that somebody has just deleted, with their texts: so that each can be brought back as it was.
import { modelText } from '../../api/calls.ts';
import { createModel, deleteModel } from '../../api/models.ts';
import { Problem } from '../../api/problem.ts';
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
    try {
      await deleteModel(at, version);
    } catch (thrown) {
      if (!mayHaveHappened(Problem.of(thrown)) || !(await isGone(at))) throw thrown;
    }
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

/** Where the answer is lost, it is not known what has become of what was asked for. */
function mayHaveHappened({ status }: Problem): boolean {
  return status === 0 || status >= 500;
}

async function isGone(at: ModelAddress): Promise<boolean> {
  const found = await modelText(at).catch((thrown: unknown) => Problem.of(thrown));
  return found instanceof Problem && found.status === 404;
}

export const deletedModels = new DeletedModels();
