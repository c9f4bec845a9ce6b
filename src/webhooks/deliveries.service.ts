import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
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
  countDead,
  type DeliveryRow,
  findDelivery,
  insertTest,
  listAttempts,
  listDeliveries,
  recoverDead,
  resend,
} from './deliveries.repository.js';
import { requireRightsTo } from './endpoint-rights.js';
import { type EndpointRow, findEndpoint } from './endpoints.repository.js';
import { queueMissing } from './fan-out.repository.js';
import { messageIdOf, placeOf } from './message.js';

const LIST = 'deliveries';
const ATTEMPTS = 'attempts';
const RECOVERY = 'recovery';
const REPLAY = 'replay';
const NUMBER = z.string().regex(/^\d{1,18}$/);
const DEAD = z.tuple([z.iso.datetime(), NUMBER, NUMBER]);
const ATTEMPT = z.tuple([z.int32()]);
/** Of one call, so that it ends within the patience of a proxy. */
const BULK = 10_000;
const DAY_MS = 86_400_000;

/** What was handed on, what is on its way, and doing it again. See `endpoints.types.ts` for the states. */
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
    await this.endpoint(this.connection, endpointId, actor);
    const before = cursor === undefined ? null : placeOfKey(readCursor(LIST, PLACE_KEY, cursor));
    const { applicantId } = filter;
    const kept = applicantId === undefined ? {} : { applicantId: await asKept(this.connection, applicantId) };
    const rows = await listDeliveries(this.connection, endpointId, { ...filter, ...kept }, before, limit + 1);
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

  /** Due at once, under the same id, whatever became of it. @throws Problem NOT_FOUND */
  async resend(endpointId: string, id: string, actor: Actor): Promise<DeliveryDto> {
    return this.connection.transaction(async (tx) => {
      const delivery = await this.delivery(tx, endpointId, id, actor);
      await resend(tx, endpointId, delivery);
      await this.record(tx, actor, 'resend', endpointId, { delivery: id });
      return deliveryView(await this.delivery(tx, endpointId, id, actor));
    });
  }

  /** Queues an event that never happened. @throws Problem NOT_FOUND, CONFLICT where nothing is sent */
  async sendTest(endpointId: string, actor: Actor): Promise<DeliveryDto> {
    return this.connection.transaction(async (tx) => {
      const { state } = await this.endpoint(tx, endpointId, actor);
      if (state !== 'active') throw new Problem('CONFLICT', `the endpoint is ${state}`);
      await this.record(tx, actor, 'test', endpointId, {});
      return deliveryView(await insertTest(tx, endpointId));
    });
  }

  /** Makes due again what died since a time, with all its tries before it. @throws Problem NOT_FOUND, BAD_CURSOR */
  async recover(endpointId: string, { since, dryRun, cursor }: BulkBody, actor: Actor): Promise<BulkDto> {
    const [settledAt, place, seq] = cursor === undefined ? [] : readCursor(RECOVERY, DEAD, cursor);
    const after =
      settledAt === undefined || place === undefined || seq === undefined
        ? null
        : { settledAt: new Date(settledAt), tx: place, seq };
    return this.connection.transaction(async (tx) => {
      await this.endpoint(tx, endpointId, actor);
      const page = { since: new Date(since), after, limit: BULK };
      const { count, last } = await (dryRun ? countDead : recoverDead)(tx, endpointId, page);
      await this.record(tx, actor, 'recover', endpointId, { since, dryRun, count });
      const next = last && writeCursor(RECOVERY, last.settledAt.toISOString(), last.tx, last.seq);
      return { count, nextCursor: count < BULK ? null : next };
    });
  }

  /**
   * Queues what the endpoint wants of the events since a time and has no delivery of: those from before it was there,
   * from while it was disabled, or that another filter kept away.
   * @throws Problem NOT_FOUND, BAD_CURSOR, BAD_REQUEST where deliveries of that time are purged: all would be sent again
   */
  async replay(endpointId: string, { since, dryRun, cursor }: BulkBody, actor: Actor): Promise<BulkDto> {
    await this.endpoint(this.connection, endpointId, actor);
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
      await this.record(tx, actor, 'replay', endpointId, { since, dryRun, count });
      return { count, nextCursor: last === undefined ? null : writeCursor(REPLAY, ...placeKey(last)) };
    });
  }

  /** @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE: also what a receiver answered may hold what it was sent */
  private async endpoint(tx: Tx, id: string, actor: Actor): Promise<EndpointRow> {
    const row = await findEndpoint(tx, id);
    if (row === undefined) throw new Problem('NOT_FOUND');
    requireRightsTo(row, actor);
    return row;
  }

  private async delivery(tx: Tx, endpointId: string, id: string, actor: Actor): Promise<DeliveryRow> {
    await this.endpoint(tx, endpointId, actor);
    const place = placeOf(id);
    const row = place && (await findDelivery(tx, endpointId, place));
    if (row === undefined || messageIdOf(row) !== id) throw new Problem('NOT_FOUND');
    return row;
  }

  private async record(tx: Tx, actor: Actor, verb: string, id: string, detail: Record<string, unknown>) {
    await this.audit.record(tx, {
      actor: actor.name,
      action: `endpoint.${verb}`,
      subject: `endpoint:${id}`,
      detail,
    });
  }
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
