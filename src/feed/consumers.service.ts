import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { isOfCommandLine, requireMaker } from '../auth/ownership.guard.js';
import type { Tx } from '../db/tx.js';
import { Metrics } from '../observability/metrics.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import type { ConsumerDto, ConsumerPageDto, CreateConsumerBody, LagDto } from './consumers.dto.js';
import {
  ackConsumer,
  type ConsumerLag,
  type ConsumerRow,
  deleteConsumer,
  findConsumer,
  insertConsumer,
  listConsumers,
  listLags,
  lockConsumer,
  placeConsumer,
} from './consumers.repository.js';
import type { RequestWaits } from './feed-watch.service.js';
import type { ChangesPageDto } from './feed.dto.js';
import { isShown, readEnd } from './feed.repository.js';
import { Feed, keptPlace, requireFields } from './feed.service.js';
import type { FeedPosition } from './order.types.js';
import { cursorOf, positionOf, START } from './position.js';

const LIST = 'consumers';
const CURSOR = z.tuple([z.string().max(63)]);

/**
 * Readers of the feed with their place kept here, so that they keep nothing. Reading does not move the cursor; `ack` does,
 * and only forward. Events that were read and not acknowledged come again.
 */
@Injectable()
export class Consumers {
  constructor(
    private readonly connection: EntityManager,
    private readonly feed: Feed,
    private readonly audit: Audit,
    metrics: Metrics,
  ) {
    metrics.collect(
      'rollcall_consumer_lag_seconds',
      'Age of the oldest event that any consumer of the feed has not acknowledged.',
      async () => Math.max(0, ...(await this.lags()).map(({ oldestSeconds }) => oldestSeconds)),
    );
  }

  /** @throws Problem INSUFFICIENT_SCOPE, BAD_CURSOR, CURSOR_AHEAD, CONSUMER_EXISTS */
  async create({ from, ...asked }: CreateConsumerBody, actor: Actor): Promise<ConsumerDto> {
    requireFields(actor, asked.fields);
    const { name, events, outcomes, fields } = asked;
    await this.connection.transaction(async (tx) => {
      const place = await placeOf(tx, from);
      const isNew = await insertConsumer(tx, { ...asked, ...place, createdBy: actor.name });
      if (!isNew) throw new Problem('CONSUMER_EXISTS');
      const detail = { events, outcomes, fields, cursor: cursorOf(place) };
      await this.audit.record(tx, { ...deed(actor, 'create', name), detail });
    });
    return this.find(name);
  }

  /** By name. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery): Promise<ConsumerPageDto> {
    const after = cursor === undefined ? null : readCursor(LIST, CURSOR, cursor)[0];
    const rows = await listConsumers(this.connection, { after, limit: limit + 1 });
    const page = pageOf(rows, limit, ({ name }) => writeCursor(LIST, name));
    return { items: page.items.map(consumerView), nextCursor: page.nextCursor };
  }

  /** Consumers that are behind, by name. */
  async lags(): Promise<ConsumerLag[]> {
    return listLags(this.connection);
  }

  /** @throws Problem NOT_FOUND */
  async find(name: string): Promise<ConsumerDto> {
    const [row] = await listConsumers(this.connection, { name, limit: 1 });
    if (row === undefined) throw new Problem('NOT_FOUND');
    return consumerView(row);
  }

  /**
   * The events after the cursor, which stays where it is.
   * @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, CURSOR_AHEAD
   */
  async read(name: string, limit: number, actor: Actor, waitOptions?: RequestWaits): Promise<ChangesPageDto> {
    const row = await findConsumer(this.connection, name);
    if (row === undefined) throw new Problem('NOT_FOUND');
    const { fields } = row;
    const reading = { after: row, limit, filter: row, fields, actor, subject: subjectOf(name) };
    return this.feed.read(reading, waitOptions);
  }

  /**
   * Moves the cursor forward. Only the maker may: anyone else would take events away from it, as by deleting the
   * consumer. A consumer from the command line has no key as its maker, so any key may.
   * @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, BAD_CURSOR, CURSOR_AHEAD, ACK_BACKWARDS
   */
  async ack(name: string, cursor: string, actor: Actor): Promise<void> {
    const to = positionOf(cursor);
    const row = await findConsumer(this.connection, name);
    if (row === undefined) throw new Problem('NOT_FOUND');
    if (!isOfCommandLine(row.createdBy)) requireMaker(row, actor);
    if (await ackConsumer(this.connection, name, to)) return;
    throw new Problem((await isShown(this.connection, to)) ? 'ACK_BACKWARDS' : 'CURSOR_AHEAD');
  }

  /** Moves the cursor anywhere. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, BAD_CURSOR, CURSOR_AHEAD */
  async rewind(name: string, to: string, actor: Actor): Promise<ConsumerDto> {
    await this.connection.transaction(async (tx) => {
      await this.requireOwn(tx, name, actor);
      const before = await lockConsumer(tx, name);
      if (before === undefined) throw new Problem('NOT_FOUND');
      const place = await placeOf(tx, to);
      await placeConsumer(tx, name, place);
      const detail = { from: cursorOf(before), to: cursorOf(place) };
      await this.audit.record(tx, { ...deed(actor, 'rewind', name), detail });
    });
    return this.find(name);
  }

  /** @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async delete(name: string, actor: Actor): Promise<void> {
    await this.connection.transaction(async (tx) => {
      await this.requireOwn(tx, name, actor);
      if (!(await deleteConsumer(tx, name))) throw new Problem('NOT_FOUND');
      await this.audit.record(tx, deed(actor, 'delete', name));
    });
  }

  private async requireOwn(tx: Tx, name: string, actor: Actor): Promise<void> {
    const row = await findConsumer(tx, name);
    if (row === undefined) throw new Problem('NOT_FOUND');
    requireMaker(row, actor);
  }
}

/** @throws Problem BAD_CURSOR, CURSOR_AHEAD, CURSOR_TOO_OLD */
async function placeOf(tx: Tx, text: string): Promise<FeedPosition> {
  if (text === 'beginning') return START;
  if (text === 'now') return readEnd(tx);
  const place = positionOf(text);
  if (!(await isShown(tx, place))) throw new Problem('CURSOR_AHEAD');
  return keptPlace(tx, place);
}

const subjectOf = (name: string) => `consumer:${name}`;

function deed(actor: Actor, verb: 'create' | 'rewind' | 'delete', name: string) {
  return { actor: actor.name, action: `consumer.${verb}` as const, subject: subjectOf(name) };
}

function consumerView(row: ConsumerRow & { lag: LagDto }): ConsumerDto {
  const { name, events, outcomes, fields, ackedAt, createdAt, createdBy, lag } = row;
  return {
    name,
    events,
    outcomes,
    fields,
    cursor: cursorOf(row),
    ackedAt: ackedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    createdBy,
    lag,
  };
}
