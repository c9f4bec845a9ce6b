import { type LoggerService } from '@nestjs/common';
import pino from 'pino';
import { type Config } from '../config/config.js';
import { Output } from './output.js';
import { describeError, redact, scrub } from './redact.js';

/** JSON lines, one per event; see `createLogger`. */
export type Log = pino.Logger;

/** Nest's own start-up chatter: a line per route and module says nothing that `/openapi.json` does not. */
const CHATTY = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
]);

/** Where the log goes, and what else this process has to say. */
export const standardOutput = new Output(1);
/** What ends the process, for whoever started it. */
export const standardError = new Output(2);

/**
 * JSON lines on standard output: `{level, time, pid, hostname, context?, msg, …}`, times in ISO-8601 UTC, every object
 * and text cleaned of PII and secrets.
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
    destination,
  );
  if (destination instanceof Output) {
    destination.onLost = (lines) =>
      log.warn({ event: 'log_lines_dropped', lines }, 'Lines of the log were lost');
  }
  return log;
}

/** The `time` of a line in ISO-8601. A batch of callbacks ends within one millisecond: its text is made once. */
function timeOf(): () => string {
  let spelled = { at: 0, as: '' };
  return () => {
    const at = Date.now();
    if (at !== spelled.at) spelled = { at, as: `,"time":"${new Date(at).toISOString()}"` };
    return spelled.as;
  };
}

/** Without a text pino would take the error's own message, as it is. */
function messageOf(line: unknown): string | undefined {
  const error = line instanceof Error ? line : (line as { err?: unknown } | null)?.err;
  return error instanceof Error ? describeError(error).message : undefined;
}

/** Node itself would write warnings to standard error, and wait there for whoever reads it. */
export function logWarnings(log: Log): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ event: 'warning', name: warning.name }, warning.message));
}

/** Lets Nest and everything that uses its `Logger` write to our log. */
export class PinoNestLogger implements LoggerService {
  constructor(private readonly logger: Log) {}

  log(message: unknown, ...more: unknown[]): void {
    this.write('info', message, more);
  }

  error(message: unknown, ...more: unknown[]): void {
    this.write('error', message, more);
  }

  warn(message: unknown, ...more: unknown[]): void {
    this.write('warn', message, more);
  }

  debug(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  verbose(message: unknown, ...more: unknown[]): void {
    this.write('debug', message, more);
  }

  fatal(message: unknown, ...more: unknown[]): void {
    this.write('fatal', message, more);
  }

  /** Nest passes `(message, …objects, stack?, context?)`, all but the message optional and told apart by type alone. */
  private write(asked: pino.Level, message: unknown, more: unknown[]): void {
    const last = more.at(-1);
    const context = typeof last === 'string' && !isStack(last) ? last : undefined;
    const level = asked === 'info' && CHATTY.has(context ?? '') ? 'debug' : asked;
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
