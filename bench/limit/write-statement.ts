import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { nameKey } from '../../src/enroll-contract/arabic-name.js';
import { commit } from '../../src/inbox/inbox.repository.js';
import { WRITE_VERSIONS } from '../../src/applicants/versions.repository.js';
import { enrollmentOf } from '../../simulator/enrollment.js';
import { personOf } from '../../simulator/people.js';

/** What one statement writes. */
export interface Written {
  applicants: number;
  updateShare: number;
  /** Average size of a sealed state that the real server wrote. */
  sealedBytes: number;
  /** The same of the sealed body of one callback. */
  bodyBytes: number;
}

/** Applicants that each client of the limit has to itself, so that clients never wait for each other's rows. */
export const KNOWN_PER_CLIENT = 5000;

const NAMES = 128;
const HASH = '0123456789abcdef'.repeat(2);
/** What a first version names as changed. */
const ALL_FIELDS = Object.keys(enrollmentOf({ seed: 1, index: 0, applicantId: '', revision: 0 })).filter(
  (name) => name !== 'applicantId',
);
const BLOB_BYTES = 16 * 1024;
const UNNEST = /unnest\(([^)]*)\) as t\(([^)]*)\)/g;

/** Ids that a statement can name without having read them. */
const knownId = (number: string): string => `(md5((${number})::text)::uuid)::text`;

/**
 * The write statement of the main job, exactly as the server sends it, but with its parameter arrays replaced by rows
 * that Postgres makes up itself: the same tables, indexes and row sizes, and nothing on the way there.
 * The number of applicants is a constant in it, or the planner would guess 1000 and take a plan for that.
 * Parameters: the client's number `c`, a random number `r` below `KNOWN_PER_CLIENT`.
 */
export async function limitStatement(
  written: Written,
  parameter: (name: 'c' | 'r') => string,
): Promise<string> {
  const text = await realStatement();
  const sources = [versionRows(written, parameter), receiptRow(written), 'no rows'] as const;
  let at = 0;
  return text.replace(UNNEST, (_, arrays: string, columns: string) => {
    const names = columns.split(', ');
    const types = arrays.split(', ').map((array) => /::(.*)\[\]$/.exec(array)?.[1] ?? '');
    const source = sources[at++];
    if (source === undefined) throw new Error('the write statement has a fourth source of rows');
    if (source === 'no rows') {
      return `(select ${types.map((type, index) => `null::${type} as ${names[index]}`).join(', ')} where false) as t`;
    }
    const chosen = names.map((name, index) => {
      const expression = source.columns[name];
      if (expression === undefined) throw new Error(`the bench has no made-up value for the column ${name}`);
      return `(${expression})::${types[index]} as ${name}`;
    });
    return `(select ${chosen.join(', ')} from ${source.from}) as t`;
  });
}

/** Asks the repository itself, by way of a connection that only listens. */
async function realStatement(): Promise<string> {
  let text = '';
  const listening = {
    query: (statement: { text: string }) => {
      text = statement.text;
      return Promise.resolve({ rows: [] });
    },
  };
  const nothing = { versions: [], receipts: [], quarantine: [], repeats: [] };
  await commit(listening as unknown as PoolClient, WRITE_VERSIONS, nothing);
  return text;
}

interface Source {
  from: string;
  columns: Record<string, string>;
}

function versionRows(
  { applicants, updateShare, sealedBytes }: Written,
  parameter: (name: 'c' | 'r') => string,
): Source {
  const [c, r] = (['c', 'r'] as const).map((name) => `${parameter(name)}::int`);
  const people = Array.from({ length: NAMES }, (_, index) => personOf(1, index));
  const oneOf = (texts: string[]): string => `(${literal(texts)})[1 + (s.i * 31 + ${r}) % ${NAMES}]`;
  const blob = `'\\x${randomBytes(BLOB_BYTES).toString('hex')}'::bytea`;
  const random = '(random() * 9e18)::int8';
  // below one update per statement: in so many statements of a hundred
  const updates = `s.i <= floor(${applicants * updateShare} + (${r} % 100) / 100.0)`;
  return {
    // every row joins, so that a first version costs one look as it does in the real read
    from: `generate_series(1, ${applicants}) as s(i)
      left join lateral (
        select a.applicant_id, a.version, a.known_hashes from applicants a
        where ${updates} and a.applicant_id = ${knownId(`${c} * ${KNOWN_PER_CLIENT} + (${r} + s.i) % ${KNOWN_PER_CLIENT}`)}
      ) old on true
      order by 1`,
    columns: {
      applicant_id: 'coalesce(old.applicant_id, gen_random_uuid()::text)',
      version: 'coalesce(old.version, 0) + 1',
      decided_on: 'coalesce(old.version, 0)',
      latest: 'true',
      outcome: "'accepted'",
      status: '1',
      gender: "'M'",
      first_name: oneOf(people.map(({ firstName }) => firstName)),
      family_name: oneOf(people.map(({ familyName }) => familyName)),
      name_key: oneOf(people.map(({ firstName, familyName }) => nameKey(firstName, familyName))),
      nationality: "'EGY'",
      document_type_code: "'EGY'",
      issuing_authority: "'EGY'",
      issue_date: "'2021-03-15'",
      issue_date_precision: "'day'",
      birth_governorate: "'01'",
      live_photo_path: "'kyc/live-1234abcd.jpg'",
      id_front_scan_path: "'kyc/1042/front r0-1234abcd.jpg'",
      id_back_scan_path: "'kyc/1042/back r0-1234abcd.jpg'",
      photo: "'kyc/1042/photo r0-1234abcd.jpg'",
      passport_scan_path: 'null',
      id_number_index: random,
      document_number_index: random,
      content_hash: `'\\x${HASH}'`,
      known_hashes: `coalesce(old.known_hashes, '\\x010001') || '\\x${HASH}${HASH}'`,
      sealed: `substr(${blob}, 1 + (random() * ${BLOB_BYTES - sealedBytes - 1})::int, ${sealedBytes})`,
      flag_list: "'{}'",
      raised_list: "'{}'",
      contact_list: `'{' || ${random} || ',' || ${random} || '}'`,
      changed_list: `case when old.version is null then '{${ALL_FIELDS.join()}}' else '{phoneNumbers,livePhotoPath}' end`,
      event: "case when old.version is null then 'applicant.created' else 'applicant.updated' end",
      previous_outcome: "case when old.version is null then null else 'accepted' end",
      reverts_to: 'null',
      receipt_id: 'gen_random_uuid()',
      element_index: 's.i - 1',
      received_at: 'now()',
      source: "'callback'",
      kind: "'success'",
    },
  };
}

function receiptRow({ applicants, bodyBytes }: Written): Source {
  const piece = randomBytes(1024).toString('hex');
  return {
    from: 'generate_series(1, 1)',
    columns: {
      id: 'gen_random_uuid()',
      state: "'applied'",
      received_at: 'now()',
      source: "'callback'",
      kind: "'success'",
      client_id: "'bench'",
      remote_address: "'127.0.0.1'",
      request_id: "'req-1234567890'",
      content_type: "'application/json'",
      error_code: 'null',
      received: String(applicants),
      applied: String(applicants),
      duplicates: '0',
      quarantined: '0',
      results: `repeat('C', ${applicants})`,
      body_bytes: String(bodyBytes),
      // folded to one constant when the statement is prepared
      body: `substr(decode(repeat('${piece}', ${Math.ceil(bodyBytes / 1024)}), 'hex'), 1, ${bodyBytes})`,
      sent_bytes: 'null',
      content_encoding: 'null',
    },
  };
}

function literal(texts: string[]): string {
  return `array[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(',')}]`;
}

/** Makes the applicants that the limit updates: those of `clients` clients, as first versions without history. */
export function knownApplicants({ sealedBytes }: Written, clients: number): string {
  return `insert into applicants (applicant_id, version, outcome, status, gender, first_name, family_name, name_key,
      flags, id_number_index, document_number_index, contact_index, content_hash, known_hashes, sealed,
      first_received_at, last_received_at)
    select ${knownId('k')}, 1, 'accepted', 1, 'M', 'محمد', 'أحمد السيد', 'محمد احمد السيد', '{}', (random() * 9e18)::int8,
      (random() * 9e18)::int8, array[(random() * 9e18)::int8, (random() * 9e18)::int8], '\\x${HASH}',
      '\\x010001${HASH}${HASH}', decode(repeat('5a', ${sealedBytes}), 'hex'), now(), now()
    from generate_series(0, ${clients * KNOWN_PER_CLIENT - 1}) k`;
}
