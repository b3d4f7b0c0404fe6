/// All commands. Of those that share keys, the first that can be run is meant.
import { ARRANGING } from './arranging.ts';
import { CHANGING } from './changing.ts';
import { CLIPBOARD } from './clipboard.ts';
import type { Command, CommandId } from './command.ts';
import { DELETING } from './deleting.ts';
import { EXPORTING } from './exporting.ts';
import { FRAGMENTS } from './fragments.ts';
import { HISTORY } from './history.ts';
import { LAYOUT } from './layout.ts';
import { MENU } from './menu.ts';
import { MOVING } from './moving.ts';
import { NAVIGATING } from './navigating.ts';
import { ORDERING } from './ordering.ts';
import { REGION_KEYS } from './regions.ts';
import { SELECTING } from './selecting.ts';
import { SUGGESTING } from './suggesting.ts';
import { CREATIONS, TOOLS } from './tools.ts';
import { VIEWING } from './viewing.ts';

export const COMMANDS: readonly Command[] = [
  ...TOOLS,
  ...CREATIONS,
  ...HISTORY,
  ...CLIPBOARD,
  ...FRAGMENTS,
  ...DELETING,
  ...SELECTING,
  ...MOVING,
  ...NAVIGATING,
  ...REGION_KEYS,
  ...CHANGING,
  ...ARRANGING,
  ...ORDERING,
  ...LAYOUT,
  ...SUGGESTING,
  ...EXPORTING,
  ...VIEWING,
  ...MENU,
];

const BY_ID: ReadonlyMap<string, Command> = new Map(COMMANDS.map((command) => [command.id, command]));

/** The command of an id. @throws {RangeError} for an id that no command has */
export function command(id: CommandId): Command {
  const found = BY_ID.get(id);
  if (!found) throw new RangeError(`there is no command ${id}`);
  return found;
}

export function commands(...ids: readonly CommandId[]): Command[] {
  return ids.map(command);
}
