import type { Tx } from '../db/tx.js';

/** What may move while somebody watches. Each is the end of one table or a small table read whole: an index's last entry, or a few rows. */
const ENDS = {
  applicants: `(select concat(
      (select (history, tx, seq) from changes order by history desc, tx desc, seq desc limit 1),
      (select (history, tx, seq) from notices order by history desc, tx desc, seq desc limit 1)))`,
  receipts: '(select (received_at, id) from receipts order by received_at desc, id desc limit 1)',
  refusals: '(select (at, id) from refusals order by at desc, id desc limit 1)',
  callbackTests: '(select max(at) from probes)',
  tokens: '(select max(at) from last_tokens)',
  images: '(select (wanted, fetched, missing, not_image, failed) from image_totals)',
  deliveries: '(select max(greatest(last_success_at, last_failure_at)) from endpoints)',
} as const;

export type LiveTopic = keyof typeof ENDS;
export const LIVE_TOPICS = Object.keys(ENDS) as LiveTopic[];

/** Where each topic ends now: it has moved when this text is another. */
export type Ends = Record<LiveTopic, string | null>;

const READ = `select ${LIVE_TOPICS.map((topic) => `${ENDS[topic]}::text as "${topic}"`).join(', ')}`;

export async function readEnds(tx: Tx): Promise<Ends> {
  const rows = await tx.query<Ends[]>(READ);
  return rows[0]!;
}
