import { readdirSync, readFileSync } from 'node:fs';
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** All files are parsed, however busy the machine is. In ms. */
const ALL_FILES = 60_000;

/** Attributes that people read or hear; and what our own components call such. */
const SPOKEN =
  /^(aria-label|aria-description|aria-roledescription|alt|title|placeholder|label|heading|what|words|text)$/;
/** Names, and what is no word in any language. */
const SAME_EVERYWHERE = new Set(['Wyvern', 'git', 'GitHub', 'GitLab', 'Bitbucket', 'JSON', 'SVG', 'PNG', 'ID']);

function isWords(text: string): boolean {
  return (text.match(/\p{L}{2,}/gu) ?? []).some((word) => !SAME_EVERYWHERE.has(word));
}

type Node = { type: string; name?: string; data?: string; value?: unknown };

function wordsIn(node: unknown, found: string[] = []): string[] {
  if (Array.isArray(node)) node.forEach((each) => wordsIn(each, found));
  else if (typeof node === 'object' && node !== null) {
    const { type, name, data, value } = node as Node;
    // What is typed on a keyboard or into a file is no sentence.
    if (name === 'code' || name === 'kbd' || name === 'style' || type === 'StyleDirective') return found;
    if (type === 'Text' && isWords(data ?? '')) found.push((data ?? '').trim());
    if (type === 'Attribute') {
      if (SPOKEN.test(name ?? '') && Array.isArray(value))
        wordsIn(
          value.filter((part: Node) => part.type === 'Text'),
          found,
        );
      else if (!Array.isArray(value)) wordsIn(value, found);
    } else
      Object.entries(node).forEach(
        ([key, each]) => key !== 'css' && key !== 'instance' && key !== 'module' && wordsIn(each, found),
      );
  }
  return found;
}

test(
  'no words are written in a component: they are messages',
  () => {
    const wrong = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.svelte'))
      .flatMap((path) => {
        const tree: AST.Root = parse(readFileSync(`src/${path}`, 'utf8'), { modern: true });
        return wordsIn(tree.fragment).map((words) => `${path}: ${words}`);
      });
    expect(wrong).toEqual([]);
  },
  ALL_FILES,
);

/** Sentences, and names of several words: what a person would read. */
const SENTENCE = /^\p{Lu}\p{L}*[,:]? \S/u;
/** Bugs are told to developers, fonts and headers to machines. */
const FOR_MACHINES = /^(Arial, |Content-|Base-)/;
/** Formats are called so in every language. */
const FORMATS = new Set(['Open Threat Model', 'Microsoft Threat Modeling Tool', 'Threat Dragon']);

/** The texts in a piece of code, without those of errors that nobody should meet. */
function textsIn(node: ts.Node): string[] {
  if (ts.isThrowStatement(node) && /^new (Range|Type)?Error\(/.test(node.expression?.getText() ?? '')) return [];
  const own = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? [node.text] : [];
  return [...own, ...node.getChildren().flatMap(textsIn)];
}

/** A file's code; of a component, that of its scripts. */
function codeOf(path: string): string {
  const text = readFileSync(`src/${path}`, 'utf8');
  if (!path.endsWith('.svelte')) return text;
  return [...text.matchAll(/<script[^>]*>([^]*?)<\/script>/g)].map(([, code]) => code).join('\n');
}

test(
  'no sentences are written in the code of editor and pages',
  () => {
    const wrong = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((path) => /^(App\.|(editor|features|ui)\/).*\.(ts|svelte)$/.test(path))
      .filter((path) => !/(\.test|\/testing|\/fixture)\.ts$/.test(path))
      .flatMap((path) => {
        const source = ts.createSourceFile(path, codeOf(path), ts.ScriptTarget.Latest, true);
        return textsIn(source)
          .filter((text) => SENTENCE.test(text) && !FOR_MACHINES.test(text) && !FORMATS.has(text))
          .map((text) => `${path}: ${text}`);
      });
    expect(wrong).toEqual([]);
  },
  ALL_FILES,
);
