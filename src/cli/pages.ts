import type { Command } from 'commander';
import type { CliContext } from './context.js';
import { UsageError } from './faults.js';

/** The longest page that lists give. */
export const MAX_LIMIT = 200;

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface PageOptions {
  limit: string;
  cursor?: string;
}

/** Adds the options of a list that is shown page by page. */
export function withPage(command: Command): Command {
  return command
    .option('--limit <n>', `show at most this many, up to ${MAX_LIMIT}`, '50')
    .option('--cursor <cursor>', 'continue after the previous page');
}

/** @throws UsageError */
export function limitOf({ limit }: PageOptions): number {
  const number = Number(limit);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_LIMIT) return number;
  throw new UsageError(`--limit is a number from 1 to ${MAX_LIMIT}`);
}

/** @returns undefined for `all` @throws UsageError */
export function stateOf<State extends string>(text: string, states: readonly State[]): State | undefined {
  const state = states.find((one) => one === text);
  if (state !== undefined || text === 'all') return state;
  throw new UsageError(`--state is ${states.join(', ')} or all`);
}

/** Prints a page: as it is with `--json`, else as a table, and how to see the next one. */
export function printPage<Item>(
  context: CliContext,
  page: Page<Item>,
  row: (item: Item) => unknown = (item) => item,
): void {
  context.show(page, () => page.items.map(row));
  if (!context.json && page.nextCursor !== null) context.note(`More: --cursor ${page.nextCursor}`);
}

/** One page after the other, to the end of a list. */
export async function* pagesOf<AnyPage extends { nextCursor: string | null }>(
  read: (cursor: string | undefined) => Promise<AnyPage>,
): AsyncGenerator<AnyPage> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await read(cursor);
    yield page;
    cursor = page.nextCursor;
  }
}

/** A whole list. */
export async function itemsOf<Item>(
  read: (cursor: string | undefined) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pagesOf(read)) items.push(...page.items);
  return items;
}
