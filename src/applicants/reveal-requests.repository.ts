import type { Tx } from '../db/tx.js';
import type { RevealRequestDto } from './reveals.dto.js';

/** What is to be revealed, why, and who asks. */
export type RevealQuestion = Pick<
  RevealRequestDto,
  'applicantId' | 'fields' | 'image' | 'quarantineId' | 'reason' | 'askedBy'
>;
export type RevealRequest = Omit<RevealRequestDto, 'createdAt' | 'expiresAt'> & {
  createdAt: Date;
  expiresAt: Date;
};
export type RequestPosition = Pick<RevealRequest, 'createdAt' | 'id'>;

const APPROVED_WITHIN = `interval '1 hour'`;
const USED_WITHIN = `interval '15 minutes'`;
const KEPT = `interval '1 day'`;
const COLUMNS = `id, applicant_id as "applicantId", fields, image, quarantine_id as "quarantineId", reason, asked_by as "askedBy", created_at as "createdAt",
  expires_at as "expiresAt", approved_by as "approvedBy",
  case when used_at is not null then 'used' when expires_at <= now() then 'expired'
       when approved_by is not null then 'approved' else 'waiting' end as state`;

/** Also deletes what is a day too old: all of the table, which is short. */
export async function insertRequest(
  tx: Tx,
  { applicantId, fields, image, quarantineId, reason, askedBy }: RevealQuestion,
): Promise<RevealRequest> {
  await tx.query(`delete from reveal_requests where expires_at < now() - ${KEPT}`);
  const rows = await tx.query<RevealRequest[]>(
    `insert into reveal_requests (applicant_id, fields, image, quarantine_id, reason, asked_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, now() + ${APPROVED_WITHIN}) returning ${COLUMNS}`,
    [applicantId, fields, image, quarantineId, reason, askedBy],
  );
  return rows[0]!;
}

/** Primary key. */
export async function findRequest(tx: Tx, id: string): Promise<RevealRequest | undefined> {
  const rows = await tx.query<RevealRequest[]>(`select ${COLUMNS} from reveal_requests where id = $1`, [id]);
  return rows[0];
}

/** Newest first. `reveal_requests_created`; a table of few rows. */
export async function listRequests(
  tx: Tx,
  { applicantId, quarantineId }: { applicantId?: string | undefined; quarantineId?: string | undefined },
  after: RequestPosition | null,
  limit: number,
): Promise<RevealRequest[]> {
  return tx.query(
    `select ${COLUMNS} from reveal_requests
      where (created_at, id) < (coalesce($1::timestamptz, 'infinity'), coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
        and ($3::text is null or applicant_id = $3) and ($4::uuid is null or quarantine_id = $4)
      order by created_at desc, id desc limit $5`,
    [after?.createdAt ?? null, after?.id ?? null, applicantId ?? null, quarantineId ?? null, limit],
  );
}

/** Primary key. @returns undefined where it does not wait, or is of the same caller */
export async function approveRequest(tx: Tx, id: string, by: string): Promise<RevealRequest | undefined> {
  const [rows] = await tx.query<[RevealRequest[], number]>(
    `update reveal_requests set approved_by = $2, expires_at = now() + ${USED_WITHIN}
      where id = $1 and approved_by is null and asked_by <> $2 and expires_at > now() returning ${COLUMNS}`,
    [id, by],
  );
  return rows[0];
}

/** Primary key. @returns undefined where it is not approved, was used, or is for something else */
export async function useRequest(
  tx: Tx,
  id: string,
  { applicantId, fields, image, quarantineId, reason, askedBy }: RevealQuestion,
): Promise<RevealRequest | undefined> {
  const [rows] = await tx.query<[RevealRequest[], number]>(
    `update reveal_requests set used_at = now()
      where id = $1 and asked_by = $2 and applicant_id is not distinct from $3 and fields = $4::text[] and reason = $5
        and image is not distinct from $6 and quarantine_id is not distinct from $7
        and approved_by is not null and used_at is null and expires_at > now() returning ${COLUMNS}`,
    [id, askedBy, applicantId, fields, reason, image, quarantineId],
  );
  return rows[0];
}
