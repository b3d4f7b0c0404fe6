/// What a finding or a change is about, as the server names it: the model when nothing is named, else a diagram, a
/// cell in it, or a threat to that cell.
import type { Schema } from './server.ts';

export type Subject = Schema<'Place'>;
