import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Config } from '../config/config.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import { isKnownStatus } from '../enroll-contract/status.js';
import type { CallbackKind, Element, FieldName, Outcome } from '../enroll-contract/types.js';
import { decide } from './decide.js';
import { currentOf, isRead, type Secrets } from './fold.js';
import { keyerOf } from './known-hashes.js';
import { readCurrent } from './versions.repository.js';
import { respell } from './versions.service.js';
import type { StoredApplicant } from './versions.types.js';

/** What a delivery would come to. `stale`: its applicant was heard of since, so nobody knows which is newer. */
export interface Standing {
  result: 'created' | 'updated' | 'duplicate' | 'stale';
  /** The kind under which to deliver it. */
  kind: CallbackKind;
}

/** Compares contents with what is held; writes nothing and prepares nothing. */
@Injectable()
export class Comparison {
  private readonly nullsClear: ReadonlySet<FieldName>;
  private readonly secrets: Secrets;

  constructor(
    config: Config,
    sealer: Sealer,
    private readonly keyedHash: KeyedHash,
  ) {
    this.secrets = { sealer, keyedHash };
    this.nullsClear = new Set(config.env.ROLLCALL_NULLS_CLEAR);
  }

  /**
   * How each element stands beside its applicant, in their order; of a GUID in the spelling that is kept (A34).
   * @param asOf when the elements were true
   */
  async compare(connection: PoolClient, elements: Element[], asOf: Date): Promise<Standing[]> {
    const rows = await readCurrent(
      connection,
      // who else is the same person (A22) makes no difference
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
    const kind = kindKeeping(element.fields.status, stored?.outcome);
    const current = stored && currentOf(element.applicantId, stored, this.secrets);
    const { nullsClear } = this;
    const keyer = keyerOf(this.keyedHash, element.applicantId);
    const arrival = { kind, receivedAt: asOf, asOf, samePerson: false, nullsClear, keyer };
    return { result: decide(current, element, arrival).result, kind };
  }
}

/**
 * A status that the guide does not name says nothing of the outcome, and a query has no URL that would: the outcome
 * that the URL gave it stands.
 */
function kindKeeping(status: number | undefined, outcome: Outcome | undefined): CallbackKind {
  if (status === undefined || isKnownStatus(status)) return 'any';
  if (outcome === 'accepted') return 'success';
  return outcome === 'rejected' ? 'fail' : 'any';
}
