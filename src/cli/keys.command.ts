import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { KeyRetirement } from '../keys/key-retirement.service.js';
import { KeyRotation } from '../keys/key-rotation.service.js';
import { Keys } from '../keys/keys.service.js';
import type { ResealDto } from '../keys/keys.dto.js';
import { BY, type CliContext } from './context.js';

const LOOK_EVERY_MS = 1_000;

/** The keys that seal: from a new one to the end of an old one. */
export function register(keys: Command, context: CliContext): void {
  keys
    .command('list')
    .description('the keys of the ring by their ids, and those that were retired')
    .action(async () => {
      const { items } = await (await context.service(Keys)).list();
      context.show({ items }, () => items);
    });

  keys
    .command('rotate')
    .description('make a new key: into the file of the data directory, or to be put into the settings')
    .action(() => rotate(context));

  keys
    .command('reseal')
    .description(
      'bring everything over to the first key: the servers do it, beside callbacks; this shows how far they are',
    )
    .option('--no-wait', 'begin, and do not wait for the end')
    .option('--progress', 'only show how far it is')
    .action((options: { wait: boolean; progress?: boolean }) => reseal(context, options));

  keys
    .command('retire <id>')
    .description('end a key that nothing uses any more; then take it out of the ring')
    .option('--end-credentials', 'end sessions, invitations and recovery codes that may hang on it')
    .action(async (id: string, { endCredentials = false }: { endCredentials?: boolean }) => {
      context.print(await (await context.service(KeyRetirement)).retire(id, endCredentials, BY));
      context.note(`Take "${id}" out of the ring now, and restart the servers.`);
    });
}

async function rotate(context: CliContext): Promise<void> {
  const rotation = await context.service(KeyRotation);
  if (rotation.isKeptHere) {
    const { id } = await rotation.rotate(BY);
    context.print({ id, writtenTo: new LocalSecrets(context.config).keysFile });
    context.note('It seals once the server has started again. Then: rollcall keys reseal');
    return;
  }
  const { id, pair } = await rotation.propose();
  context.print({ id, key: pair });
  context.note(
    'Put it at the END of ROLLCALL_KEYS of every server and restart them; then move it to the FRONT and restart them again. ' +
      'One server alone takes it at the front at once. Keep it where the others are kept. Then: rollcall keys reseal',
  );
}

async function reseal(
  context: CliContext,
  { wait, progress: isLook = false }: { wait: boolean; progress?: boolean },
): Promise<void> {
  const keys = await context.service(Keys);
  let state = isLook ? await keys.progress() : await keys.reseal(BY);
  if (wait && !isLook) {
    await context.withProgress(async (progress) => {
      for (; state.state === 'running'; state = await keys.progress()) {
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
