import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { BlindIndex } from '../crypto/blind-index.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { hashOfCanonical } from '../enroll-contract/canonical.js';
import { type Opened, RULES } from './content.js';
import { keyerOf, KnownHashes } from './known-hashes.js';
import { PUT_BACK, SealedRows } from './sealed-rows.service.js';
import { countTampered, deleteTampered, readTampered, type TamperedRow } from './tampered-rows.repository.js';
import { TamperedRows } from './tampered-rows.service.js';
import {
  countRows,
  readApplicantsAt,
  readDifferingNotices,
  readNextApplicants,
  readNextVersions,
  readVersionsAt,
  type WholeApplicant,
} from './verification.repository.js';
import type { VersionRecord } from './changes.repository.js';
import { MAX_INDEXED_CONTACTS } from './versions.types.js';

const BATCH_ROWS = 500;
/** How many of the known rows are looked at again at once. */
const LOOKED_AT_AGAIN = 100;
/** Answered; all are noted. */
const SHOWN_ROWS = 100;

/** What a verification of all rows found. */
export interface Verification {
  applicants: number;
  versions: number;
  tampered: number;
  /** The first of them. */
  rows: TamperedRow[];
}

/** Holds rows against what was sealed with them, whether or not anybody reads them. */
@Injectable()
export class RowVerification {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealedRows: SealedRows,
    private readonly tamperedRows: TamperedRows,
    private readonly blindIndex: BlindIndex,
    private readonly keyedHash: KeyedHash,
  ) {}

  /** All applicants, all versions and all notices, batch by batch. Callbacks go on meanwhile. */
  async run(onBatch: (done: number, all: number) => void): Promise<Verification> {
    const all = await countRows(this.connection);
    const found: Verification = { applicants: 0, versions: 0, tampered: 0, rows: [] };
    const add = async (tampered: TamperedRow[]) => {
      await this.tamperedRows.keep(tampered);
      found.tampered += tampered.length;
      found.rows.push(...tampered.slice(0, SHOWN_ROWS - found.rows.length));
      onBatch(found.applicants + found.versions, all);
    };
    for (let after = ''; ;) {
      const { rows } = await readNextApplicants(this.connection, after, BATCH_ROWS);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.applicantId;
      found.applicants += rows.length;
      await add(rows.flatMap((row) => this.tamperedIn(row)));
    }
    for (let after = { applicantId: '', version: 0 }; ;) {
      const { rows } = await readNextVersions(this.connection, after, BATCH_ROWS);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last;
      found.versions += rows.length;
      await add(rows.flatMap((row) => this.tamperedInVersion(row)));
    }
    await add(await readDifferingNotices(this.connection));
    return found;
  }

  /** Looks again at the rows that were found, and forgets those that were put right or are gone. @returns how many are left */
  async again(): Promise<number> {
    const known = await readTampered(this.connection, LOOKED_AT_AGAIN);
    if (known.length === 0) return 0;
    const of = (table: TamperedRow['table']) => known.filter((row) => row.table === table);
    const notices = of('notices');
    const left = [
      ...(await readApplicantsAt(this.connection, of('applicants'))).flatMap((row) => this.tamperedIn(row)),
      ...(await readVersionsAt(this.connection, of('changes'))).flatMap((row) => this.tamperedInVersion(row)),
      ...(notices.length === 0 ? [] : await readDifferingNotices(this.connection)),
    ];
    const isLeft = new Set(left.map(keyOf));
    await deleteTampered(
      this.connection,
      known.filter((row) => !isLeft.has(keyOf(row))),
    );
    return countTampered(this.connection);
  }

  private tamperedIn(row: WholeApplicant): TamperedRow[] {
    const { opened, tampered } = this.sealedRows.look(row);
    const columns = tampered.includes('sealed') ? tampered : [...tampered, ...this.hiddenIn(row, opened)];
    return foundIn('applicants', row, [...columns, ...(row.isBehind ? [PUT_BACK] : [])]);
  }

  private tamperedInVersion(row: VersionRecord): TamperedRow[] {
    return foundIn('changes', row, this.sealedRows.look(row).tampered);
  }

  /** The columns that nobody is shown: searches go by the blind indexes, decisions on redeliveries by the hashes. */
  private hiddenIn(row: WholeApplicant, opened: Opened): string[] {
    if (opened.bound?.rules !== RULES) return [];
    const { idNumber, documentNumber, phones, emails } = opened.facts.lookups;
    const isIndexOf =
      (kind: 'idNumber' | 'documentNumber' | 'phone' | 'email', text?: string) =>
      (index: string | null | undefined) =>
        text === undefined
          ? (index ?? null) === null
          : this.blindIndex.candidates(kind, text).some((candidate) => String(candidate) === index);
    const contacts = [
      ...phones.map((phone) => isIndexOf('phone', phone)),
      ...emails.map((email) => isIndexOf('email', email)),
    ].slice(0, MAX_INDEXED_CONTACTS);
    const keyer = keyerOf(this.keyedHash, row.applicantId);
    const hashes = keyer(hashOfCanonical(opened.canonical, opened.bound.outcome));
    const isFine = {
      idNumberIndex: isIndexOf('idNumber', idNumber)(row.idNumberIndex),
      documentNumberIndex: isIndexOf('documentNumber', documentNumber)(row.documentNumberIndex),
      contactIndex:
        contacts.length === row.contactIndex.length &&
        contacts.every((isOf, at) => isOf(row.contactIndex[at])),
      contentHash: hashes.includes(row.contentHash.toString('hex')),
      knownHashes: hashes.includes(KnownHashes.read(row.knownHashes, row.version, keyer).newest.content),
    };
    return Object.entries(isFine).flatMap(([column, fine]) => (fine ? [] : [column]));
  }
}

function foundIn(
  table: TamperedRow['table'],
  { applicantId, version }: { applicantId: string; version: number },
  columns: string[],
): TamperedRow[] {
  return columns.length === 0 ? [] : [{ table, applicantId, version, columns }];
}

function keyOf({ table, applicantId, version }: TamperedRow): string {
  return JSON.stringify([table, applicantId, version]);
}
