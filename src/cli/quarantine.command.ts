import type { Command } from 'commander';
import { Quarantine } from '../inbox/quarantine.service.js';
import { Replays } from '../inbox/replays.service.js';
import { idOf } from './arguments.js';
import { withOptions } from './calls.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';
import { pick } from './format.js';
import { limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';
import {
  FILTER,
  type FilterOptions,
  FIX,
  type FixOptions,
  fixOf,
  REPLAY,
  replayItems,
  type ReplayOptions,
} from './replaying.js';

const STATES = ['open', 'replayed', 'discarded'] as const;

interface ListOptions extends FilterOptions, PageOptions {
  state: string;
}

/** Elements that could not be taken. */
export function register(quarantine: Command, context: CliContext): void {
  withPage(withOptions(quarantine.command('list'), FILTER))
    .description('elements in quarantine, newest first')
    .option('--state <state>', `${STATES.join(', ')} or all`, 'open')
    .action(async ({ cursor, ...options }: ListOptions) => {
      const page = { limit: limitOf(options), cursor, state: stateOf(options.state, STATES) };
      const query = { ...page, ...filterOf(options) };
      printPage(context, await (await context.service(Quarantine)).list(query), (item) =>
        pick(item, 'id', 'receivedAt', 'kind', 'applicantId', 'code', 'state', 'reason'),
      );
    });

  quarantine
    .command('show <id>')
    .description('one element as it was received, and why it was refused; this is recorded')
    .action(async (id: string) => {
      context.print(await (await context.service(Quarantine)).find(checked(id), OPERATOR));
    });

  withOptions(quarantine.command('fix <id>'), FIX)
    .description('patch an element and send it in again')
    .action(async (id: string, options: FixOptions) => {
      const quarantineId = checked(id);
      const body = await fixOf(options);
      context.print(await (await context.service(Replays)).fix(quarantineId, body, OPERATOR));
    });

  withOptions(quarantine.command('replay [ids...]'), REPLAY)
    .description('send elements in again as they are, oldest first; without --yes a dry run')
    .action((ids: string[], options: ReplayOptions) =>
      replayItems(
        context,
        async (body) => (await context.service(Replays)).replay(body, OPERATOR),
        ids.map(checked),
        { ...options, ...filterOf(options) },
      ),
    );

  quarantine
    .command('discard <id>')
    .description('put an element aside for good; it is kept')
    .requiredOption('--reason <text>', 'why; kept with the element')
    .action(async (id: string, { reason }: { reason: string }) => {
      if (reason.trim() === '') throw new UsageError('--reason must say something');
      context.print(await (await context.service(Quarantine)).discard(checked(id), reason, OPERATOR));
    });
}

function filterOf({ code, applicantId, receiptId }: FilterOptions): FilterOptions {
  return { code, applicantId, receiptId: receiptId && checked(receiptId) };
}

function checked(id: string): string {
  return idOf(id, 'rollcall quarantine list');
}
