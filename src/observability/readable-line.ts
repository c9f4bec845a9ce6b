import { printable } from '../problem/printable.js';

/** What this program's own lines have. */
interface Line {
  level: string;
  time: string;
  context?: string;
  msg?: string;
  event?: string;
  method?: string;
  route?: string;
  status?: number;
  durationMs?: number;
  code?: string | null;
  requestId?: string;
  job?: string;
  outcome?: string;
  err?: { message?: string; cause?: Line['err'] };
}

/** Said at the beginning of the line, or of no use to somebody who sees it come. */
const SAID = new Set(
  'level time pid hostname context event msg method route status durationMs err job outcome requestId'.split(
    ' ',
  ),
);
const USUAL = 'info';

/**
 * A JSON line of the log as people read it at a terminal: local time, level unless it is `info`, what happened, and the fields
 * that say something. Nulls, zeros, objects and the frames of errors stay in the JSON, and so do jobs that found nothing to do.
 *
 *     14:07:31  POST /callbacks/success 200 in 12 ms  bodyBytes=431 received=2 applied=2
 */
export function readableLine(json: string): string {
  const line = JSON.parse(json) as Line;
  const fields = Object.entries(line).filter(([name, value]) => !SAID.has(name) && saysSomething(value));
  if (line.job !== undefined && line.outcome === 'done' && fields.length === 0) return '';
  const parts = [
    new Date(line.time).toTimeString().slice(0, 8),
    (line.level === USUAL ? '' : `${line.level}: `) + subjectOf(line),
    fields.map(([name, value]) => `${name}=${String(value)}`).join(' '),
  ];
  return `${printable(parts.filter((part) => part !== '').join('  '))}\n`;
}

function subjectOf(line: Line): string {
  const { context, msg, err } = line;
  const told = [msg ?? happened(line), ...causesOf(err, msg)];
  return [context, ...told].filter((part) => part !== undefined && part !== '').join(': ');
}

/** A request, a job or another event by its name. */
function happened({
  event = '',
  method,
  route,
  status,
  durationMs,
  job,
  outcome,
  code,
  requestId,
}: Line): string {
  const took = durationMs === undefined ? '' : ` in ${Math.round(durationMs)} ms`;
  if (method === undefined) {
    return `${job === undefined ? event : `job ${job}`}${outcome === undefined ? '' : ` ${outcome}`}${took}`;
  }
  // by it the caller's own log, or the answer that a person has, is found
  const asked = code === undefined || code === null ? '' : ` (request ${requestId})`;
  return `${method} ${route} ${status}${took}${asked}`;
}

/** What an error says, and those that caused it. */
function causesOf(err: Line['err'], said?: string): string[] {
  if (err === undefined) return [];
  const { message = '', cause } = err;
  return [...(message === said ? [] : [message]), ...causesOf(cause, message)];
}

function saysSomething(value: unknown): boolean {
  return value !== null && value !== 0 && value !== false && value !== '' && typeof value !== 'object';
}
