import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { ReplayFilter, ReplayItemDto } from '../inbox/quarantine.dto.js';
import { Quarantine } from '../inbox/quarantine.service.js';
import { Replays } from '../inbox/replays.service.js';
import { type CliContext, OPERATOR, UsageError } from './context.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MAX_LIMIT = 200;

interface FixOptions {
  patch?: string;
  patchFile?: string;
  note?: string;
  dryRun?: true;
}

interface ListOptions extends ReplayFilter {
  state: string;
  limit: string;
  cursor?: string;
}

interface ReplayOptions extends ReplayFilter {
  all?: true;
  yes?: true;
}

/** Elements that could not be taken. */
export function register(quarantine: Command, context: CliContext): void {
  withFilter(quarantine.command('list'))
    .description('what is in quarantine, newest first')
    .option('--state <state>', 'open, replayed, discarded or all', 'open')
    .option('--limit <n>', `at most so many, up to ${MAX_LIMIT}`, '50')
    .option('--cursor <cursor>', 'go on behind the list before')
    .action((options: ListOptions) => listItems(context, options));

  quarantine
    .command('show <id>')
    .description('one element as it was received, and why it was refused; the reading is recorded')
    .action(async (id: string) => {
      context.print(await (await context.service(Quarantine)).find(checked(id), OPERATOR));
    });

  quarantine
    .command('fix <id>')
    .description('patch an element and send it in')
    .option('--patch <json>', 'JSON merge patch (RFC 7396): values replace, null removes')
    .option('--patch-file <path>', 'the same, from a file')
    .option('--note <text>', 'why, for those who look later')
    .option('--dry-run', 'only say whether it would be taken')
    .action((id: string, options: FixOptions) => fixItem(context, checked(id), options));

  withFilter(quarantine.command('replay [ids...]'))
    .description('send elements in again as they are, oldest first; a dry run without --yes')
    .option('--all', 'all open ones')
    .option('--yes', 'do it')
    .action((ids: string[], options: ReplayOptions) => replayItems(context, ids.map(checked), options));

  quarantine
    .command('discard <id>')
    .description('put an element aside for good; it is kept')
    .requiredOption('--reason <text>', 'why, for those who look later')
    .action(async (id: string, { reason }: { reason: string }) => {
      if (reason.trim() === '') throw new UsageError('--reason must say something');
      context.print(await (await context.service(Quarantine)).discard(checked(id), reason, OPERATOR));
    });
}

function withFilter(command: Command): Command {
  return command
    .option('--code <code>', 'refused for that reason, e.g. APPLICANT_ID_MISSING')
    .option('--applicant-id <id>', 'of that applicant')
    .option('--receipt-id <id>', 'that came with that callback');
}

async function listItems(context: CliContext, options: ListOptions): Promise<void> {
  const { state, limit: text, cursor, code, applicantId, receiptId } = options;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new UsageError(`--limit is a number from 1 to ${MAX_LIMIT}`);
  }
  if (state !== 'open' && state !== 'replayed' && state !== 'discarded' && state !== 'all') {
    throw new UsageError('--state is open, replayed, discarded or all');
  }
  const filter = { code, applicantId, receiptId: receiptId && checked(receiptId) };
  const page = await (
    await context.service(Quarantine)
  ).list({ ...filter, limit, cursor, state: state === 'all' ? undefined : state });
  if (context.json) {
    context.print(page);
    return;
  }
  context.print(
    page.items.map(({ id, receivedAt, kind, applicantId: of, code: why, reason, state: now }) => ({
      id,
      receivedAt,
      kind,
      applicantId: of,
      code: why,
      state: now,
      reason,
    })),
  );
  if (page.nextCursor !== null) context.note(`More: --cursor ${page.nextCursor}`);
}

async function fixItem(context: CliContext, id: string, options: FixOptions): Promise<void> {
  const patch = await patchOf(options);
  const replays = await context.service(Replays);
  context.print(
    await replays.fix(id, { patch, note: options.note, dryRun: options.dryRun === true }, OPERATOR),
  );
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
    // said below: the parser's own message would repeat the text
  }
  throw new UsageError('The patch must be a JSON object, e.g. {"applicantId":"…","isUpdate":null}');
}

async function replayItems(context: CliContext, ids: string[], options: ReplayOptions): Promise<void> {
  const { all, yes, code, applicantId, receiptId } = options;
  const filter = { code, applicantId, receiptId: receiptId && checked(receiptId) };
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if ([ids.length > 0, isFiltered, all === true].filter(Boolean).length !== 1) {
    throw new UsageError('Name ids, or filter by --code, --applicant-id or --receipt-id, or say --all');
  }
  const replays = await context.service(Replays);
  const dryRun = yes !== true;
  const items: ReplayItemDto[] = [];
  let cursor: string | undefined;
  do {
    const answer = await replays.replay(
      ids.length > 0 ? { ids, dryRun } : { filter, dryRun, cursor },
      OPERATOR,
    );
    items.push(...answer.items);
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const passing = items.filter((item) => item.passes).length;
  context.print(context.json ? { dryRun, passing, failing: items.length - passing, items } : items);
  if (passing === 0) throw new NothingTaken(items.length, dryRun);
  const outcome = dryRun ? 'would be taken (dry run: add --yes to do it)' : 'were taken';
  context.note(`${passing} ${outcome}, ${items.length - passing} still refused`);
}

/** A script that replays must see that nothing came of it. */
class NothingTaken extends Error {
  readonly code = 'NOTHING_TAKEN';

  constructor(refused: number, dryRun: boolean) {
    const verb = dryRun ? 'would be taken (dry run)' : 'was taken';
    super(`Nothing ${verb}: ${refused === 0 ? 'no open element is meant' : `${refused} still refused`}`);
  }
}

function checked(id: string): string {
  if (!UUID.test(id)) throw new UsageError(`"${id}" is not an id; see: rollcall quarantine list`);
  return id.toLowerCase();
}
