import { Injectable } from '@nestjs/common';
import { CryptoError } from '../crypto/crypto.errors.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import type { Outcome } from '../enroll-contract/types.js';
import { type Bound, openBound, Opened, openVersion } from './content.js';
import { keyerOf } from './known-hashes.js';
import { differingFrom, differingOutcome, type Readable } from './tampering.js';
import type { CheckedTable } from './tampered-rows.repository.js';
import { TamperedRows } from './tampered-rows.service.js';

/** Shown as changed where a whole row was put back as it was at an earlier version. */
export const PUT_BACK = 'version';
const UNKNOWN = { outcome: 'unknown', status: null } as const;

/** A row with its sealed state, and what it was read of the readable columns. */
export type SealedRow = Readable & {
  applicantId: string;
  version: number;
  outcome: Outcome;
  sealed: Buffer;
  contentHash: Buffer;
};

/** A row whose readable columns say what was sealed. */
export interface CheckedRow<Row> {
  row: Row;
  /** What was sealed instead of what the row said. */
  differing: Partial<Row>;
  /** Empty where the state is not this row's. */
  opened: Opened;
  /** The columns that said something else, or `sealed`; mostly none. */
  tampered: string[];
}

/** Opens the sealed states of rows and holds their readable columns against them. */
@Injectable()
export class SealedRows {
  constructor(
    private readonly sealer: Sealer,
    private readonly keyedHash: KeyedHash,
    private readonly tamperedRows: TamperedRows,
  ) {}

  /**
   * A column that was changed is answered as it was sealed, and named. Where the state does not open (it was changed, or is
   * another row's), nothing is known of the applicant, and its outcome is `unknown`: nobody shall take it for decided.
   */
  check<Row extends SealedRow>(table: CheckedTable, row: Row): CheckedRow<Row> {
    const checked = this.look(row);
    if (checked.tampered.length > 0) this.note(table, checked);
    return checked;
  }

  /**
   * Whether a row of the feed, which has no other columns, says what was sealed beside the content: a third of the price of
   * `check`. False also where nothing was sealed beside it.
   */
  saysWhatWasSealed(row: SealedRow): boolean {
    const bound = this.boundOf(row);
    if (bound === null) return false;
    const known = new Opened({ fields: statusOf(bound), extras: {} }, bound, '');
    return Object.keys(differingFrom(known, row)).length === 0;
  }

  /** As `check`, without a note of what was found. */
  look<Row extends SealedRow>(row: Row): CheckedRow<Row> {
    const opened = this.open(row);
    if (opened === null) {
      const nothing = new Opened({ fields: {}, extras: {} }, null, '');
      const differing = UNKNOWN as Partial<Row>;
      return { row: { ...row, ...UNKNOWN }, differing, opened: nothing, tampered: ['sealed'] };
    }
    const { applicantId, outcome, contentHash } = row;
    const keyer = keyerOf(this.keyedHash, applicantId);
    const differing = {
      ...differingFrom(opened, row),
      ...differingOutcome(opened, outcome, contentHash.toString('hex'), keyer),
    };
    const tampered = Object.keys(differing);
    if (tampered.length === 0) return { row, differing: {}, opened, tampered };
    return { row: { ...row, ...differing }, differing: differing as Partial<Row>, opened, tampered };
  }

  /** What an applicant's row says that was put back to an earlier version: nobody shall take it for decided. Noted. */
  putBack({ row, tampered }: CheckedRow<SealedRow>) {
    const { applicantId, version } = row;
    const tamperedFields = [...tampered, PUT_BACK];
    this.tamperedRows.note({ table: 'applicants', applicantId, version, columns: tamperedFields });
    return { ...UNKNOWN, tampered: true as const, tamperedFields };
  }

  private note(table: CheckedTable, { row, tampered }: CheckedRow<SealedRow>): void {
    const { applicantId, version } = row;
    this.tamperedRows.note({ table, applicantId, version, columns: tampered });
  }

  private open({ applicantId, version, sealed }: SealedRow): Opened | null {
    return orNull(() => openVersion(this.sealer, applicantId, version, sealed));
  }

  private boundOf({ applicantId, version, sealed }: SealedRow): Bound | null {
    return orNull(() => openBound(this.sealer, applicantId, version, sealed));
  }
}

function statusOf({ status }: Bound): { status?: number } {
  return status === null ? {} : { status };
}

/** Null where the state is not this row's, or names a key that the ring lacks: one such row must not hide those beside it. */
function orNull<T>(open: () => T): T | null {
  try {
    return open();
  } catch (error) {
    if (error instanceof CryptoError) return null;
    throw error;
  }
}
