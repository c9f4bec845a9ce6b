import { type Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { UsageError } from './faults.js';
import type { HttpApi, Method } from './http-api.js';
import { itemsOf, MAX_LIMIT, printPage, withPage } from './pages.js';

/** The options of one command, as they were typed. */
export type Typed = Record<string, unknown>;
type Answer = Record<string, unknown>;
interface Page {
  items: Answer[];
  nextCursor: string | null;
}

/** A command that is one request of the management API. */
export interface Call {
  /** The verb and its arguments by the names of the path, e.g. `show <receiptId>`; empty: the noun itself. */
  verb: string;
  says: string;
  /** Method and path below `/api/v1`, e.g. `GET /receipts/{receiptId}`. */
  ask: `${Method} /${string}`;
  /** They are the parameters of a GET, the body of anything else, by their names. */
  options?: Option[];
  /** The answer is a page of a list. */
  paged?: boolean;
  /** What a table shows without `--wide`, of what the answer has; absent: everything. */
  columns?: readonly string[];
  /** The first argument is an id, or a name of this list. */
  named?: `/${string}`;
  /** What is asked and printed where it is more than one request. */
  run?: (context: CliContext, args: string[], typed: Typed) => Promise<void>;
}

/** An option; `.choices`, `.argParser` and `.makeOptionMandatory` may follow. */
export function option(flags: string, says: string): Option {
  return new Option(flags, says);
}

/** Adds those that the noun does not have yet. @returns whether the noun itself is one of them */
export function registerCalls(noun: Command, calls: readonly Call[], context: CliContext): void {
  for (const call of calls) {
    const [name = ''] = call.verb.split(' ');
    if (noun.commands.some((one) => one.name() === name)) continue;
    const command = call.verb === '' ? noun : noun.command(call.verb).description(call.says);
    for (const one of call.options ?? []) command.addOption(one);
    if (call.paged === true) withPage(command);
    command.action(async (...given: unknown[]) => {
      // commander gives the arguments, the options and the command
      const args = given.slice(0, -2).filter((arg) => typeof arg === 'string');
      const typed = mine(command, call);
      await (call.run?.(context, args, typed) ?? perform(context, call, args, typed));
    });
  }
}

async function perform(context: CliContext, call: Call, args: string[], typed: Typed): Promise<void> {
  const api = await context.api();
  const [first = '', ...others] = args;
  const [method, path] = call.ask.split(' ') as [Method, string];
  const subject = call.named === undefined ? first : await idOf(api, call.named, first);
  const answer = await api.ask<Answer>(method, pathOf(path, [subject, ...others]), typed);
  printAnswer(context, call, answer ?? { done: true });
}

/** As it is with `--json`, else what people look for. */
export function printAnswer(
  context: CliContext,
  { columns, paged = false }: Pick<Call, 'columns' | 'paged'>,
  answer: object,
): void {
  const row = (item: object) => (context.wide ? item : shown(item, columns));
  if (paged) printPage(context, answer as Page, row);
  else if ('items' in answer) context.show(answer, () => (answer as Page).items.map(row));
  else context.show(answer, () => row(answer));
}

/** `/receipts/{receiptId}` with the arguments in their order. */
export function pathOf(path: string, args: readonly string[]): string {
  let at = 0;
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(args[at++] ?? ''));
}

/** The id of what somebody names by its id or its name. @throws UsageError */
async function idOf(api: HttpApi, list: string, nameOrId: string): Promise<string> {
  const read = (cursor: string | undefined) =>
    api.ask<Page>('GET', list, { limit: MAX_LIMIT, cursor }) as Promise<Page>;
  const found = (await itemsOf(read)).find(({ id, name }) => id === nameOrId || name === nameOrId);
  if (found === undefined) throw new UsageError(`There is none that is called "${nameOrId}"`);
  return String(found.id);
}

/** Those of the call and of its pages, not those that every command has. */
function mine(command: Command, { options = [], paged = false }: Call): Typed {
  const names = new Set(options.map((one) => one.attributeName()).concat(paged ? ['limit', 'cursor'] : []));
  return Object.fromEntries(Object.entries(command.opts()).filter(([name]) => names.has(name)));
}

function shown(item: object, columns?: readonly string[]): object {
  if (columns === undefined) return item;
  const entries = columns
    .filter((name) => name in item)
    .map((name): [string, unknown] => [name, item[name as keyof typeof item]]);
  return entries.length === 0 ? item : Object.fromEntries<unknown>(entries);
}
