import type { Tx } from '../db/tx.js';

/** One deed to record. Action and subject are `<noun>.<verb>` and `<noun>:<id>`; `detail` is free of PII. */
export interface Deed {
  actor: string;
  action: string;
  subject: string;
  detail?: Record<string, unknown>;
}

/** One statement for any number of deeds: a page of 200 revealed applicants is one round trip. */
export async function insertDeeds(tx: Tx, deeds: readonly Deed[]): Promise<void> {
  await tx.query(
    `insert into audit (id, actor, action, subject, detail)
     select gen_random_uuid(), * from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])`,
    [
      deeds.map((deed) => deed.actor),
      deeds.map((deed) => deed.action),
      deeds.map((deed) => deed.subject),
      deeds.map((deed) => JSON.stringify(deed.detail ?? {})),
    ],
  );
}
