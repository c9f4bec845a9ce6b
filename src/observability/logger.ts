import { type LoggerService } from '@nestjs/common';
import pino from 'pino';
import { Config } from '../config/config.js';
import { Output } from './output.js';
import { readableLine } from './readable-line.js';
import { describeError, redact, scrub } from './redact.js';

/** JSON lines, one per event; see `createLogger`. */
export type Log = pino.Logger;

/** Nest logs a line per route and module at the start, which says nothing that `/openapi.json` does not. */
const CHATTY = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

/** For the log and all other output of this process. */
export const standardOutput = new Output(1);
/** For the error that ends the process. */
export const standardError = new Output(2);

/** With the format of the log decided: `auto` is for the people at a terminal, and for the programs behind anything else. */
export function withLogFormat(config: Config, isTerminal: boolean): Config {
  const { ROLLCALL_LOG_FORMAT: wanted } = config.env;
  if (wanted !== 'auto') return config;
  return new Config({ ...config.env, ROLLCALL_LOG_FORMAT: isTerminal ? 'text' : 'json' }, config.sources);
}

/**
 * JSON lines on standard output: `{level, time, pid, hostname, context?, msg, …}`, times in ISO-8601 UTC, PII and secrets
 * removed from every object and text. With `ROLLCALL_LOG_FORMAT=text` each of them as a line for people.
 *
 * A destination that blocks, fails or ends costs lines and nothing else: see `Output`.
 */
export function createLogger(config: Config, destination: pino.DestinationStream = standardOutput): Log {
  const log = pino(
    {
      level: config.env.ROLLCALL_LOG_LEVEL,
      timestamp: timeOf(),
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => redact(line) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          const [first, text] = args as [unknown, unknown];
          if (typeof first === 'string') method.call(this, scrub(first));
          else method.call(this, first, typeof text === 'string' ? scrub(text) : messageOf(first));
        },
      },
      // `err` is cleaned by `redact` like everything else; pino's own serializer would copy every property.
      serializers: { err: (error: unknown) => error },
    },
    config.env.ROLLCALL_LOG_FORMAT === 'text'
      ? { write: (line: string) => void destination.write(readableLine(line)) }
      : destination,
  );
  if (destination instanceof Output) {
    destination.onLost = (lines) =>
      log.warn({ event: 'log_lines_dropped', lines }, 'Lines of the log were lost');
  }
  return log;
}

/** The `time` of a line in ISO-8601. A batch of callbacks ends within one millisecond, so the text is made once. */
function timeOf(): () => string {
  let spelled = { at: 0, as: '' };
  return () => {
    const at = Date.now();
    if (at !== spelled.at) spelled = { at, as: `,"time":"${new Date(at).toISOString()}"` };
    return spelled.as;
  };
}

/** Without a text, pino would log the error's own message uncleaned. */
function messageOf(line: unknown): string | undefined {
  const error = line instanceof Error ? line : (line as { err?: unknown } | null)?.err;
  return error instanceof Error ? describeError(error).message : undefined;
}

/** Node would write warnings to standard error, and wait there for its reader. */
export function logWarnings(log: Log): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ event: 'warning', name: warning.name }, warning.message));
}

/** Sends the lines of Nest, and of everything that uses its `Logger`, to our log. */
export class PinoNestLogger implements LoggerService {
  constructor(private readonly logger: Log) {}

  readonly log = this.at('info');
  readonly error = this.at('error');
  readonly warn = this.at('warn');
  readonly debug = this.at('debug');
  readonly verbose = this.at('debug');
  readonly fatal = this.at('fatal');

  private at(level: pino.Level) {
    return (message: unknown, ...more: unknown[]): void => this.write(level, message, more);
  }

  /** Nest passes `(message, …objects, stack?, context?)`. All but the message are optional and differ only by type. */
  private write(wanted: pino.Level, message: unknown, more: unknown[]): void {
    const last = more.at(-1);
    const context = typeof last === 'string' && !isStack(last) ? last : undefined;
    const level = wanted === 'info' && CHATTY.has(context ?? '') ? 'debug' : wanted;
    if (!this.logger.isLevelEnabled(level)) return;
    const parts = [message, ...(context === undefined ? more : more.slice(0, -1))];
    const line: Record<string, unknown> = context === undefined ? {} : { context };
    for (const part of parts) Object.assign(line, fieldsOf(part));
    const texts = parts.filter((part) => typeof part === 'string' && !isStack(part));
    this.logger[level](line, texts.length > 0 ? texts.join(' ') : undefined);
  }
}

function fieldsOf(part: unknown): object {
  if (part instanceof Error) return { err: part };
  if (isStack(part)) return { stack: framesOf(part) };
  return typeof part === 'object' && part !== null ? part : {};
}

function isStack(part: unknown): part is string {
  return typeof part === 'string' && /\n\s+at /.test(part);
}

function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
