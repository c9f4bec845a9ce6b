import type { Config } from '../config/config.js';
import { reasonOf } from '../db/errors.js';
import { type Installation, publicUrlOf } from '../db/installation.repository.js';
import type { Finding, Verdict } from '../go-live/finding.types.js';
import { whoAnswers } from '../go-live/live-answer.types.js';

const ANSWER_WITHIN_MS = 5_000;
/** Anybody may answer there, and send without end. */
const READS_BYTES = 4096;
const PROXY = 'ROLLCALL_PUBLIC_URL, or the proxy';

/**
 * Whether the URLs of eNROLL's panel can work: the scheme, and whether this installation answers there, seen from here.
 * @param installation the one whose database the doctor looks at; undefined where that could not be read
 */
export async function checkPublicUrl(config: Config, installation?: Installation): Promise<Finding> {
  const check = 'public URL';
  const isConfigured = config.env.ROLLCALL_PUBLIC_URL !== undefined;
  const base = publicUrlOf(config, installation);
  if (config.production && !base.startsWith('https:')) {
    const found = `${base} is not https: secrets travel in clear`;
    return { check, status: 'failed', found, fix: 'ROLLCALL_PUBLIC_URL' };
  }
  const tried = `${base}/health/live`;
  const start = 'start the server, or set ROLLCALL_PUBLIC_URL';
  try {
    const verdict = verdictOn(await ask(tried), base, installation?.id);
    if (verdict.status !== 'failed') return { check, tried, ...verdict };
    // without a setting the URL is that of the server which started last: it need not run now
    return isConfigured
      ? { check, tried, ...verdict, fix: PROXY }
      : { check, tried, ...verdict, status: 'warning', fix: start };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return { check, tried, status: 'warning', found: `no answer: ${reasonOf(cause ?? error)}`, fix: start };
  }
}

function verdictOn({ status, text }: Awaited<ReturnType<typeof ask>>, base: string, ours?: string): Verdict {
  if (status !== 200) return { status: 'warning', found: `status ${status}`, fix: PROXY };
  return whoAnswers(jsonOf(text), base, ours);
}

/** @throws what `fetch` throws */
async function ask(url: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > READS_BYTES) break; // which lets go of the connection
  }
  return { status: answer.status, text: Buffer.concat(chunks).toString('utf8') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
