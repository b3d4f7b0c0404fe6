/// Templates as they are chosen among: those of a branch, and the examples that come with the app.
import { templateAnswer, type Template } from '../../api/library.ts';
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { at, isObject } from '../../model/json/node.ts';
import { JsonError, parse } from '../../model/json/parse.ts';
import { EXAMPLES, exampleText, type ExampleId } from '../browse/examples.ts';

/** What the ids of the examples begin with. */
export const BUILT_IN = 'built-in/';

/** A template; what is in it may not be known. */
export type Offered = Pick<Template, 'id' | 'kind' | 'origin' | 'name' | 'description' | 'tags'> & Partial<Template>;

/** The examples, for where no server can be asked. */
export function examples(): readonly Offered[] {
  return EXAMPLES.map((example) => told({ id: BUILT_IN + example, kind: 'model', origin: 'built-in', name: example }));
}

/** The same in the person's language where the app itself knows it. */
export function told(template: Omit<Offered, 'description' | 'tags'> & Partial<Offered>): Offered {
  const example = exampleOf(template.id);
  const of = { description: '', tags: [], ...template };
  return example
    ? { ...of, name: t(`browse.example-${example}`), description: t(`browse.example-${example}-note`) }
    : of;
}

function exampleOf(id: string): ExampleId | undefined {
  return EXAMPLES.find((example) => id === BUILT_IN + example);
}

/** The text of a template's model or diagram, as its file has it. @throws {Problem} */
export async function contentOf(repository: string, branch: string, id: string): Promise<string> {
  const example = exampleOf(id);
  return example ? exampleText(example) : contentIn(await templateAnswer(repository, branch, id));
}

/** What an answer holds. @throws {Problem} where the answer is another */
export function contentIn(answer: string): string {
  try {
    const content = at(parse(answer).root, 'data', 'content');
    if (isObject(content)) return content.raw;
  } catch (thrown) {
    if (!(thrown instanceof JsonError)) throw thrown;
  }
  throw new Problem(0, t('problems.not-understood'), t('problems.not-understood-detail'));
}
