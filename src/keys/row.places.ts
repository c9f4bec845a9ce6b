import type { RowKeys } from '../applicants/row-keys.service.js';
import type { RekeyedRows } from '../applicants/row-keys.types.js';
import type { ReceivedElements } from '../inbox/received-elements.service.js';
import type { Tx } from '../db/tx.js';
import type { Batch, Place, Position } from './keys.types.js';
import { countRows, countSealedBy } from './sealed-columns.repository.js';

/** Applicants: state, hashes and blind indexes, which are of one key where the state is. */
export class ApplicantsPlace implements Place {
  readonly name = 'applicants';

  constructor(
    private readonly rows: RowKeys,
    private readonly received: ReceivedElements,
  ) {}

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'applicants');
  }

  uses(tx: Tx, keyId: string): Promise<number> {
    return countSealedBy(tx, 'applicants', 'sealed', keyId);
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const batch = await this.rows.rekeyApplicants(tx, after?.[0] ?? '', this.received.reader(tx));
    return placed(batch, (last) => [last]);
  }
}

/** Versions: state and hash of the content. */
export class VersionsPlace implements Place {
  readonly name = 'changes';

  constructor(private readonly rows: RowKeys) {}

  total(tx: Tx): Promise<number> {
    return countRows(tx, 'changes');
  }

  uses(tx: Tx, keyId: string): Promise<number> {
    return countSealedBy(tx, 'changes', 'sealed', keyId);
  }

  async next(tx: Tx, after: Position | null): Promise<Batch> {
    const [applicantId = '', version = '0', changedAt = '-infinity'] = after ?? [];
    const place = { applicantId, version: Number(version), changedAt };
    return placed(await this.rows.rekeyVersions(tx, place), (last) => [
      last.applicantId,
      String(last.version),
      last.changedAt,
    ]);
  }
}

function placed<Last>({ last, ...batch }: RekeyedRows<Last>, positionOf: (last: Last) => Position): Batch {
  return { ...batch, last: last === null ? null : positionOf(last) };
}
