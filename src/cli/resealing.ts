import { setTimeout as sleep } from 'node:timers/promises';
import type { ResealDto } from '../keys/keys.dto.js';
import { option } from './calls.js';
import type { CliContext } from './context.js';

const LOOK_EVERY_MS = 1_000;

export const RESEAL = [
  option('--no-wait', 'begin, and do not wait for the end'),
  option('--progress', 'only show how far it is'),
];
export const RETIRE = [
  option('--end-credentials', 'end sessions, invitations and recovery codes that may hang on it'),
];

export interface ResealOptions {
  wait?: boolean;
  progress?: boolean;
}

/** Begins to re-seal, and shows how far that is. @throws where rows do not go over */
export async function reseal(
  context: CliContext,
  { wait, progress: isLook = false }: ResealOptions,
  begin: () => Promise<ResealDto>,
  look: () => Promise<ResealDto>,
): Promise<void> {
  let state = isLook ? await look() : await begin();
  if (wait && !isLook) {
    await context.withProgress(async (progress) => {
      for (; state.state === 'running'; state = await look()) {
        const [seen, total] = [sumOf(state, 'seen'), sumOf(state, 'total')];
        const waits =
          state.waitsForKeys.length > 0
            ? `, waits for servers that seal with ${state.waitsForKeys.join()}`
            : '';
        progress.show(seen / Math.max(1, total), seen, `${seen} of ${total} rows${waits}`);
        await sleep(LOOK_EVERY_MS);
      }
    });
  }
  context.show(state, () => state.places);
  const unopened = sumOf(state, 'unopened');
  if (unopened > 0)
    throw new Error(`${unopened} rows do not go over: rollcall --json keys reseal --progress names them`);
}

function sumOf({ places }: ResealDto, what: 'seen' | 'total' | 'unopened'): number {
  return places.reduce((sum, place) => sum + place[what], 0);
}
