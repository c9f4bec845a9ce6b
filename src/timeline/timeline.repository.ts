import type { Tx } from '../db/tx.js';
import { spellingsOf } from '../enroll-contract/applicant-id.js';
import type { TimelineEntryDto } from './timeline.dto.js';
import type { TimelineType } from './timeline.types.js';

/** Place of an entry: its time in microseconds as ISO 8601, and a text that no other entry of that time has. */
export interface TimelinePlace {
  place: string;
  key: string;
}

/** One entry as it was read. */
export type TimelineRow = TimelinePlace &
  Omit<TimelineEntryDto, 'at' | 'settledAt' | 'tampered' | 'tamperedFields'> & {
    at: Date;
    settledAt: Date | null;
  };

/** Columns of an entry and their types. */
const COLUMNS = {
  at: 'timestamptz',
  key: 'text',
  type: 'text',
  what: 'text',
  state: 'text',
  settledAt: 'timestamptz',
  version: 'int',
  status: 'int',
  flags: 'text[]',
  changedFields: 'text[]',
  receiptId: 'uuid',
  elementIndex: 'int',
  source: 'text',
  kind: 'text',
  id: 'uuid',
  by: 'text',
  reason: 'text',
} as const;

type Column = keyof typeof COLUMNS;
type Said = Partial<Record<Column, string>> & { at: string; key: string; what: string };

/** Entries of one type; `said` is SQL for the columns that they have. */
function entries(type: TimelineType, said: Said, from: string): string {
  const all: Said = { ...said, type: `'${type}'` };
  const names = Object.keys(COLUMNS) as Column[];
  return `select ${names.map((name) => `${all[name] ?? `null::${COLUMNS[name]}`} as "${name}"`).join(', ')} from ${from}`;
}

const RECEIVED = {
  at: 'c.received_at',
  receiptId: 'c.receipt_id',
  elementIndex: 'c.element_index',
  source: 'c.source',
  kind: 'c.kind',
};

/** Statements over `$1` (the applicantId) and `$2` (its spellings), by type. */
const ENTRIES: Record<TimelineType, string> = {
  /** `changes_pkey` of each month. */
  version: entries(
    'version',
    {
      ...RECEIVED,
      key: `'version ' || lpad(c.version::text, 10, '0')`,
      what: 'c.event',
      state: 'c.outcome',
      version: 'c.version',
      status: 'c.status',
      flags: 'c.flags',
      changedFields: 'c.changed_fields',
    },
    'changes c where c.applicant_id = $1',
  ),
  /** `repeats_pkey`. */
  repeat: entries(
    'repeat',
    {
      ...RECEIVED,
      key: `'repeat ' || c.receipt_id || lpad(c.element_index::text, 10, '0')`,
      what: 'c.result',
    },
    'repeats c where c.applicant_id = $1',
  ),
  /** `quarantine_applicant`. */
  quarantine: entries(
    'quarantine',
    {
      ...RECEIVED,
      key: `'quarantine ' || c.id`,
      what: 'c.code',
      state: 'c.state',
      settledAt: 'c.resolved_at',
      id: 'c.id',
      by: 'c.resolved_by',
      reason: 'c.reason',
    },
    'quarantine c where c.applicant_id = any($2)',
  ),
  /** `images_pkey`. A version that names no image any more is no entry. */
  image: entries(
    'image',
    {
      at: 'c.wanted_at',
      key: `'image ' || c.field || ' ' || c.version`,
      what: 'c.field',
      state: 'c.state',
      settledAt: 'c.settled_at',
      version: 'c.version',
      reason: 'c.error_code',
    },
    `images c where c.applicant_id = $1 and c.state <> 'cleared'`,
  ),
  /** `reconciliation_gaps_applicant`. */
  gap: entries(
    'gap',
    {
      at: 'c.found_at',
      key: `'gap ' || c.id`,
      what: 'c.kind',
      state: 'c.state',
      settledAt: 'c.healed_at',
      id: 'c.id',
      reason: 'c.resolution',
    },
    'reconciliation_gaps c where c.applicant_id = $1',
  ),
  /** `deliveries_order` of each endpoint. When and whether, but never what was sent or answered: see `hiddenFrom` of the endpoints. */
  delivery: entries(
    'delivery',
    {
      at: 'c.occurred_at',
      key: `'delivery ' || c.endpoint_id || ' ' || c.tx || ' ' || c.seq`,
      what: 'c.event',
      state: 'c.state',
      settledAt: 'c.settled_at',
      version: 'c.version',
      id: 'c.endpoint_id',
      by: 'e.name',
      reason: 'c.last_code',
    },
    'endpoints e join deliveries c on c.endpoint_id = e.id and c.applicant_id = $1',
  ),
  /** `audit_subject`. */
  audit: entries(
    'audit',
    { at: 'c.at', key: `'audit ' || c.id`, what: 'c.action', id: 'c.id', by: 'c.actor', reason: 'c.reason' },
    `audit c where c.subject = 'applicant:' || $1`,
  ),
};

/** Newest first. Of each type no more than a page is read where its index is in this order; a person has few of the others. */
export async function listEntries(
  tx: Tx,
  applicantId: string,
  types: readonly TimelineType[],
  before: TimelinePlace | null,
  limit: number,
): Promise<TimelineRow[]> {
  const order = 'at desc, key collate "C" desc';
  const newest = types.map(
    (type) =>
      `(select * from (${ENTRIES[type]}) e where (at, key collate "C") < ($3::timestamptz, $4) order by ${order} limit $5)`,
  );
  return tx.query<TimelineRow[]>(
    `select *, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as place
     from (${newest.join(' union all ')}) e
     -- not every type asks for the spellings, and Postgres wants to know of what type they are
     where $2::text[] is not null order by ${order} limit $5`,
    [applicantId, spellingsOf(applicantId), before?.place ?? 'infinity', before?.key ?? '', limit],
  );
}

/** Whether there is such an applicant. Primary key. */
export async function isKnown(tx: Tx, applicantId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>('select from applicants where applicant_id = $1', [applicantId]);
  return rows.length > 0;
}
