import type { Command } from 'commander';
import { RETRYABLE_STATES, UNFETCHED_STATES } from '../images/images.types.js';
import { LostImages } from '../images/lost-images.service.js';
import { MirrorControl } from '../images/mirror-control.service.js';
import { StoreMark } from '../images/store-mark.service.js';
import { BY, type CliContext, UsageError } from './context.js';
import { ProgressBar } from './progress.js';
import { wordsOf } from './words.js';

/** The image mirror. */
export function register(images: Command, context: CliContext): void {
  images
    .command('status')
    .description('how many are wanted, fetched, missing, and what holds them up')
    .action(() => printStatus(context));

  images
    .command('retry')
    .description('ask eNROLL again for images: those that are not fetched, or some of one applicant')
    .option(
      '--state <list>',
      `joined by commas: ${RETRYABLE_STATES.join(', ')}; the last with --applicant`,
      UNFETCHED_STATES.join(','),
    )
    .option('--applicant <id>', 'of this applicant alone')
    .action(async ({ state, applicant }: { state: string; applicant?: string }) => {
      const states = wordsOf('state', state, RETRYABLE_STATES);
      if (states.includes('fetched') && applicant === undefined) {
        throw new UsageError('--state fetched takes --applicant: of all of them it would be every image');
      }
      const control = await controlOf(context);
      const body = { states, ...(applicant !== undefined && { applicantId: applicant }) };
      context.print({ retried: await control.retry(BY, body) });
    });

  images
    .command('verify')
    .description('look for every stored image in the store, after a restore of either')
    .option('--repair', 'have those fetched again that are not there')
    .action(({ repair = false }: { repair?: boolean }) => verify(context, repair));

  images
    .command('adopt')
    .description('take the configured store for ours from now on, after it was emptied or left behind')
    .action(async () => {
      await (await context.service(StoreMark)).adopt(BY);
      await printStatus(context);
    });

  images
    .command('pause')
    .description('fetch no more images until resumed, on every replica')
    .action(async () => {
      await (await controlOf(context)).setPaused(true, BY);
      await printStatus(context);
    });

  images
    .command('resume')
    .description('go on fetching')
    .action(async () => {
      await (await controlOf(context)).setPaused(false, BY);
      await printStatus(context);
    });
}

async function verify(context: CliContext, repair: boolean): Promise<void> {
  const images = (await context.createApp()).get(LostImages, { strict: false });
  const { storedImages: all } = await (await controlOf(context)).status();
  const progress = new ProgressBar();
  const check = await images.verify(repair ? BY : null, ({ stored, lost }) => {
    if (!context.json) progress.show(Math.min(1, stored / Math.max(1, all)), stored, `${lost} lost`);
  });
  progress.clear();
  context.print(check);
  if (check.lost > 0 && !repair) {
    throw new Error(
      `${check.lost} stored images are not in the store: mount it, or have them fetched again by --repair`,
    );
  }
}

async function printStatus(context: CliContext): Promise<void> {
  const { counts, ...status } = await (await controlOf(context)).status();
  context.print(context.json ? { ...status, counts } : { ...counts, ...status });
}

async function controlOf(context: CliContext): Promise<MirrorControl> {
  return (await context.createApp()).get(MirrorControl, { strict: false });
}
