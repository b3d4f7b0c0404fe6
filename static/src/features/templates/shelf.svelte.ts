/// The templates of a branch: asked for when somebody wants them, and kept while the page is open.
import { templates, type Templates } from '../../api/library.ts';
import { Asking } from '../suggest/asking.svelte.ts';
import { told } from './template.ts';

const NOTHING: Templates = { templates: [], faults: [] };

export class TemplateShelf {
  readonly #asking: Asking<Templates>;
  #isAsked = false;
  readonly templates = $derived.by(() => this.#asking.answer.templates.map(told));

  constructor(repository: string, branch: string) {
    this.#asking = new Asking(NOTHING, (signal) => templates(repository, branch, signal));
  }

  get faults() {
    return this.#asking.answer.faults;
  }

  get busy(): boolean {
    return this.#asking.busy;
  }

  get problem() {
    return this.#asking.problem;
  }

  /** Asks unless that has been done; after a failure again. */
  async want(): Promise<void> {
    if (this.#isAsked && (this.busy || !this.problem)) return;
    this.#isAsked = true;
    await this.#asking.ask();
  }

  leave(): void {
    this.#asking.stop();
  }
}
