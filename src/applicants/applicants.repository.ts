import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { PoolClient } from 'pg';
import { LessThan, type Repository } from 'typeorm';
import { asKept, findErasure } from '../db/applicant-id.repository.js';
import { type Bounded, type Stretch, stretchOf, withinPageBytes } from '../db/page-bytes.repository.js';
import { requireReadable } from '../problem/readable.js';
import { isGuidInCapitals } from '../enroll-contract/applicant-id.js';
import type { Outcome } from '../enroll-contract/types.js';
import { Applicant } from './applicants.entity.js';
import { Change } from './changes.entity.js';
import { keepingOthersOut, WRITE_VERSIONS, writeVersionsParameters } from './versions.repository.js';
import type { Readable } from './tampering.js';
import type { VersionRow } from './versions.types.js';

/** What reads take of an applicant: the sealed state, and the readable columns, which are held against it. */
export type ApplicantRow = Pick<
  Applicant,
  | 'applicantId'
  | 'version'
  | 'outcome'
  | 'flags'
  | 'firstReceivedAt'
  | 'lastReceivedAt'
  | 'sealed'
  | 'contentHash'
  | 'erasureId'
> &
  Readable;

/** Conditions on typed columns. Times are of the first receipt: `receivedFrom` inclusive, `receivedTo` exclusive. */
export interface ApplicantFilter {
  outcome?: Outcome;
  status?: number;
  nationality?: string;
  documentType?: string;
  flag?: string;
  receivedFrom?: Date;
  receivedTo?: Date;
  /** Also who is under erasure, or erased. */
  withErasures?: boolean;
  /** One of these; the primary key serves it. */
  among?: string[];
}

/** The last row of the page before. */
export interface Position {
  firstReceivedAt: Date;
  applicantId: string;
}

/** Blind indexes of one sealed value, one per ring key; `contact` is a phone or an e-mail. */
export interface BlindLookup {
  field: 'idNumber' | 'documentNumber' | 'contact';
  candidates: bigint[];
}

/** Names of `ApplicantRow` but `sealed`, and how they are read. */
const READ: Record<Exclude<keyof Applicant, 'sealed' | 'knownHashes' | `${string}Index`>, string> = {
  applicantId: 'applicant_id',
  version: 'version',
  outcome: 'outcome',
  status: 'status',
  gender: 'gender',
  firstName: 'first_name',
  familyName: 'family_name',
  nameKey: 'name_key',
  nationality: 'nationality',
  documentTypeCode: 'document_type_code',
  issuingAuthority: 'issuing_authority',
  issueDate: 'issue_date::text',
  issueDatePrecision: 'issue_date_precision',
  birthGovernorate: 'birth_governorate',
  livePhotoPath: 'live_photo_path',
  idFrontScanPath: 'id_front_scan_path',
  idBackScanPath: 'id_back_scan_path',
  photo: 'photo',
  passportScanPath: 'passport_scan_path',
  flags: 'flags',
  contentHash: 'content_hash',
  firstReceivedAt: 'first_received_at',
  lastReceivedAt: 'last_received_at',
  erasureId: 'erasure_id',
};
/** Everything of `ApplicantRow`, from `applicants`. */
export const COLUMNS = `${Object.entries(READ)
  .map(([name, column]) => `${column} as "${name}"`)
  .join(', ')}, sealed`;
/** As `COLUMNS` names them, but `sealed`. */
export const NAMES = Object.keys(READ)
  .map((name) => `"${name}"`)
  .join(', ');
const NEWEST_FIRST = 'order by first_received_at desc, applicant_id desc';
/** Rows that a flag is looked for in before its own index is asked. */
const FLAG_WALK_ROWS = 20_000;

/** Collects the parameters of a statement that is put together from conditions. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the placeholder */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** Conditions as SQL, for statements on `applicants`. Never empty: nobody finds who is under erasure, or erased. */
export function conditionsOf(filter: ApplicantFilter, parameters: Parameters): string {
  const conditions = [filter.withErasures === true ? 'true' : 'erasure_id is null'];
  const where = (sql: string, value: unknown): void => {
    if (value !== undefined) conditions.push(sql.replace('?', parameters.add(value)));
  };
  where('outcome = ?', filter.outcome);
  where('status = ?', filter.status);
  where('nationality = ?', filter.nationality);
  where('document_type_code = ?', filter.documentType);
  where('flags @> array[?::text]', filter.flag);
  where('first_received_at >= ?', filter.receivedFrom);
  where('first_received_at < ?', filter.receivedTo);
  where('applicant_id = any(?)', filter.among);
  return conditions.join(' and ');
}

function olderThan(position: Position | null, parameters: Parameters): string {
  if (position === null) return 'true';
  const at = parameters.add(position.firstReceivedAt);
  return `(first_received_at, applicant_id) < (${at}, ${parameters.add(position.applicantId)})`;
}

/** The applicants: read as entities and in lists, written by `upsert` and by nothing else. */
@Injectable()
export class ApplicantsRepository {
  constructor(
    @InjectRepository(Applicant) private readonly applicants: Repository<Applicant>,
    @InjectRepository(Change) private readonly changes: Repository<Change>,
  ) {}

  /**
   * Inserts or updates applicants and writes their history to `changes`. `decide` has read `isUpdate` before and made a
   * version only of what is to be written (M8):
   *
   * | applicant | `isUpdate` | this writes |
   * |---|---|---|
   * | unknown | any; true adds the flag `firstSeenAsUpdate` (A7) | an insert, version 1 |
   * | known, content is new (A10, A12, A13, A18) | any | an update, where the version is still `decidedOn` |
   * | known, content of an earlier version | true (A11) | the same update, flag `revertsTo` |
   * | known, content of an earlier version | false (A9) | nothing: stale |
   * | known, content is current (A8) | any | nothing: duplicate |
   *
   * Status and outcome are written as they were decided (A15 to A17). If another writer was first, nothing is inserted or
   * updated; TypeORM's own `upsert` would overwrite what the other one decided. This one is prepared SQL, and one
   * statement with what the caller commits beside it: see docs/adr/0001-one-statement.md.
   *
   * @param commit runs the statement that begins with `write` and takes `values` as its first parameters; it answers the
   *   applicants in `lost`
   * @returns the applicants that another writer changed first; they are to be read and decided again
   */
  async upsert(
    connection: PoolClient,
    versions: VersionRow[],
    commit: (write: typeof WRITE_VERSIONS, values: Buffer[]) => Promise<Set<string>>,
  ): Promise<Set<string>> {
    const run = () => commit(WRITE_VERSIONS, writeVersionsParameters(versions));
    // no unique index sees that another spelling of a GUID is inserted at the same moment (A34)
    const makesGuidInCapitals = versions.some(
      (row) => row.version === 1 && isGuidInCapitals(row.applicantId),
    );
    return makesGuidInCapitals ? keepingOthersOut(connection, run) : run();
  }

  /**
   * The current version, under any spelling of its GUID (A34). Primary key. Integrations ask for this read most: `findOne` would
   * take 0.2 ms more of the processor, a sixth of the whole request.
   * @throws Problem RESTRICTED, APPLICANT_ERASED
   */
  async find(asked: string): Promise<ApplicantRow | null> {
    const row = (await this.one(asked)) ?? (await this.ofOtherSpelling(asked));
    if (row !== null && row.erasureId !== null)
      await requireReadable(this.applicants.manager, row.applicantId);
    return row;
  }

  private async one(applicantId: string): Promise<ApplicantRow | null> {
    const text = `select ${COLUMNS} from applicants where applicant_id = $1`;
    const [row] = await this.applicants.query<ApplicantRow[]>(text, [applicantId]);
    return row ?? null;
  }

  /** Looked for only where nobody is kept as asked. */
  private async ofOtherSpelling(asked: string): Promise<ApplicantRow | null> {
    const kept = await asKept(this.applicants.manager, asked);
    return kept === asked ? null : this.one(kept);
  }

  /**
   * The version that was current at `at`, of any spelling. Primary keys. Times are shown in milliseconds and kept in
   * microseconds: a time that the API showed must find the version it was shown with.
   * @throws Problem RESTRICTED, APPLICANT_ERASED
   */
  async findAsOf(asked: string, at: Date): Promise<(ApplicantRow & { receivedAt: Date }) | null> {
    const applicantId = await asKept(this.applicants.manager, asked);
    await requireReadable(this.applicants.manager, applicantId);
    const change = await this.changes.findOne({
      where: { applicantId, changedAt: LessThan(new Date(at.getTime() + 1)) },
      select: {
        applicantId: true,
        version: true,
        outcome: true,
        flags: true,
        receivedAt: true,
        status: true,
        contentHash: true,
        sealed: true,
      },
      order: { version: 'desc' },
    });
    if (change === null) return null;
    const firstReceivedAt = (await this.times(applicantId))?.firstReceivedAt ?? change.receivedAt;
    return { ...change, firstReceivedAt, lastReceivedAt: change.receivedAt, erasureId: null };
  }

  /**
   * Whether a row is of an earlier version than the newest: both are written by one statement, so somebody has put it back. One
   * snapshot of both. Primary keys, one probe a month since this version; the day is for clocks that differ.
   */
  async isBehind({ applicantId, version, lastReceivedAt }: ApplicantRow): Promise<boolean> {
    const rows = await this.applicants.query<unknown[]>(
      `select from applicants where applicant_id = $1 and version = $2 and exists (select from changes c
         where c.applicant_id = $1 and c.version > $2 and c.changed_at > $3::timestamptz - interval '1 day')`,
      [applicantId, version, lastReceivedAt],
    );
    return rows.length > 0;
  }

  /** Whether anybody else may have this idNumber: nearly always nobody, so no row is read and opened. `applicants_id_number`. */
  async isShared({ candidates }: BlindLookup, { applicantId }: ApplicantRow): Promise<boolean> {
    const rows = await this.applicants.query<unknown[]>(
      'select from applicants where id_number_index = any($1::bigint[]) and applicant_id <> $2 limit 1',
      [candidates.map(String), applicantId],
    );
    return rows.length > 0;
  }

  /** When the latest version was received, under any spelling; undefined where nobody has this id. Primary key. */
  async lastReceived(asked: string): Promise<Date | undefined> {
    return (await this.times(await asKept(this.applicants.manager, asked)))?.lastReceivedAt;
  }

  /** When the first version was received, under any spelling; undefined where nobody has this id. Primary key. */
  async firstReceived(asked: string): Promise<Date | undefined> {
    return (await this.times(await asKept(this.applicants.manager, asked)))?.firstReceivedAt;
  }

  /** Whether it is under erasure, or erased, under any spelling. Primary key. */
  async isErased(asked: string): Promise<boolean> {
    return (await findErasure(this.applicants.manager, [asked])) !== undefined;
  }

  private async times(applicantId: string): Promise<Applicant | null> {
    const select = { applicantId: true, firstReceivedAt: true, lastReceivedAt: true };
    return this.applicants.findOne({ where: { applicantId }, select });
  }

  /**
   * Newest first. `applicants_outcome` where an outcome is asked for, else `applicants_first_received`; the other
   * conditions are checked on the way, so a rare nationality or type of document walks far (0.5 s at 1 M rows).
   */
  async listNewest(
    filter: ApplicantFilter,
    after: Position | null,
    limit: number,
  ): Promise<Stretch<ApplicantRow>> {
    if (filter.flag !== undefined) return this.listFlagged(filter, after, limit);
    const p = new Parameters();
    const where = `${conditionsOf(filter, p)} and ${olderThan(after, p)}`;
    const page = `select ${COLUMNS} from applicants where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`;
    return this.read(page, p);
  }

  private async read(page: string, p: Parameters): Promise<Stretch<ApplicantRow>> {
    return stretchOf(
      await this.applicants.query<Bounded<ApplicantRow>[]>(withinPageBytes(page, NAMES), p.values),
    );
  }

  /**
   * A flag may be on every applicant or on three: the planner cannot tell, and is wrong by 0.6 s at 1 M rows. So first
   * the newest rows are walked, which finds a page of any common flag; only a rare one goes to `applicants_flags`, which
   * is partial: its condition must be repeated.
   */
  private async listFlagged(
    filter: ApplicantFilter,
    after: Position | null,
    limit: number,
  ): Promise<Stretch<ApplicantRow>> {
    const walk = new Parameters();
    const { flag, ...others } = filter;
    const near = `select * from applicants where ${conditionsOf(others, walk)} and ${olderThan(after, walk)}
      ${NEWEST_FIRST} limit ${FLAG_WALK_ROWS}`;
    const found = await this.read(
      `select ${COLUMNS} from (${near}) near where flags @> array[${walk.add(flag)}::text]
       ${NEWEST_FIRST} limit ${walk.add(limit)}`,
      walk,
    );
    if (found.isCut || found.rows.length === limit) return found;
    const p = new Parameters();
    const where = `${conditionsOf(others, p)} and ${olderThan(after, p)}`;
    return this.read(
      `with flagged as materialized (select * from applicants where flags @> array[${p.add(flag)}::text] and flags <> '{}')
       select ${COLUMNS} from flagged where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`,
      p,
    );
  }

  /**
   * `applicants_id_number`, `applicants_document_number` or `applicants_contact` (GIN, partial: its condition must be
   * repeated). Materialized: otherwise the planner prefers to walk all applicants by time (0.8 s at 1 M rows for a
   * contact). Hits are to be checked on the opened rows.
   */
  async findByBlindIndex(
    lookup: BlindLookup,
    filter: ApplicantFilter,
    after: Position | null,
    limit: number,
  ): Promise<Stretch<ApplicantRow>> {
    const p = new Parameters();
    const candidates = `${p.add(lookup.candidates.map(String))}::bigint[]`;
    const hit = {
      idNumber: `id_number_index = any(${candidates})`,
      documentNumber: `document_number_index = any(${candidates})`,
      contact: `contact_index && ${candidates} and contact_index <> '{}'`,
    }[lookup.field];
    const where = `${conditionsOf(filter, p)} and ${olderThan(after, p)}`;
    return this.read(
      `with hit as materialized (select * from applicants where ${hit})
       select ${COLUMNS} from hit where ${where} ${NEWEST_FIRST} limit ${p.add(limit)}`,
      p,
    );
  }
}
