import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit, toEach } from '../audit/audit.service.js';
import { errnoOf } from '../db/errors.js';
import { backoffSeconds, Lease } from '../jobs/lease.js';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import {
  addCounts,
  beginErasure,
  claimErasure,
  finishErasure,
  lockErasure,
  postponeErasure,
  renewErasure,
} from './erasures.repository.js';
import type { ErasureCounts, ErasureRow } from './erasures.types.js';
import { Erasers } from './erasers.service.js';
import { eraseSmallTables } from './inventory.repository.js';
import { ErasureLedger } from './ledger.service.js';
import { Persons } from './persons.service.js';

/** A hold may end at any time; nobody tells. */
const HELD_SECONDS = 30;
/** What is under way elsewhere is soon over. */
const SHORTLY_SECONDS = 1;
const MOST_SECONDS = 300;
/** By then every callback is written that had been decided on before the person was restricted. */
const RECHECK_SECONDS = 120;
const UNDER_WAY = ['RECEIPT_PENDING', 'IMAGE_UNDER_WAY'];

/** Takes erasures up, one at a time. Every step can be done again, and finds what is left: a killed one goes on from the start. */
@Injectable()
export class ErasureWork {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly connection: EntityManager,
    private readonly erasers: Erasers,
    private readonly ledger: ErasureLedger,
    private readonly persons: Persons,
    private readonly audit: Audit,
  ) {}

  /** @returns what became of the one that has been due longest; undefined where none is */
  async work(signal: AbortSignal): Promise<'erased' | 'held' | 'waiting' | undefined> {
    const claimed = await claimErasure(this.connection);
    if (claimed === undefined) return undefined;
    const lease = new Lease(() => renewErasure(this.connection, claimed));
    return lease.hold(() => this.attempt(claimed, AbortSignal.any([signal, lease.lost])));
  }

  private async attempt(erasure: ErasureRow, signal: AbortSignal): Promise<'erased' | 'held' | 'waiting'> {
    const { id, attempts, state } = erasure;
    try {
      if (state !== 'erased') {
        // before anything is overwritten, and also where it waits: a restored database must restrict the person again
        await this.ledger.enter(erasure);
        if (!(await this.begin(erasure))) return 'held';
      }
      await this.erase(erasure, signal);
      return 'erased';
    } catch (error) {
      const code = storeFaultOf(error)?.code ?? errnoOf(error) ?? 'INTERNAL';
      this.log.warn(
        { code, erasureId: id, ...(code === 'INTERNAL' && { error }) },
        'An erasure goes on later',
      );
      const delaySeconds = UNDER_WAY.includes(code)
        ? SHORTLY_SECONDS
        : backoffSeconds(attempts - 1, SHORTLY_SECONDS, MOST_SECONDS);
      await postponeErasure(this.connection, id, { errorCode: code, delaySeconds });
      return 'waiting';
    }
  }

  /** No hold comes between looking and beginning. @returns false where somebody holds the person */
  private async begin(erasure: ErasureRow): Promise<boolean> {
    const { id } = erasure;
    return this.connection.transaction(async (tx) => {
      const state = await lockErasure(tx, id);
      if (state === 'erasing') return true;
      const isHeld = await this.persons.isHeld(tx, erasure);
      if (!isHeld) await beginErasure(tx, id);
      else await postponeErasure(tx, id, { state: 'held', errorCode: null, delaySeconds: HELD_SECONDS });
      return !isHeld;
    });
  }

  private async erase(erasure: ErasureRow, signal: AbortSignal): Promise<void> {
    const { id } = erasure;
    const isRecheck = erasure.state === 'erased';
    for await (const counts of this.erasers.outsideOfVersions(
      erasure,
      this.persons.idNumberOf(erasure),
      signal,
    )) {
      await addCounts(this.connection, id, counts);
    }
    signal.throwIfAborted();
    if (isRecheck) await this.finishRecheck(erasure);
    else await this.finish(erasure);
  }

  /** What was under way then may have left an answer of a receiver, say. */
  private async finishRecheck({ id, applicantIds }: ErasureRow): Promise<void> {
    await this.connection.transaction(async (tx) => {
      await addCounts(tx, id, { others: await eraseSmallTables(tx, applicantIds) });
      await finishErasure(tx, id, null);
    });
  }

  /** The versions come last: they know by what the person is found elsewhere. */
  private async finish({ id, applicantIds, reason }: ErasureRow): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const others = await eraseSmallTables(tx, applicantIds);
      const versions = await this.erasers.versions(tx, applicantIds);
      const counts: ErasureCounts = { versions, others };
      await addCounts(tx, id, counts);
      await finishErasure(tx, id, RECHECK_SECONDS);
      const deed = { actor: 'system', action: 'erasure.finish', subject: `erasure:${id}`, reason } as const;
      await this.audit.record(tx, { ...deed, detail: { ...counts } }, ...toEach(deed, applicantIds));
    });
  }
}
