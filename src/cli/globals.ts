import { type Command, Option } from 'commander';
import type { CliContext } from './context.js';
import { UsageError } from './faults.js';
import type { Door } from './http-api.js';
import { DEFAULT_PROFILE, type Profiles } from './profiles.js';

/** What every command takes, before its noun or at its end. */
const FLAGS = {
  json: ['--json', 'print JSON'],
  wide: ['--wide', 'tables with every column and whole values'],
  utc: ['--utc', 'times in UTC, not in the time of Cairo'],
  verbose: ['--verbose', 'also say on standard error which installation answered'],
} as const;
/** What names another machine. */
const PLACES = {
  url: ['--url <url>', 'ask the Rollcall at this URL, with --key'],
  key: ['--key <key>', 'an API key; others on this machine may see it: `rollcall login` keeps one in a file'],
  profile: ['--profile <name>', 'ask the Rollcall that this profile of `rollcall login` names'],
} as const;
const VALUED: readonly string[] = Object.keys(PLACES).map((name) => `--${name}`);
/** They have a `--url` of their own, which is where events go. */
const HAS_OWN_URL = /^endpoint (create|update)$/;

export type Places = Partial<Record<keyof typeof PLACES, string>>;

const added = new WeakSet<Option>();

/**
 * Adds them to a command and those below it, where the command has no such option of its own.
 * @param places also those that name another machine
 */
export function addGlobals(command: Command, places: boolean): void {
  for (const [flags, says] of Object.values(places ? { ...FLAGS, ...PLACES } : FLAGS)) {
    const option = new Option(flags, says).helpGroup('Options of every command:');
    if (command.options.some(({ long }) => long === option.long)) continue;
    added.add(option);
    command.addOption(option);
  }
  // else a command would take what is meant for one below it, as the `--url` of `endpoint create`
  command.enablePositionalOptions();
  for (const child of command.commands) addGlobals(child, places);
}

/** A command as help lists it: with options of its own where it has any. */
export function termOf(command: Command): string {
  const args = command.registeredArguments.map((one) => {
    const shown = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${shown}>` : `[${shown}]`;
  });
  const hasOptions = command.options.some((option) => !added.has(option));
  return [command.name(), ...(hasOptions ? ['[options]'] : []), ...args].join(' ');
}

/**
 * Hands the flags to the context, wherever they stood. None of them stays among the options of the command, which may be judged
 * as a whole.
 * @param command the one that runs
 */
export function setFlags(context: CliContext, command: Command): void {
  for (let at: Command | null = command; at !== null; at = at.parent) {
    const values = at.opts<Record<string, unknown>>();
    for (const option of at.options.filter((one) => added.has(one))) {
      const name = option.attributeName();
      if (name in FLAGS && values[name] === true) Object.assign(context, { [name]: true });
      delete values[name];
    }
  }
}

/** The noun, its verb, and the places that are named, before the command line is parsed: they say what is loaded. */
export function readAhead(args: readonly string[]): { noun: string | undefined; places: Places } {
  const operands: string[] = [];
  const named: [name: string, value: string, afterNoun: boolean][] = [];
  for (let at = 0; at < args.length && args[at] !== '--'; at += 1) {
    const [name = '', joined] = split(args[at] ?? '');
    if (VALUED.includes(name)) {
      const value = joined ?? args[(at += 1)];
      if (value !== undefined) named.push([name.slice(2), value, operands.length > 0]);
    } else if (!name.startsWith('-') && name !== 'help') operands.push(args[at] ?? '');
  }
  const ownUrl = HAS_OWN_URL.test(operands.slice(0, 2).join(' '));
  const ours = named.filter(([name, , afterNoun]) => !(ownUrl && afterNoun && name === 'url'));
  return { noun: operands[0], places: Object.fromEntries(ours) as Places };
}

/** Which Rollcall the options name; undefined: none, so the one beside. @throws UsageError */
export function doorOf({ url, key, profile }: Places, profiles: Profiles): Door | undefined {
  if (url === undefined && key !== undefined) throw new UsageError('--key needs --url');
  if (url === undefined) return profile === undefined ? undefined : profiles.read(profile);
  const base = baseOf(url);
  if (key !== undefined) return { url: base, key };
  const name = profile ?? DEFAULT_PROFILE;
  const kept = profiles.has(name) ? profiles.read(name) : undefined;
  if (kept?.url === base) return kept;
  throw new UsageError(`--url needs --key, or log in once: rollcall login --url ${base}`);
}

/** @returns without a trailing slash @throws UsageError */
export function baseOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '')
    throw new UsageError('--url is https://… or http://…, without a user and a query');
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function split(arg: string): [name: string, joined?: string] {
  const at = arg.startsWith('--') ? arg.indexOf('=') : -1;
  return at < 0 ? [arg] : [arg.slice(0, at), arg.slice(at + 1)];
}
