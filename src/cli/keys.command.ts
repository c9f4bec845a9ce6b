import type { Command } from 'commander';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { KeyRetirement } from '../keys/key-retirement.service.js';
import { KeyRotation } from '../keys/key-rotation.service.js';
import { Keys } from '../keys/keys.service.js';
import { withOptions } from './calls.js';
import { BY, type CliContext } from './context.js';
import { RESEAL, reseal, type ResealOptions, RETIRE } from './resealing.js';

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

  withOptions(keys.command('reseal'), RESEAL)
    .description(
      'bring everything over to the first key: the servers do it, beside callbacks; this shows how far they are',
    )
    .action(async (options: ResealOptions) => {
      const ring = await context.service(Keys);
      await reseal(
        context,
        options,
        () => ring.reseal(BY),
        () => ring.progress(),
      );
    });

  withOptions(keys.command('retire <id>'), RETIRE)
    .description('end a key that nothing uses any more; then take it out of the ring')
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
