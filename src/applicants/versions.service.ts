import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Config } from '../config/config.js';
import { BlindIndex } from '../crypto/blind-index.js';
import { Sealer } from '../crypto/sealer.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import { isGuidInCapitals } from '../enroll-contract/applicant-id.js';
import { foldId } from '../enroll-contract/lookups.js';
import type { Element, FieldName } from '../enroll-contract/types.js';
import { openContent, sealContent } from './content.js';
import { decide, HASH_DIGITS, type Version } from './decide.js';
import {
  keepingOthersOut,
  readApplied,
  readCurrent,
  WRITE_VERSIONS,
  WRITE_VERSIONS_PARAMETERS,
  writeVersionsParameters,
} from './versions.repository.js';
import type { CurrentRow, Submission, VersionRow } from './versions.types.js';

/** Longer keys would not fit an index page; the stored names are never cut. */
const MAX_NAME_KEY_CHARACTERS = 400;
/** Contacts beyond these are kept but not findable. */
const MAX_INDEXED_CONTACTS = 32;
const INT4_MAX = 2 ** 31 - 1;

/** What became of one submission before anything was written. */
export type Decided = { write: VersionRow } | { write: null; result: 'duplicate' | 'stale' };

/** Reads, decides and prepares versions. The inbox writes them together with their receipt, in one statement. */
@Injectable()
export class Versions {
  /** The common table expressions that write versions, and how many parameters they take. */
  readonly write = {
    text: WRITE_VERSIONS,
    parameterCount: WRITE_VERSIONS_PARAMETERS,
    parameters: (rows: VersionRow[]) => writeVersionsParameters(rows.sort(byApplicant)),
  };
  private readonly nullsClear: ReadonlySet<FieldName>;

  constructor(
    config: Config,
    private readonly sealer: Sealer,
    private readonly blindIndex: BlindIndex,
  ) {
    this.nullsClear = new Set(config.env.ROLLCALL_NULLS_CLEAR as FieldName[]);
  }

  /**
   * The current rows of the elements' applicants, in the order of the elements. An element whose applicant is kept under
   * another spelling of its GUID takes that one (A34), for everything that follows.
   */
  async current(connection: PoolClient, elements: Element[]): Promise<CurrentRow[]> {
    const rows = await readCurrent(
      connection,
      elements.map(({ applicantId, fields }) => ({
        applicantId,
        idNumberIndex: this.indexIdNumber(fields.idNumber),
      })),
    );
    respell(elements, rows);
    return rows;
  }

  /**
   * Runs the statement that writes these versions: by itself, but where it makes an applicant whose GUID has capitals in a
   * transaction that keeps other writers out, so that no other spelling of it is made at the same moment (A34).
   */
  async alone<T>(connection: PoolClient, rows: VersionRow[], write: () => Promise<T>): Promise<T> {
    const makesGuidInCapitals = rows.some((row) => row.version === 1 && isGuidInCapitals(row.applicantId));
    return makesGuidInCapitals ? keepingOthersOut(connection, write) : write();
  }

  /** Which elements of a receipt have already become versions, by their index. */
  async applied(
    connection: PoolClient,
    receiptId: string,
    elements: Element[],
  ): Promise<Map<number, 'created' | 'updated'>> {
    return readApplied(
      connection,
      receiptId,
      elements.map((element) => element.applicantId),
    );
  }

  /** Decides on one submission and prepares its rows (M8, A7-A22). */
  decide(row: CurrentRow, submission: Submission): Decided {
    const { element, kind, receivedAt, asOf } = submission;
    const { stored, samePerson } = row;
    const decision = decide(
      stored === null
        ? null
        : {
            ...stored,
            open: () => openContent(this.sealer, element.applicantId, stored.version, stored.sealed),
          },
      element,
      {
        kind,
        receivedAt,
        asOf,
        samePerson,
        nullsClear: this.nullsClear,
      },
    );
    if ('canonical' in decision) return { write: this.prepare(decision, submission, row) };
    return { write: null, result: decision.result };
  }

  private prepare(version: Version, submission: Submission, current: CurrentRow): VersionRow {
    const { fields } = version.content;
    const facts = deriveFacts(version.content);
    const { documentNumber, phones, emails } = facts.lookups;
    const contacts = [
      ...phones.map((phone) => this.blindIndex.of('phone', phone)),
      ...emails.map((email) => this.blindIndex.of('email', email)),
    ];
    const { element, receiptId, receivedAt, source, kind } = submission;
    const { applicantId } = element;
    const flags = version.flags.length === 0 ? facts.flags : [...new Set([...facts.flags, ...version.flags])];
    return {
      applicantId,
      version: version.version,
      event: version.event,
      outcome: version.outcome,
      previousOutcome: version.previousOutcome,
      status: fields.status !== undefined && Math.abs(fields.status) <= INT4_MAX ? fields.status : null,
      fields,
      facts,
      nameKey: facts.nameKey.slice(0, MAX_NAME_KEY_CHARACTERS),
      flags,
      raisedFlags: flags.filter((flag) => current.stored?.flags.includes(flag) !== true),
      changedFields: version.changedFields,
      revertsTo: version.revertsTo,
      idNumberIndex:
        element.fields.idNumber === fields.idNumber
          ? current.idNumberIndex
          : this.indexIdNumber(fields.idNumber),
      documentNumberIndex:
        documentNumber === undefined ? null : this.blindIndex.of('documentNumber', documentNumber),
      contactIndex: contacts.slice(0, MAX_INDEXED_CONTACTS),
      contentHash: version.knownHashes.slice(-2 * HASH_DIGITS, -HASH_DIGITS),
      knownHashes: version.knownHashes,
      sealed: sealContent(this.sealer, applicantId, version.version, version.canonical),
      receiptId,
      receivedAt,
      source,
      kind,
      elementIndex: element.index,
    };
  }

  private indexIdNumber(idNumber: string | undefined): bigint | null {
    const folded = foldId(idNumber ?? '');
    return folded === '' ? null : this.blindIndex.of('idNumber', folded);
  }
}

/** Rows in one order in every writer: two statements never lock the same applicants crosswise. Mostly they are in it already. */
function byApplicant(a: VersionRow, b: VersionRow): number {
  return a.applicantId < b.applicantId ? -1 : 1;
}

/** Gives each element the spelling under which its applicant is kept (A34). */
export function respell(elements: Element[], rows: CurrentRow[]): void {
  for (const [at, element] of elements.entries()) {
    const kept = rows[at]?.stored?.applicantId;
    if (kept !== undefined && kept !== element.applicantId) element.applicantId = kept;
  }
}
