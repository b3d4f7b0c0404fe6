/// Markdown as a tree of what is shown of it. Only its lexer is another's: nothing becomes HTML, so that a text that
/// anyone may have written can do nothing but be read.
import { lexer, type Token, type Tokens } from 'marked';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly inside: readonly Inline[] }
  | { readonly kind: 'emphasis'; readonly inside: readonly Inline[] }
  | { readonly kind: 'struck'; readonly inside: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inside: readonly Inline[] }
  | { readonly kind: 'break' };

export type Align = 'start' | 'center' | 'end';

export interface Cell {
  readonly align: Align;
  readonly inside: readonly Inline[];
}

export interface Item {
  /** Whether it is done, for one of a list of tasks. */
  readonly checked: boolean | null;
  readonly inside: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph' | 'tight'; readonly inside: readonly Inline[] }
  /** `rank` is 1 for the outermost headings of the text, and no rank is left out below another. */
  | { readonly kind: 'heading'; readonly rank: number; readonly inside: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly inside: readonly Block[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' };

/** Longer texts are shown as they are written. */
const LENGTH_MAX = 20_000;
/** So deep quotes and lists may be in each other; what is deeper is shown as it is written. */
const DEPTH_MAX = 12;
const TOO_DEEP = /^(?:(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){13}|[ \t]{40,}(?:[-*+]|\d{1,9}[.)])[ \t])/m;
/** With more marks than anyone writes, the lexer takes long. */
const MARKS_MAX = 2_000;
const MARK = /[*_~[\]!<`]/g;
/** In what might be an address of mail, the lexer looks for its end from each letter anew. */
const TOO_LONG_WORD = /[a-zA-Z0-9.!#$%&'*+/=?_`{|}~-]{500}/;

export function markdownOf(text: string): readonly Block[] {
  if (isTooMuch(text)) return asWritten(text);
  try {
    return blocks(lexer(text, { gfm: true }), { ranks: [], depth: 0 });
  } catch (thrown) {
    // Deeper in itself than the lexer can follow.
    if (thrown instanceof RangeError) return asWritten(text);
    throw thrown;
  }
}

function isTooMuch(text: string): boolean {
  if (text.length > LENGTH_MAX || TOO_LONG_WORD.test(text)) return true;
  return TOO_DEEP.test(text) || (text.match(MARK) ?? []).length > MARKS_MAX;
}

function asWritten(text: string): readonly Block[] {
  return text.trim() === '' ? [] : [{ kind: 'paragraph', inside: [{ kind: 'text', text }] }];
}

/** Where one is in a text: the levels of the headings above, and how deep. */
interface Where {
  readonly ranks: number[];
  readonly depth: number;
}

function blocks(tokens: readonly Token[], where: Where): Block[] {
  return tokens.flatMap((token) => block(token, where));
}

function block(token: Token, where: Where): Block | readonly Block[] {
  const below = { ...where, depth: where.depth + 1 };
  if (below.depth > DEPTH_MAX) return asWritten(token.raw);
  switch (token.type) {
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    case 'heading':
      return { kind: 'heading', rank: rankOf((token as Tokens.Heading).depth, where.ranks), inside: inlines(token) };
    case 'paragraph':
      return { kind: 'paragraph', inside: inlines(token) };
    case 'text':
      return { kind: 'tight', inside: inlines(token) };
    case 'code':
      return { kind: 'code', text: (token as Tokens.Code).text };
    case 'blockquote':
      return { kind: 'quote', inside: blocks((token as Tokens.Blockquote).tokens, below) };
    case 'list':
      return list(token as Tokens.List, below);
    case 'table':
      return table(token as Tokens.Table);
    case 'hr':
      return { kind: 'rule' };
    default:
      return asWritten(token.raw);
  }
}

/** The rank of a heading among those above it. */
function rankOf(level: number, ranks: number[]): number {
  while ((ranks.at(-1) ?? 0) >= level) ranks.pop();
  ranks.push(level);
  return ranks.length;
}

function list({ ordered, start, items }: Tokens.List, where: Where): Block {
  return {
    kind: 'list',
    start: ordered ? Number(start) : null,
    items: items.map(({ task, checked, tokens }) => ({
      checked: task ? checked === true : null,
      inside: blocks(tokens, where),
    })),
  };
}

const ALIGNS: Readonly<Record<string, Align>> = { left: 'start', center: 'center', right: 'end' };

function table({ header, rows }: Tokens.Table): Block {
  const cell = ({ tokens, align }: Tokens.TableCell): Cell => ({
    align: ALIGNS[align ?? 'left'] ?? 'start',
    inside: tokens.flatMap(inline),
  });
  return { kind: 'table', head: header.map(cell), rows: rows.map((row) => row.map(cell)) };
}

function inlines(token: Token): readonly Inline[] {
  if ('tokens' in token && token.tokens) return token.tokens.flatMap(inline);
  return [{ kind: 'text', text: 'text' in token ? String(token.text) : token.raw }];
}

function inline(token: Token): Inline | readonly Inline[] {
  switch (token.type) {
    case 'strong':
      return { kind: 'strong', inside: inlines(token) };
    case 'em':
      return { kind: 'emphasis', inside: inlines(token) };
    case 'del':
      return { kind: 'struck', inside: inlines(token) };
    case 'codespan':
      return { kind: 'code', text: (token as Tokens.Codespan).text };
    case 'br':
      return { kind: 'break' };
    case 'link':
      return link(token, (token as Tokens.Link).href, inlines(token));
    case 'image': {
      const { href, text } = token as Tokens.Image;
      return link(token, href, [{ kind: 'text', text: text || href }]);
    }
    case 'escape':
      return { kind: 'text', text: (token as Tokens.Escape).text };
    case 'text':
      return inlines(token);
    case 'checkbox':
      return [];
    default:
      return { kind: 'text', text: token.raw };
  }
}

/** What leads elsewhere than to the web or to a person is shown as it is written. */
function link(token: Token, href: string, inside: readonly Inline[]): Inline {
  const isSafe = URL.canParse(href) && /^(https?|mailto):$/.test(new URL(href).protocol);
  return isSafe ? { kind: 'link', href, inside } : { kind: 'text', text: token.raw };
}
