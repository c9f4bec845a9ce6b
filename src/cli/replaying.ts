import { readFile } from 'node:fs/promises';
import type { ReplayBody, ReplayDto } from '../inbox/quarantine.dto.js';
import { OF_APPLICANT, option } from './calls.js';
import type { CliContext } from './context.js';
import { CommandError, UsageError } from './faults.js';
import { itemsOf } from './pages.js';

/** What elements are meant. */
export const FILTER = [
  option('--code <code>', 'refused for this reason, e.g. APPLICANT_ID_MISSING'),
  OF_APPLICANT,
  option('--receipt-id <id>', 'from this callback'),
];
export const FIX = [
  option('--patch <json>', 'JSON merge patch (RFC 7396): values replace, null removes'),
  option('--patch-file <path>', 'the same, from a file'),
  option('--note <text>', 'why; kept with the element'),
  option('--dry-run', 'only say whether it would be taken'),
];
export const REPLAY = [...FILTER, option('--all', 'all open elements'), option('--yes', 'do it')];

export interface FixOptions {
  patch?: string;
  patchFile?: string;
  note?: string;
  dryRun?: boolean;
}

export interface FilterOptions {
  code?: string;
  applicantId?: string;
  receiptId?: string;
}

export interface ReplayOptions extends FilterOptions {
  all?: boolean;
  yes?: boolean;
}

/** The body of a fix. @throws UsageError */
export async function fixOf({ note, dryRun = false, ...options }: FixOptions) {
  return { patch: await patchOf(options), note, dryRun };
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

/**
 * Sends elements in again, page by page.
 * @param replay asks for one page: the service beside the server, the API elsewhere
 * @throws UsageError; CommandError NOTHING_TAKEN
 */
export async function replayItems(
  context: CliContext,
  replay: (body: ReplayBody) => Promise<ReplayDto>,
  ids: string[],
  { all = false, yes = false, ...filter }: ReplayOptions,
): Promise<void> {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if ([ids.length > 0, isFiltered, all].filter(Boolean).length !== 1) {
    throw new UsageError('Name ids, or filter by --code, --applicant-id or --receipt-id, or say --all');
  }
  const dryRun = !yes;
  const items = await itemsOf((cursor) =>
    replay(ids.length > 0 ? { ids, dryRun } : { filter, dryRun, cursor }),
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
