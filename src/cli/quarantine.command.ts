import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ReplayFilter } from '../inbox/quarantine.dto.js';
import { Quarantine } from '../inbox/quarantine.service.js';
import { Replays } from '../inbox/replays.service.js';
import { idOf } from './arguments.js';
import { type CliContext, CommandError, OPERATOR, UsageError } from './context.js';
import { pick } from './format.js';
import { itemsOf, limitOf, type PageOptions, printPage, stateOf, withPage } from './pages.js';

const STATES = ['open', 'replayed', 'discarded'] as const;

interface FixOptions {
  patch?: string;
  patchFile?: string;
  note?: string;
  dryRun?: boolean;
}

interface ListOptions extends ReplayFilter, PageOptions {
  state: string;
}

interface ReplayOptions extends ReplayFilter {
  all?: boolean;
  yes?: boolean;
}

/** Elements that could not be taken. */
export function register(quarantine: Command, context: CliContext): void {
  withPage(withFilter(quarantine.command('list')))
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

  quarantine
    .command('fix <id>')
    .description('patch an element and send it in again')
    .option('--patch <json>', 'JSON merge patch (RFC 7396): values replace, null removes')
    .option('--patch-file <path>', 'the same, from a file')
    .option('--note <text>', 'why; kept with the element')
    .option('--dry-run', 'only say whether it would be taken')
    .action(async (id: string, { note, dryRun = false, ...options }: FixOptions) => {
      const quarantineId = checked(id);
      const patch = await patchOf(options);
      const replays = await context.service(Replays);
      context.print(await replays.fix(quarantineId, { patch, note, dryRun }, OPERATOR));
    });

  withFilter(quarantine.command('replay [ids...]'))
    .description('send elements in again as they are, oldest first; without --yes a dry run')
    .option('--all', 'all open elements')
    .option('--yes', 'do it')
    .action((ids: string[], options: ReplayOptions) => replayItems(context, ids.map(checked), options));

  quarantine
    .command('discard <id>')
    .description('put an element aside for good; it is kept')
    .requiredOption('--reason <text>', 'why; kept with the element')
    .action(async (id: string, { reason }: { reason: string }) => {
      if (reason.trim() === '') throw new UsageError('--reason must say something');
      context.print(await (await context.service(Quarantine)).discard(checked(id), reason, OPERATOR));
    });
}

function withFilter(command: Command): Command {
  return command
    .option('--code <code>', 'refused for this reason, e.g. APPLICANT_ID_MISSING')
    .option('--applicant-id <id>', 'of this applicant')
    .option('--receipt-id <id>', 'from this callback');
}

async function patchOf({ patch, patchFile }: FixOptions): Promise<object> {
  if ((patch === undefined) === (patchFile === undefined)) {
    throw new UsageError('Give either --patch or --patch-file');
  }
  const text = patch ?? (await readFile(patchFile ?? '', 'utf8'));
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // refused below: the parser's own message would repeat the text
  }
  throw new UsageError('The patch must be a JSON object, e.g. {"applicantId":"…","isUpdate":null}');
}

async function replayItems(context: CliContext, ids: string[], options: ReplayOptions): Promise<void> {
  const { all = false, yes = false } = options;
  const filter = filterOf(options);
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if ([ids.length > 0, isFiltered, all].filter(Boolean).length !== 1) {
    throw new UsageError('Name ids, or filter by --code, --applicant-id or --receipt-id, or say --all');
  }
  const replays = await context.service(Replays);
  const dryRun = !yes;
  const items = await itemsOf((cursor) =>
    replays.replay(ids.length > 0 ? { ids, dryRun } : { filter, dryRun, cursor }, OPERATOR),
  );
  const passing = items.filter((item) => item.passes).length;
  context.show({ dryRun, passing, failing: items.length - passing, items }, () => items);
  if (passing > 0) {
    const outcome = dryRun ? 'would be taken (dry run: add --yes to do it)' : 'were taken';
    return context.note(`${passing} ${outcome}, ${items.length - passing} still refused`);
  }
  // a failure: a script that replays must see that nothing was taken
  const verb = dryRun ? 'would be taken (dry run)' : 'was taken';
  const reason = items.length === 0 ? 'no open element is meant' : `${items.length} still refused`;
  throw new CommandError('NOTHING_TAKEN', `Nothing ${verb}: ${reason}`);
}

function filterOf({ code, applicantId, receiptId }: ReplayFilter): ReplayFilter {
  return { code, applicantId, receiptId: receiptId && checked(receiptId) };
}

function checked(id: string): string {
  return idOf(id, 'rollcall quarantine list');
}
