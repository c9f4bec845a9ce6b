import { text } from 'node:stream/consumers';
import { pathOf, printAnswer, type Typed } from './calls.js';
import type { CliContext } from './context.js';
import { download } from './download.js';
import { CommandError, PartlyError, UsageError } from './faults.js';
import { pagesOf } from './pages.js';

interface Page {
  items: object[];
  nextCursor: string | null;
}

interface Healed {
  asked: number;
  healed: number;
  open: number;
  nextCursor: string | null;
}

/** A list by what is known, or a search, whose words travel in the body. */
export async function findApplicants(
  context: CliContext,
  [name]: string[],
  { by, ...typed }: Typed & { by?: string },
  columns: readonly string[],
): Promise<void> {
  if (name !== undefined && by !== undefined) throw new UsageError('Give a name or --by, not both');
  const api = await context.api();
  const sought = by === undefined ? { q: name } : { [by]: (await text(process.stdin)).replace(/\r?\n$/, '') };
  const isSearch = name !== undefined || by !== undefined;
  const page = isSearch
    ? await api.ask<Page>('POST', '/applicants/search', { ...typed, ...sought, limit: Number(typed.limit) })
    : await api.ask<Page>('GET', '/applicants', typed);
  printAnswer(context, { paged: true, columns }, page ?? {});
}

/** Its pages go on by `--after`: a place of the feed stays good. */
export async function printChanges(
  context: CliContext,
  typed: Typed,
  columns: readonly string[],
): Promise<void> {
  const page = (await (await context.api()).ask<Page>('GET', '/changes', typed)) ?? {
    items: [],
    nextCursor: null,
  };
  printAnswer(context, { columns }, page);
  if (!context.json && page.nextCursor !== null) context.note(`More: --after ${page.nextCursor}`);
}

/** @throws PartlyError where some could not be healed */
export async function healGaps(context: CliContext, [id]: string[]): Promise<void> {
  const api = await context.api();
  if (id !== undefined) {
    const path = pathOf('/reconciliation/gaps/{id}/heal', [id]);
    const gap = await api.ask<{ state: string }>('POST', path);
    context.print(gap);
    if (gap?.state === 'open')
      throw new CommandError('STILL_OPEN', 'eNROLL has answered, and the gap is still open');
    return;
  }
  const total = { asked: 0, healed: 0, open: 0 };
  const read = (cursor: string | undefined) =>
    api.ask<Healed>('POST', '/reconciliation/gaps/heal', { cursor }) as Promise<Healed>;
  for await (const page of pagesOf(read)) {
    total.asked += page.asked;
    total.healed += page.healed;
    total.open += page.open;
  }
  context.print(total);
  if (total.open === 0) return;
  const message = `${total.open} of ${total.asked} gaps are still open`;
  throw total.healed > 0 ? new PartlyError('STILL_OPEN', message) : new CommandError('STILL_OPEN', message);
}

export async function printBody(context: CliContext, args: string[], { out }: Typed): Promise<void> {
  await download(context, ['GET', pathOf('/receipts/{receiptId}/body', args)], out);
}

export async function getImage(
  context: CliContext,
  args: string[],
  { out, size, ofVersion: version }: Typed,
): Promise<void> {
  if (out === undefined && process.stdout.isTTY) throw new UsageError('--out names the file to write');
  const path = pathOf('/applicants/{applicantId}/images/{field}', args);
  await download(context, ['GET', path, { size, version }], out);
}
