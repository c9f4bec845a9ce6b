import type { PoolClient } from 'pg';
import {
  booleanArray,
  byteaArray,
  dateArray,
  hexArray,
  int4Array,
  int8Array,
  textArray,
  timestamptzArray,
  uuidArray,
} from '../db/arrays.js';
import { isGuidInCapitals } from '../enroll-contract/applicant-id.js';
import type { Outcome } from '../enroll-contract/types.js';
import {
  ANY_IN_CAPITALS,
  asksInCapitals,
  otherSpelling,
  otherSpellings,
} from '../db/applicant-id.repository.js';
import { inTransaction } from '../db/in-transaction.js';
import { BYTES_AT_ONCE, type CurrentRow, type VersionRow, type Wanted } from './versions.types.js';

/**
 * Served by the primary key and by `applicants_id_number`. The input need not be sorted: reads take no locks. `twin`: an applicant
 * that holds the idNumber and is not asked for; what those asked for hold, the caller knows.
 */
const READ_CURRENT = `
select k.ord::int, a.version, a.outcome, a.flags, encode(a.known_hashes, 'hex') as known_hashes, a.first_received_at, a.last_received_at, a.id_number_index, a.erasure_id is not null as is_erased, twin.there as held_outside,
  ${ANY_IN_CAPITALS} as any_in_capitals,
  case when coalesce(sum(octet_length(a.sealed)) over (order by k.ord rows between unbounded preceding and 1 preceding), 0) < ${BYTES_AT_ONCE}
    then a.sealed end as sealed
from unnest($1::text[], $2::int8[], $3::bool[]) with ordinality as k(applicant_id, id_number_index, whole, ord)
left join applicants a on a.applicant_id = k.applicant_id and k.whole
left join lateral (
  select true as there from applicants b
  where b.id_number_index = k.id_number_index and b.applicant_id not in (select unnest($1::text[])) limit 1
) twin on true
where a.applicant_id is not null or twin.there or ${ANY_IN_CAPITALS}`;

/** Under which other spelling a GUID is kept (A34). Served by `applicants_guid_in_capitals` and by the primary key. */
const READ_OTHER_SPELLINGS = `
select k.applicant_id as asked, kept.applicant_id as kept
from unnest($1::text[]) as k(applicant_id) cross join lateral (${otherSpelling('k')}) kept`;

interface ReadRow {
  ord: number;
  any_in_capitals: boolean;
  version: number | null;
  outcome: Outcome;
  flags: string[];
  known_hashes: string;
  first_received_at: Date;
  last_received_at: Date;
  id_number_index: string | null;
  sealed: Buffer | null;
  is_erased: boolean;
  held_outside: boolean | null;
}

/**
 * Reads the current rows of the wanted applicants in one round trip, in their order, with the sealed content of as many as are
 * read at once. Unknown applicants that may be kept under another spelling are looked up in a second round trip.
 */
export async function readCurrent(connection: PoolClient, wanted: Wanted[]): Promise<CurrentRow[]> {
  const answer = wanted.map(({ applicantId, idNumberIndex }): CurrentRow => ({
    applicantId,
    idNumberIndex,
    keptAs: null,
    stored: null,
    heldOutside: false,
  }));
  const { rows } = await connection.query<ReadRow>({
    name: 'applicants-read-current',
    text: READ_CURRENT,
    values: [
      textArray(wanted.map((one) => one.applicantId)),
      int8Array(wanted.map((one) => one.idNumberIndex)),
      booleanArray(wanted.map((one) => one.whole)),
    ],
  });
  for (const row of rows) {
    const one = answer[row.ord - 1];
    if (one === undefined) continue;
    one.heldOutside = row.held_outside === true;
    if (row.version === null) continue;
    one.stored = {
      version: row.version,
      outcome: row.outcome,
      flags: row.flags,
      knownHashes: row.known_hashes,
      firstReceivedAt: row.first_received_at,
      lastReceivedAt: row.last_received_at,
      idNumberIndex: row.id_number_index === null ? null : BigInt(row.id_number_index),
      sealed: row.sealed,
      isErased: row.is_erased,
    };
  }
  const anyInCapitals = rows.some((row) => row.any_in_capitals);
  const unknown = answer.filter(
    ({ stored, applicantId }, at) =>
      wanted[at]?.whole === true && stored === null && (anyInCapitals || isGuidInCapitals(applicantId)),
  );
  if (unknown.length > 0) await findOtherSpellings(connection, unknown);
  return answer;
}

async function findOtherSpellings(connection: PoolClient, unknown: CurrentRow[]): Promise<void> {
  const { rows } = await connection.query<{ asked: string; kept: string }>({
    name: 'applicants-read-other-spellings',
    text: READ_OTHER_SPELLINGS,
    values: [textArray(unknown.map(({ applicantId }) => applicantId))],
  });
  const kept = new Map(rows.map((row) => [row.asked, row.kept]));
  for (const one of unknown) one.keptAs = kept.get(one.applicantId) ?? null;
}

/** Name, type of the array that carries it, how it is read from the rows. */
type Column = [name: string, type: string, encode: (rows: VersionRow[]) => Buffer];

/** Values for `applicants`, which gets the latest version of each applicant; the other versions only become changes. */
const latest = <T>(rows: VersionRow[], pick: (row: VersionRow) => T | null | undefined): (T | null)[] =>
  rows.map((row) => (row.latest ? (pick(row) ?? null) : null));

/** Columns of `applicants` alone. */
const LATEST: Column[] = [
  ['gender', 'text', (rows) => textArray(latest(rows, ({ facts }) => facts.gender))],
  ['first_name', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.firstName))],
  ['family_name', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.familyName))],
  ['name_key', 'text', (rows) => textArray(latest(rows, ({ nameKey }) => nameKey))],
  ['issuing_authority', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.issuingAuthority))],
  ['issue_date', 'date', (rows) => dateArray(latest(rows, ({ facts }) => facts.issueDate?.date))],
  [
    'issue_date_precision',
    'text',
    (rows) => textArray(latest(rows, ({ facts }) => facts.issueDate?.precision)),
  ],
  ['live_photo_path', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.livePhotoPath))],
  ['id_front_scan_path', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.idFrontScanPath))],
  ['id_back_scan_path', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.idBackScanPath))],
  ['photo', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.photo))],
  ['passport_scan_path', 'text', (rows) => textArray(latest(rows, ({ fields }) => fields.passportScanPath))],
  ['id_number_index', 'int8', (rows) => int8Array(latest(rows, (row) => row.idNumberIndex))],
  ['document_number_index', 'int8', (rows) => int8Array(latest(rows, (row) => row.documentNumberIndex))],
  ['known_hashes', 'bytea', (rows) => hexArray(latest(rows, ({ known }) => known.toString()))],
];

/** Columns that a version sets on its applicant. */
const COLUMNS: Column[] = [
  ...LATEST,
  ['version', 'int4', (rows) => int4Array(rows.map((row) => row.version))],
  ['outcome', 'text', (rows) => textArray(rows.map((row) => row.outcome))],
  ['status', 'int4', (rows) => int4Array(rows.map((row) => row.status))],
  ['nationality', 'text', (rows) => textArray(rows.map((row) => row.fields.nationality ?? null))],
  ['document_type_code', 'text', (rows) => textArray(rows.map((row) => row.fields.documentTypeCode ?? null))],
  ['birth_governorate', 'text', (rows) => textArray(rows.map((row) => row.facts.birthGovernorate ?? null))],
  ['content_hash', 'bytea', (rows) => hexArray(rows.map((row) => row.contentHash))],
  ['sealed', 'bytea', (rows) => byteaArray(rows.map((row) => row.sealed))],
];

/** A list as Postgres spells it in text. */
function listLiteral(values: string[]): string {
  return `{${values.map((value) => (PLAIN.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`)).join()}}`;
}
const PLAIN = /^(?!null$)[A-Za-z_][A-Za-z0-9_:]*$/i;

/** What the statement needs beside these. Lists travel as text: Postgres has no arrays of arrays of different lengths. */
const DELIVERY: Column[] = [
  ['applicant_id', 'text', (rows) => textArray(rows.map((row) => row.applicantId))],
  ['decided_on', 'int4', (rows) => int4Array(rows.map((row) => row.decidedOn))],
  ['latest', 'bool', (rows) => booleanArray(rows.map((row) => row.latest))],
  ['flag_list', 'text', (rows) => textArray(rows.map((row) => listLiteral(row.flags)))],
  ['contact_list', 'text', (rows) => textArray(latest(rows, (row) => `{${row.contactIndex.join()}}`))],
  ['raised_list', 'text', (rows) => textArray(rows.map((row) => listLiteral(row.raisedFlags)))],
  ['changed_list', 'text', (rows) => textArray(rows.map((row) => listLiteral(row.changedFields)))],
  ['event', 'text', (rows) => textArray(rows.map((row) => row.event))],
  ['previous_outcome', 'text', (rows) => textArray(rows.map((row) => row.previousOutcome))],
  ['reverts_to', 'int4', (rows) => int4Array(rows.map((row) => row.revertsTo))],
  ['receipt_id', 'uuid', (rows) => uuidArray(rows.map((row) => row.receiptId))],
  ['element_index', 'int4', (rows) => int4Array(rows.map((row) => row.elementIndex))],
  ['received_at', 'timestamptz', (rows) => timestamptzArray(rows.map((row) => row.receivedAt))],
  ['source', 'text', (rows) => textArray(rows.map((row) => row.source))],
  ['kind', 'text', (rows) => textArray(rows.map((row) => row.kind))],
];

const ALL = [...DELIVERY, ...COLUMNS];
const columnNames = COLUMNS.map(([name]) => name);

/**
 * The common table expressions that write versions. An applicant is written only if its version is still the one decided on;
 * `lost` names the others, of which nothing is written. An applicant that came under erasure meanwhile is lost, too. An unknown applicant is inserted, a known one updated, both by the primary
 * key. An applicant whose GUID is kept under another spelling (A34) is lost, too.
 * Each version becomes a change, in the order of the list; the latest also becomes the applicant's row. A version that brings flags
 * gets a notice, made out of what `history` returns, so that it comes after its version in the feed. The history is named, because
 * the column's default would be computed for every row.
 */
const WRITE_TEXT = `
gate as (delete from guid_gate where false),
w as materialized (
  select t.*, flag_list::text[] as flags, contact_list::int8[] as contact_index
  from unnest(${ALL.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')}) as t(${ALL.map(([name]) => name).join(', ')})
),
updated as (
  update applicants a
  set ${columnNames.map((name) => `${name} = w.${name}`).join(', ')},
    -- who was here under two spellings before they were one (A34) stays flagged
    flags = case when a.flags @> '{guidTwice}' and not w.flags @> '{guidTwice}' then w.flags || '{guidTwice}' else w.flags end,
    contact_index = w.contact_index,
    last_received_at = greatest(a.last_received_at, w.received_at)
  from w where a.applicant_id = w.applicant_id and w.latest and w.decided_on > 0 and a.version = w.decided_on and a.erasure_id is null
  returning a.applicant_id
),
inserted as (
  insert into applicants (applicant_id, ${columnNames.join(', ')}, flags, contact_index, first_received_at, last_received_at)
  select applicant_id, ${columnNames.join(', ')}, flags, contact_index, received_at, received_at from w
  where latest and decided_on = 0
    -- a subquery in brackets stays one: "not exists" would become a join that looks all ids up, where no GUID has capitals, too
    and not ((${ANY_IN_CAPITALS} or ${asksInCapitals('w')})
      and (select true from (${otherSpellings('w')}) other where other.applicant_id <> w.applicant_id limit 1) is not null)
  on conflict (applicant_id) do nothing
  returning applicant_id
),
won as (select applicant_id from updated union all select applicant_id from inserted),
lost as (select w.applicant_id, w.receipt_id from w where not exists (select from won where won.applicant_id = w.applicant_id)),
history as (
  insert into changes (applicant_id, version, event, receipt_id, element_index, received_at, source, kind, outcome,
    previous_outcome, status, changed_fields, flags, reverts_to, content_hash, sealed, nationality, document_type_code,
    birth_governorate, history)
  select w.applicant_id, w.version, w.event, w.receipt_id, w.element_index, w.received_at, w.source, w.kind, w.outcome,
    w.previous_outcome, w.status, w.changed_list::text[], w.flags, w.reverts_to, w.content_hash, w.sealed, w.nationality,
    w.document_type_code, w.birth_governorate, (select n.history from history_now n)
  from w join won using (applicant_id) order by w.element_index
  returning applicant_id, version, outcome, status, receipt_id, history
),
raised as (
  insert into notices (event, applicant_id, version, outcome, status, flags, receipt_id, history)
  select 'applicant.flagged', h.applicant_id, h.version, h.outcome, h.status, w.raised_list::text[], h.receipt_id, h.history
  from history h join w using (applicant_id, version) where w.raised_list <> '{}'
)`;

/** The beginning of the statement that writes versions; parameters of the statement around it follow its own. */
export const WRITE_VERSIONS = { text: WRITE_TEXT, parameterCount: ALL.length } as const;

/**
 * Writes in a transaction that keeps every other `WRITE_VERSIONS` out. Only needed for first versions of GUIDs in capitals: no
 * unique index tells that another writer makes the same applicant in small letters at the same moment. It locks a table without
 * rows. Each statement deletes from that table, so it needs the same lock before it takes its snapshot. A dump, which only reads,
 * holds up neither. A lock on `applicants` would hold off vacuum for as long as eNROLL sends capitals.
 */
export function keepingOthersOut<T>(connection: PoolClient, write: () => Promise<T>): Promise<T> {
  return inTransaction(connection, async () => {
    await connection.query('lock table guid_gate in exclusive mode');
    return write();
  });
}

/** The parameters of `WRITE_VERSIONS`, as binary arrays. */
export function writeVersionsParameters(rows: VersionRow[]): Buffer[] {
  return ALL.map(([, , encode]) => encode(rows));
}

/**
 * Which elements of a receipt have already become versions, under whatever spelling of its GUID the applicant is kept (A34).
 * Served by the primary key of `changes`.
 */
const READ_APPLIED = `
select c.version, c.element_index
from unnest($1::text[]) as k(applicant_id)
cross join lateral (
  select k.applicant_id union (${otherSpellings('k')})
) kept
cross join lateral (
  select version, element_index from changes where applicant_id = kept.applicant_id and receipt_id = $2 offset 0
) c`;

/** @returns for each applied element index, whether it made the first version */
export async function readApplied(
  connection: PoolClient,
  receiptId: string,
  applicantIds: string[],
): Promise<Map<number, 'created' | 'updated'>> {
  const { rows } = await connection.query<{ version: number; element_index: number }>({
    name: 'changes-read-applied',
    text: READ_APPLIED,
    values: [textArray([...new Set(applicantIds)]), receiptId],
  });
  return new Map(rows.map((row) => [row.element_index, row.version === 1 ? 'created' : 'updated']));
}
