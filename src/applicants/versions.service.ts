import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Config } from '../config/config.js';
import { BlindIndex } from '../crypto/blind-index.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import { applicantKey, isGuidInCapitals } from '../enroll-contract/applicant-id.js';
import { foldId } from '../enroll-contract/lookups.js';
import type { Element, FieldName } from '../enroll-contract/types.js';
import { type Bound, openContent, RULES, sealContent } from './content.js';
import { type Arrival, type Current, decide, type Decision, type Version } from './decide.js';
import {
  currentOf,
  Fold,
  type FoldedApplicant,
  type IdNumberIndexes,
  isRead,
  onWhatWasSealed,
  type Secrets,
} from './fold.js';
import { keyerOf, KnownHashes } from './known-hashes.js';
import { kindKeeping } from './outcome.js';
import { MAX_NAME_KEY_CHARACTERS } from './tampering.js';
import { TamperedRows } from './tampered-rows.service.js';
import { readApplied, readCurrent } from './versions.repository.js';
import {
  type CurrentRow,
  MAX_INDEXED_CONTACTS,
  type Standing,
  type StoredApplicant,
  type Submission,
  type VersionRow,
  type Wanted,
} from './versions.types.js';

const INT4_MAX = 2 ** 31 - 1;

export type { Fold };

/** What became of one submission before anything was written. */
export type Decided = { write: VersionRow } | { write: null; result: 'duplicate' | 'stale' };

/** Reads, decides and prepares versions; `ApplicantsRepository.upsert` writes them. */
@Injectable()
export class Versions {
  private readonly nullsClear: ReadonlySet<FieldName>;
  private readonly secrets: Secrets;

  constructor(
    config: Config,
    sealer: Sealer,
    private readonly blindIndex: BlindIndex,
    keyedHash: KeyedHash,
    private readonly tamperedRows: TamperedRows,
  ) {
    this.secrets = { sealer, keyedHash };
    this.nullsClear = new Set(config.env.ROLLCALL_NULLS_CLEAR);
  }

  /**
   * Reads what is stored of the elements' applicants, to decide on one element after the other. An element whose applicant is
   * kept under another spelling of its GUID takes that spelling from here on (A34).
   */
  async fold(connection: PoolClient, elements: Element[]): Promise<Fold> {
    const wanted: Wanted[] = [];
    const idNumbers: IdNumberIndexes = new Map();
    const asked = new Set<string | bigint>();
    for (const { applicantId, fields } of elements) {
      let idNumberIndex = this.indexIdNumber(fields.idNumber, idNumbers);
      // who holds an idNumber is asked once, however many elements bring it
      if (idNumberIndex !== null && asked.has(idNumberIndex)) idNumberIndex = null;
      const whole = !asked.has(applicantId);
      if (!whole && idNumberIndex === null) continue;
      wanted.push({ applicantId, idNumberIndex, whole });
      asked.add(applicantId);
      if (idNumberIndex !== null) asked.add(idNumberIndex);
    }
    const rows = await readCurrent(connection, wanted);
    return respell(elements, rows) ? this.fold(connection, elements) : this.foldOf(rows, idNumbers);
  }

  foldOf(rows: CurrentRow[], idNumbers: IdNumberIndexes = new Map()): Fold {
    return new Fold(rows, idNumbers, this.secrets);
  }

  /** Which elements of a receipt have already become versions, by their index. */
  async applied(
    connection: PoolClient,
    receiptId: string,
    elements: Element[],
  ): Promise<Map<number, 'created' | 'updated'>> {
    const applicantIds = elements.map(({ applicantId }) => applicantId);
    return readApplied(connection, receiptId, applicantIds);
  }

  /** Decides on one submission and prepares its rows (M8, A7-A22). The next of its applicant meets what it made. */
  decide(fold: Fold, submission: Submission): Decided {
    const { element, kind, receivedAt, asOf } = submission;
    const applicant = fold.applicant(element.applicantId);
    const idNumberIndex = this.indexIdNumber(element.fields.idNumber, fold.idNumbers);
    const arrival = {
      kind,
      receivedAt,
      asOf,
      samePerson: fold.samePerson(applicant, idNumberIndex),
      nullsClear: this.nullsClear,
      keyer: keyerOf(this.secrets.keyedHash, element.applicantId),
    };
    const decision = this.judge(applicant, element, arrival);
    if (!('canonical' in decision)) return { write: null, result: decision.result };
    const row = this.prepare(decision, submission, applicant, fold.idNumbers);
    fold.advance(applicant, row, this.currentAfter(applicant.current, row));
    return { write: row };
  }

  /**
   * What would become of each element, in their order; a GUID is answered in the spelling that is kept (A34). Writes nothing.
   * @param asOf when the elements were true
   */
  async compare(connection: PoolClient, elements: Element[], asOf: Date): Promise<Standing[]> {
    const rows = await readCurrent(
      connection,
      // another applicant with the same idNumber (A22) makes no difference
      elements.map(({ applicantId }) => ({ applicantId, idNumberIndex: null, whole: true })),
    );
    if (respell(elements, rows)) return this.compare(connection, elements, asOf);
    const unread = rows.findIndex(({ stored }) => !isRead(stored));
    const read = unread < 0 ? elements : elements.slice(0, unread);
    const standings = read.map((element, at) => this.standing(element, rows[at]?.stored ?? null, asOf));
    if (unread < 0) return standings;
    return [...standings, ...(await this.compare(connection, elements.slice(unread), asOf))];
  }

  private standing(element: Element, stored: StoredApplicant | null, asOf: Date): Standing {
    const { applicantId, fields } = element;
    const kind = kindKeeping(fields.status, stored?.outcome);
    // what is known of an erased applicant elsewhere is not wanted here
    if (stored?.isErased === true) return { result: 'duplicate', kind };
    const current = stored && currentOf(applicantId, stored, this.secrets);
    const keyer = keyerOf(this.secrets.keyedHash, applicantId);
    const { nullsClear } = this;
    const arrival = { kind, receivedAt: asOf, asOf, samePerson: false, nullsClear, keyer };
    return { result: this.judge({ current }, element, arrival).result, kind };
  }

  /** A changed row changes no decision: what was sealed is decided on, and the next version says so again. */
  private judge(applicant: Pick<FoldedApplicant, 'current'>, element: Element, arrival: Arrival): Decision {
    const { applicantId } = element;
    return onWhatWasSealed(
      applicant,
      () => decide(applicant.current, element, arrival),
      (version, columns) => this.tamperedRows.note({ table: 'applicants', applicantId, version, columns }),
    );
  }

  private prepare(
    version: Version,
    submission: Submission,
    { current, storedVersion }: FoldedApplicant,
    idNumbers: IdNumberIndexes,
  ): VersionRow {
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
    const status = fields.status !== undefined && Math.abs(fields.status) <= INT4_MAX ? fields.status : null;
    const bound = boundBy(version, submission, current, { status, flags });
    return {
      applicantId,
      version: version.version,
      decidedOn: storedVersion,
      latest: true,
      event: version.event,
      outcome: version.outcome,
      previousOutcome: version.previousOutcome,
      status,
      fields,
      facts,
      nameKey: facts.nameKey.slice(0, MAX_NAME_KEY_CHARACTERS),
      flags,
      raisedFlags: flags.filter((flag) => current?.flags.includes(flag) !== true),
      changedFields: version.changedFields,
      revertsTo: version.revertsTo,
      idNumberIndex: this.indexIdNumber(fields.idNumber, idNumbers),
      documentNumberIndex:
        documentNumber === undefined ? null : this.blindIndex.of('documentNumber', documentNumber),
      contactIndex: contacts.slice(0, MAX_INDEXED_CONTACTS),
      contentHash: version.hashes.content,
      known: knownAfter(current, version),
      sealed: sealContent(this.secrets.sealer, applicantId, version.version, version.canonical, bound),
      receiptId,
      receivedAt,
      source,
      kind,
      elementIndex: element.index,
    };
  }

  /** The applicant as the next decision meets it: as it would be read from the row. */
  private currentAfter(before: Current | null, row: VersionRow): Current {
    const { applicantId, version, outcome, flags, known, receivedAt, sealed } = row;
    const lastReceivedAt =
      before !== null && before.lastReceivedAt > receivedAt ? before.lastReceivedAt : receivedAt;
    const firstReceivedAt = before?.firstReceivedAt ?? receivedAt;
    // few are met twice: for the others the text would only be copied by each collection of garbage until the batch is decided
    const open = () => openContent(this.secrets.sealer, applicantId, version, sealed);
    return { version, outcome, flags, known, firstReceivedAt, lastReceivedAt, open };
  }

  private indexIdNumber(idNumber: string | undefined, known: IdNumberIndexes): bigint | null {
    if (idNumber === undefined) return null;
    let index = known.get(idNumber);
    if (index === undefined) {
      const folded = foldId(idNumber);
      index = folded === '' ? null : this.blindIndex.of('idNumber', folded);
      known.set(idNumber, index);
    }
    return index;
  }
}

/** What of a version's rows does not follow from its content. */
function boundBy(
  { outcome, previousOutcome, changedFields, revertsTo }: Version,
  { element, receiptId, receivedAt, source, kind }: Submission,
  current: FoldedApplicant['current'],
  derived: Pick<Bound, 'status' | 'flags'>,
): Bound {
  const receivedAtMs = receivedAt.getTime();
  return {
    rules: RULES,
    outcome,
    previousOutcome,
    ...derived,
    changedFields: current === null ? null : changedFields,
    revertsTo,
    kind,
    source,
    receiptId,
    elementIndex: element.index,
    receivedAtMs,
    firstReceivedAtMs: current?.firstReceivedAt.getTime() ?? receivedAtMs,
    lastReceivedAtMs: Math.max(current?.lastReceivedAt.getTime() ?? receivedAtMs, receivedAtMs),
  };
}

/**
 * Gives each element the spelling under which its applicant is kept. A GUID that nobody has takes the first of its spellings
 * (A34). An applicant that is kept under two spellings stays two.
 * @returns whether an element came with another spelling; then the rows must be read again
 */
function respell(elements: Element[], rows: CurrentRow[]): boolean {
  if (!rows.some(({ applicantId, keptAs }) => keptAs !== null || isGuidInCapitals(applicantId))) return false;
  const spellings = spellingsOf(rows);
  let isChanged = false;
  for (const element of elements) {
    const spelling = spellings.get(element.applicantId) ?? element.applicantId;
    isChanged ||= spelling !== element.applicantId;
    element.applicantId = spelling;
  }
  return isChanged;
}

function spellingsOf(rows: CurrentRow[]): Map<string, string> {
  const spellings = new Map<string, string>();
  const firstOfUnknown = new Map<string, string>();
  for (const { applicantId, stored, keptAs } of rows) {
    if (spellings.has(applicantId)) continue; // here it is asked for its idNumber alone
    const key = applicantKey(applicantId);
    const isUnknown = stored === null && keptAs === null;
    if (isUnknown && !firstOfUnknown.has(key)) firstOfUnknown.set(key, applicantId);
    spellings.set(applicantId, keptAs ?? (isUnknown ? firstOfUnknown.get(key) : undefined) ?? applicantId);
  }
  return spellings;
}

function knownAfter(current: Current | null, { hashes }: Version): KnownHashes {
  if (current === null) return KnownHashes.of(hashes);
  current.known.add(hashes);
  return current.known;
}
