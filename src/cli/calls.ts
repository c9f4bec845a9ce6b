import { type Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { UsageError } from './faults.js';
import type { Method } from './http-api.js';
import { itemsOf, MAX_LIMIT, printPage, stateOf, withPage } from './pages.js';

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
  /** What is sent, where it is not the options by their names. */
  body?: (typed: Typed, args: string[]) => object | Promise<object>;
  /** How the answer is shown, where it is neither a page nor a few values. */
  print?(context: CliContext, answer: object, typed: Typed): void | Promise<void>;
  /** What is asked and printed where it is more than one request. */
  run?(context: CliContext, args: string[], typed: Typed): Promise<void>;
}

/** An option; `.choices`, `.argParser` and `.makeOptionMandatory` may follow. */
export function option(flags: string, says: string): Option {
  return new Option(flags, says);
}

export const OF_APPLICANT = option('--applicant-id <id>', 'of this applicant');

/** Adds them to a command. */
export function withOptions(command: Command, options: readonly Option[]): Command {
  for (const one of options) command.addOption(one);
  return command;
}

/** Words joined by commas. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Commander takes undefined for a parser that has failed. */
const ALL = Symbol('all');

/** Of which states; `all` and what is not given: of every one. */
export function stateOption(states: readonly string[], usual?: string): Option {
  return option('--state <state>', `${states.join(', ')} or all`)
    .argParser((text) => stateOf(text, states) ?? ALL)
    .default(usual);
}

/** Adds those that the noun does not have yet. @returns whether the noun itself is one of them */
export function registerCalls(noun: Command, calls: readonly Call[], context: CliContext): void {
  for (const call of calls) {
    const [name = ''] = call.verb.split(' ');
    // a noun that has options of its own does the same beside the server
    if (name === '' ? noun.options.length > 0 : noun.commands.some((one) => one.name() === name)) continue;
    const command = call.verb === '' ? noun : noun.command(call.verb).description(call.says);
    withOptions(command, call.options ?? []);
    if (call.paged === true) withPage(command);
    command.action(async (...given: unknown[]) => {
      // commander gives the arguments, the options and the command
      const words = given
        .slice(0, -2)
        .flat()
        .filter((arg) => typeof arg === 'string');
      const args = call.named === undefined ? words : await withId(context, call.named, words);
      const typed = mine(command, call);
      await (call.run?.(context, args, typed) ?? perform(context, call, args, typed));
    });
  }
}

async function perform(context: CliContext, call: Call, args: string[], typed: Typed): Promise<void> {
  const api = await context.api();
  const [method, path] = call.ask.split(' ') as [Method, string];
  const sent = (await call.body?.(typed, args)) ?? typed;
  const answer = (await api.ask<Answer>(method, pathOf(path, args), { ...sent })) ?? { done: true };
  if (call.print === undefined) printAnswer(context, call, answer);
  else await call.print(context, answer, typed);
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

/** The words with the id of what the first one names, by its id or its name in a list. @throws UsageError */
async function withId(context: CliContext, list: string, words: string[]): Promise<string[]> {
  const [nameOrId = '', ...others] = words;
  const api = await context.api();
  const read = (cursor: string | undefined) =>
    api.ask<Page>('GET', list, { limit: MAX_LIMIT, cursor }) as Promise<Page>;
  const found = (await itemsOf(read)).find(({ id, name, login = name }) => [id, login].includes(nameOrId));
  if (found === undefined) throw new UsageError(`There is none that is called "${nameOrId}"`);
  return [String(found.id), ...others];
}

/** Those of the call and of its pages, not those that every command has. */
function mine(command: Command, { options = [], paged = false }: Call): Typed {
  const names = new Set(options.map((one) => one.attributeName()).concat(paged ? ['limit', 'cursor'] : []));
  const typed = Object.entries<unknown>(command.opts());
  return Object.fromEntries(typed.filter(([name, value]) => names.has(name) && value !== ALL));
}

function shown(item: object, columns?: readonly string[]): object {
  if (columns === undefined) return item;
  const entries = columns
    .filter((name) => name in item)
    .map((name): [string, unknown] => [name, item[name as keyof typeof item]]);
  return entries.length === 0 ? item : Object.fromEntries<unknown>(entries);
}
