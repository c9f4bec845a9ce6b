import type { Command } from 'commander';
import { RETRYABLE_STATES, UNFETCHED_STATES } from '../images/images.types.js';
import { LostImages } from '../images/lost-images.service.js';
import { MirrorControl } from '../images/mirror-control.service.js';
import { StoreMark } from '../images/store-mark.service.js';
import { wordsOf } from './arguments.js';
import { BY, type CliContext, UsageError } from './context.js';

/** The image mirror. */
export function register(images: Command, context: CliContext): void {
  images
    .command('status')
    .description('how many are wanted, fetched or missing, and what holds them up')
    .action(() => printStatus(context));

  images
    .command('retry')
    .description('ask eNROLL again for images: those that could not be fetched, or some of one applicant')
    .option(
      '--state <list>',
      `joined by commas: ${RETRYABLE_STATES.join(', ')}; the last only with --applicant-id`,
      UNFETCHED_STATES.join(','),
    )
    .option('--applicant, --applicant-id <id>', 'only of this applicant')
    .action(async ({ state, applicantId }: { state: string; applicantId?: string }) => {
      const states = wordsOf('state', state, RETRYABLE_STATES);
      if (states.includes('fetched') && applicantId === undefined) {
        throw new UsageError('--state fetched needs --applicant-id: without it, it would be every image');
      }
      const control = await context.service(MirrorControl);
      context.print({ retried: await control.retry(BY, { states, applicantId }) });
    });

  images
    .command('verify')
    .description('look for every stored image in the store, after a restore of database or store')
    .option('--repair', 'fetch the missing ones again')
    .action(({ repair = false }: { repair?: boolean }) => verify(context, repair));

  images
    .command('adopt')
    .description('use the configured store from now on, after it was emptied or replaced')
    .action(async () => {
      await (await context.service(StoreMark)).adopt(BY);
      await printStatus(context);
    });

  const verbs = {
    pause: 'fetch no more images until resumed, on every replica',
    resume: 'continue to fetch images',
  } as const;
  for (const [verb, description] of Object.entries(verbs) as [keyof typeof verbs, string][]) {
    images
      .command(verb)
      .description(description)
      .action(async () => {
        await (await context.service(MirrorControl)).setPaused(verb === 'pause', BY);
        await printStatus(context);
      });
  }
}

async function verify(context: CliContext, repair: boolean): Promise<void> {
  const images = await context.service(LostImages);
  const { storedImages: all } = await (await context.service(MirrorControl)).status();
  const check = await context.withProgress((progress) =>
    images.verify(repair ? BY : null, ({ stored, lost }) =>
      progress.show(Math.min(1, stored / Math.max(1, all)), stored, `${lost} lost`),
    ),
  );
  context.print(check);
  if (check.lost > 0 && !repair) {
    throw new Error(
      `${check.lost} stored images are not in the store: mount it, or fetch them again with --repair`,
    );
  }
}

async function printStatus(context: CliContext): Promise<void> {
  const { counts, ...status } = await (await context.service(MirrorControl)).status();
  context.show({ ...status, counts }, () => ({ ...counts, ...status }));
}
