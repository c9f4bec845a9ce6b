import { z } from 'zod';
import type { Verdict } from './finding.types.js';

/** What `/health/live` says. Without an id the server is only starting, or is older than ids. */
const LIVE = z.object({ status: z.literal('live'), installation: z.guid().optional() });

/** Whose answer it is. @param json what `/health/live` said */
export function whoAnswers(json: unknown, base: string, ours?: string): Verdict {
  const live = LIVE.safeParse(json);
  if (!live.success) return { status: 'failed', found: `another program than Rollcall answers at ${base}` };
  const { installation: id } = live.data;
  if (id === undefined) {
    const found = `a Rollcall answers at ${base} and does not say which: it is starting, or older than this one`;
    return { status: 'unproven', found, fix: 'run the doctor again once it is ready' };
  }
  if (ours === undefined) {
    const found = `installation ${id} answers at ${base}; only the database tells whether it is this one`;
    return { status: 'unproven', found };
  }
  if (id === ours) return { status: 'ok', found: `this installation answers at ${base}` };
  const found = `another installation of Rollcall answers at ${base}: ${id}, this one is ${ours}`;
  return { status: 'failed', found };
}
