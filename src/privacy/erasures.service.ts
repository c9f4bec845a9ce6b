import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ApplicantErasure } from '../applicants/applicant-erasure.service.js';
import { Audit, toEach } from '../audit/audit.service.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import type { ErasureDto, ErasurePageDto, ListErasuresQuery, RequestErasureBody } from './erasures.dto.js';
import { findErasureById, insertErasure, listErasures, summarizeUnfinished } from './erasures.repository.js';
import type { ErasureRow } from './erasures.types.js';
import { type Meant, Persons } from './persons.service.js';

export const ERASE = 'privacy.erase';
const LIST = 'erasures';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/** Erasures that people ask for. `ErasureWork` carries them out. */
@Injectable()
export class Erasures {
  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: ApplicantErasure,
    private readonly persons: Persons,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /**
   * Restricts the person at once. An applicant that was erased before may be erased again: what came since is parked.
   * @throws Problem BAD_REQUEST, NOT_FOUND, ERASURE_UNDER_WAY
   */
  async request(by: string, { reason, ...named }: RequestErasureBody): Promise<ErasureDto> {
    const person = await this.persons.named(named);
    const requested = await this.connection.transaction(async (tx) => {
      const known = await this.applicants.lock(tx, person.applicantIds);
      const underWay = known.find((one) => one.isUnderWay);
      if (underWay !== undefined) {
        throw new Problem('ERASURE_UNDER_WAY', undefined, { extra: { erasureId: underWay.erasureId } });
      }
      if (known.length === 0 && !(await this.persons.areQuarantined(person)))
        throw new Problem('NOT_FOUND', 'There is no such applicant');
      return this.insert(tx, by, person, reason);
    });
    this.jobs.wake(ERASE);
    return viewOf(requested);
  }

  /** Restricts people whose time is over, each by an erasure of their own. @param applicantIds locked by `tx`, under no erasure */
  async requestExpired(tx: Tx, applicantIds: readonly string[], reason: string): Promise<void> {
    for (const applicantId of applicantIds)
      await this.insert(tx, 'system', { applicantIds: [applicantId], idNumber: null }, reason);
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, state, ...of }: ListErasuresQuery): Promise<ErasurePageDto> {
    const [requestedAt, id] = cursor === undefined ? [] : readCursor(LIST, CURSOR, cursor);
    const after =
      requestedAt === undefined || id === undefined ? null : { requestedAt: new Date(requestedAt), id };
    const applicantId = of.applicantId && (await asKept(this.connection, of.applicantId));
    const rows = await listErasures(this.connection, { state, applicantId }, after, limit + 1);
    const page = pageOf(rows, limit, (row) => writeCursor(LIST, row.requestedAt.toISOString(), row.id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** @throws Problem NOT_FOUND */
  async find(id: string): Promise<ErasureDto> {
    return viewOf(await this.row(id));
  }

  /** @throws Problem NOT_FOUND */
  async row(id: string): Promise<ErasureRow> {
    const found = await findErasureById(this.connection, id);
    if (found === undefined) throw new Problem('NOT_FOUND', 'There is no such erasure');
    return found;
  }

  /** Those that no hold keeps from going on: how many, how long the oldest has waited, and why. */
  async waiting(): Promise<{ unfinished: number; oldestSeconds: number; errorCode: string | null }> {
    return summarizeUnfinished(this.connection);
  }

  private async insert(
    tx: Tx,
    by: string,
    { applicantIds, idNumber }: Meant,
    reason: string,
  ): Promise<ErasureRow> {
    const id = randomUUID();
    const sealed = this.persons.sealed(id, idNumber);
    const row = await insertErasure(tx, { id, applicantIds, idNumber: sealed, reason, requestedBy: by });
    await this.applicants.restrict(tx, row.id, applicantIds);
    const deed = { actor: by, action: 'erasure.request', subject: `erasure:${row.id}`, reason } as const;
    await this.audit.record(tx, deed, ...toEach(deed, applicantIds));
    return row;
  }
}

function viewOf({
  requestedAt,
  beganAt,
  erasedAt,
  ledgerPlace: _,
  attempts: __,
  idNumber: ___,
  ...shown
}: ErasureRow): ErasureDto {
  return {
    ...shown,
    requestedAt: requestedAt.toISOString(),
    beganAt: beganAt?.toISOString() ?? null,
    erasedAt: erasedAt?.toISOString() ?? null,
  };
}
