/// The names of all messages, as English has them: `part.name`. A message that counts has a form for each kind of
/// number behind an underscore, and is named without it.
import type browse from './messages/en/browse.json';
import type canvas from './messages/en/canvas.json';
import type commands from './messages/en/commands.json';
import type edit from './messages/en/edit.json';
import type history from './messages/en/history.json';
import type library from './messages/en/library.json';
import type model from './messages/en/model.json';
import type panes from './messages/en/panes.json';
import type problems from './messages/en/problems.json';
import type signIn from './messages/en/sign-in.json';
import type suggest from './messages/en/suggest.json';
import type terms from './messages/en/terms.json';
import type threats from './messages/en/threats.json';
import type tour from './messages/en/tour.json';
import type ui from './messages/en/ui.json';

interface Parts {
  browse: typeof browse;
  canvas: typeof canvas;
  commands: typeof commands;
  edit: typeof edit;
  history: typeof history;
  library: typeof library;
  model: typeof model;
  panes: typeof panes;
  problems: typeof problems;
  'sign-in': typeof signIn;
  suggest: typeof suggest;
  terms: typeof terms;
  threats: typeof threats;
  tour: typeof tour;
  ui: typeof ui;
}

type WithoutForm<Name> = Name extends `${infer Base}_${'zero' | 'one' | 'other'}` ? Base : Name;

export type MessageKey = {
  [Part in keyof Parts]: `${Part}.${Extract<WithoutForm<keyof Parts[Part]>, string>}`;
}[keyof Parts];

/** What comes after the same beginning of keys: `Worded<'terms.kind-'>` are the kinds that have a name. */
export type Worded<Start extends string> = MessageKey extends infer Key
  ? Key extends `${Start}${infer Rest}`
    ? Rest
    : never
  : never;
