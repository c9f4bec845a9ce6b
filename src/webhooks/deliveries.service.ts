import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit, toEach } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { Config } from '../config/config.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { Tx } from '../db/tx.js';
import { Feed } from '../feed/feed.service.js';
import { PLACE_KEY, placeKey, placeOfKey } from '../feed/order.types.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type {
  AttemptPageDto,
  BulkBody,
  BulkDto,
  DeliveryDto,
  DeliveryPageDto,
  ListDeliveriesQuery,
} from './deliveries.dto.js';
import {
  type DeadPosition,
  type DeliveryRow,
  findDelivery,
  insertTest,
  listAttempts,
  listDeliveries,
  recoverDead,
  resend,
} from './deliveries.repository.js';
import { accessibleEndpoint, auditEntryOf } from './endpoint-access.js';
import { queueMissing } from './fan-out.repository.js';
import { messageIdOf, placeOf } from './message.js';

const LIST = 'deliveries';
const ATTEMPTS = 'attempts';
const RECOVERY = 'recovery';
const REPLAY = 'replay';
const NUMBER = z.string().regex(/^\d{1,18}$/);
const DEAD = z.tuple([z.iso.datetime(), NUMBER, NUMBER]);
const ATTEMPT = z.tuple([z.int32()]);
/** Maximum of one call, so that it ends before a proxy gives up. */
const BULK = 10_000;
const DAY_MS = 86_400_000;

/** Deliveries of endpoints, and sending them again. See `endpoints.types.ts` for the states. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly connection: EntityManager,
    private readonly config: Config,
    private readonly feed: Feed,
    private readonly audit: Audit,
  ) {}

  /** Newest first. @throws Problem NOT_FOUND, BAD_CURSOR */
  async list(
    endpointId: string,
    { limit, cursor, ...filter }: ListDeliveriesQuery,
    actor: Actor,
  ): Promise<DeliveryPageDto> {
    await accessibleEndpoint(this.connection, endpointId, actor);
    const before = cursor === undefined ? null : placeOfKey(readCursor(LIST, PLACE_KEY, cursor));
    if (filter.applicantId !== undefined) {
      filter.applicantId = await asKept(this.connection, filter.applicantId);
    }
    const rows = await listDeliveries(this.connection, endpointId, filter, before, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => writeCursor(LIST, ...placeKey(row)));
    return { items: items.map(deliveryView), nextCursor };
  }

  /** @param id the `webhook-id` @throws Problem NOT_FOUND */
  async find(endpointId: string, id: string, actor: Actor): Promise<DeliveryDto> {
    return deliveryView(await this.delivery(this.connection, endpointId, id, actor));
  }

  /** Newest first. @throws Problem NOT_FOUND, BAD_CURSOR */
  async attempts(
    endpointId: string,
    id: string,
    { limit, cursor }: PageQuery,
    actor: Actor,
  ): Promise<AttemptPageDto> {
    const delivery = await this.delivery(this.connection, endpointId, id, actor);
    const [before = null] = cursor === undefined ? [] : readCursor(ATTEMPTS, ATTEMPT, cursor);
    const rows = await listAttempts(this.connection, endpointId, delivery, before, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ number }) => writeCursor(ATTEMPTS, number));
    return { items: items.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor };
  }

  /** Makes it due now, under the same id, in whatever state it is. @throws Problem NOT_FOUND */
  async resend(endpointId: string, id: string, actor: Actor): Promise<DeliveryDto> {
    return this.connection.transaction(async (tx) => {
      const delivery = await this.delivery(tx, endpointId, id, actor);
      await resend(tx, endpointId, delivery);
      const deed = auditEntryOf(actor, 'resend', endpointId, { delivery: id });
      await this.audit.record(tx, deed, ...toEach(deed, [delivery.applicantId], { delivery: id }));
      return deliveryView(await this.delivery(tx, endpointId, id, actor));
    });
  }

  /** Queues a test event. @throws Problem NOT_FOUND, CONFLICT where the endpoint is not active */
  async sendTest(endpointId: string, actor: Actor): Promise<DeliveryDto> {
    return this.connection.transaction(async (tx) => {
      const { state } = await accessibleEndpoint(tx, endpointId, actor);
      if (state !== 'active') throw new Problem('CONFLICT', `the endpoint is ${state}`);
      await this.audit.record(tx, auditEntryOf(actor, 'test', endpointId));
      return deliveryView(await insertTest(tx, endpointId));
    });
  }

  /** Makes the deliveries that died since a time due now, with all their tries. @throws Problem NOT_FOUND, BAD_CURSOR */
  async recover(endpointId: string, { since, dryRun, cursor }: BulkBody, actor: Actor): Promise<BulkDto> {
    const after = cursor === undefined ? undefined : deadOf(readCursor(RECOVERY, DEAD, cursor));
    return this.connection.transaction(async (tx) => {
      await accessibleEndpoint(tx, endpointId, actor);
      const page = { since: new Date(since), after, limit: BULK };
      const last = await recoverDead(tx, endpointId, page, dryRun);
      const count = last?.count ?? 0;
      await this.audit.record(tx, auditEntryOf(actor, 'recover', endpointId, { since, dryRun, count }));
      if (last === undefined || count < BULK) return { count, nextCursor: null };
      return {
        count,
        nextCursor: writeCursor(RECOVERY, last.settledAt.toISOString(), last.tx, last.seq),
      };
    });
  }

  /**
   * Queues the events since a time that match the endpoint and have no delivery: events from before the endpoint existed,
   * from while it was disabled, or that an earlier filter excluded.
   * @throws Problem NOT_FOUND, BAD_CURSOR, BAD_REQUEST where deliveries of that time are purged: all would be sent again
   */
  async replay(endpointId: string, { since, dryRun, cursor }: BulkBody, actor: Actor): Promise<BulkDto> {
    await accessibleEndpoint(this.connection, endpointId, actor);
    const days = this.config.env.ROLLCALL_DELIVERY_KEEP_DAYS;
    if (Date.parse(since) < Date.now() - days * DAY_MS) {
      throw new Problem('BAD_REQUEST', `since: deliveries are kept for ${days} days`);
    }
    const after = cursor === undefined ? undefined : placeOfKey(readCursor(REPLAY, PLACE_KEY, cursor));
    const events = await this.feed.since(new Date(since), after, BULK);
    const last = events.at(-1);
    return this.connection.transaction(async (tx) => {
      const offered = events.map((event) => ({ ...event, occurredAt: event.changedAt }));
      const count = await queueMissing(tx, endpointId, offered, dryRun);
      await this.audit.record(tx, auditEntryOf(actor, 'replay', endpointId, { since, dryRun, count }));
      return { count, nextCursor: last === undefined ? null : writeCursor(REPLAY, ...placeKey(last)) };
    });
  }

  private async delivery(tx: Tx, endpointId: string, id: string, actor: Actor): Promise<DeliveryRow> {
    await accessibleEndpoint(tx, endpointId, actor);
    const place = placeOf(id);
    const row = place && (await findDelivery(tx, endpointId, place));
    if (row === undefined || messageIdOf(row) !== id) throw new Problem('NOT_FOUND');
    return row;
  }
}

function deadOf([settledAt, tx, seq]: z.infer<typeof DEAD>): DeadPosition {
  return { settledAt: new Date(settledAt), tx, seq };
}

function deliveryView(delivery: DeliveryRow): DeliveryDto {
  const { history: _history, tx: _tx, seq: _seq, ...row } = delivery;
  return {
    id: messageIdOf(delivery),
    ...row,
    occurredAt: row.occurredAt.toISOString(),
    nextAttemptAt: row.state === 'due' ? row.nextAttemptAt.toISOString() : null,
    settledAt: row.settledAt?.toISOString() ?? null,
  };
}
