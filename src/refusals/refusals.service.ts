import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { CallbackClientRequest } from '../auth/auth.types.js';
import type { TokenClientRequest } from '../auth/client-credentials.guard.js';
import { Clients } from '../auth/clients.service.js';
import { CollectedRows, hourlyId } from '../db/collected-rows.js';
import { Metrics } from '../observability/metrics.js';
import { networkOf } from '../problem/address.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { declaredBytes } from '../problem/read-body.js';
import { factsOf } from '../problem/request-facts.js';
import { askedUrl, ENROLL_URLS, pathOf } from '../problem/request-url.js';
import type { ListRefusalsQuery, RefusalPageDto } from './refusals.dto.js';
import {
  addRefusals,
  countRecent,
  deleteOldRefusals,
  listRefusals,
  type RefusalPosition,
  type RefusalRow,
} from './refusals.repository.js';
import type { RecentRefusals, RefusedCaller, RefusedRoute } from './refusals.types.js';

type EnrollRequest = FastifyRequest & Partial<CallbackClientRequest> & Partial<TokenClientRequest>;
type Refusal = Omit<RefusalRow, 'id' | 'firstAt' | 'count'>;

/** Refusals of a request as it came. What was refused for its elements stands in quarantine. */
const STATUSES = new Set([400, 401, 403, 405, 408, 413, 415, 429]);
const LIST = 'refusals';
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);
/** Rows written at once for each kind of caller, so that strangers take nobody else's place. What is beyond shares a row. */
const MAX_WAITING = 20;
/** Rows kept for each kind of caller. */
const MAX_KEPT = 1_000;

/**
 * The record of what the token URL and the callback URLs refused. Anyone may cause it, so refusals that are alike and of one
 * address share one row an hour; rows are written at most once a second, beside the answers.
 */
@Injectable()
export class Refusals implements OnModuleDestroy {
  private readonly log = new Logger(Refusals.name);
  private readonly rows: CollectedRows<RefusalRow>;

  constructor(
    private readonly connection: EntityManager,
    private readonly clients: Clients,
    private readonly metrics: Metrics,
  ) {
    this.rows = new CollectedRows(
      async (rows) => {
        await addRefusals(connection, rows);
        await deleteOldRefusals(connection, MAX_KEPT);
      },
      (error) => this.log.warn({ code: 'REFUSALS_NOT_RECORDED', err: error }),
    );
  }

  /** Called once, before the routes are made. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onResponse', (request, reply, done) => {
      const route = STATUSES.has(reply.statusCode) ? ENROLL_URLS.get(pathOf(request.url)) : undefined;
      if (route !== undefined) this.record(this.refusalOf(request, route, reply.statusCode));
      done();
    });
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, ...filter }: ListRefusalsQuery): Promise<RefusalPageDto> {
    const after = cursor === undefined ? null : positionOf(cursor);
    const rows = await listRefusals(this.connection, filter, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, ({ at, id }) =>
      writeCursor(LIST, at.toISOString(), id),
    );
    return {
      items: items.map(({ id: _, firstAt, at, ...rest }) => ({
        firstAt: firstAt.toISOString(),
        at: at.toISOString(),
        ...rest,
      })),
      nextCursor,
    };
  }

  /** Of the last hour, at the token URL or at the callback URLs. */
  async recent(at: 'token' | 'callbacks'): Promise<RecentRefusals> {
    return countRecent(this.connection, at === 'token');
  }

  async onModuleDestroy(): Promise<void> {
    await this.rows.stop();
  }

  private refusalOf(request: EnrollRequest, route: RefusedRoute, status: number): Refusal {
    const { address, code, keptIn } = factsOf(request);
    return {
      at: new Date(),
      route,
      url: askedUrl(request.originalUrl),
      method: request.method,
      ...this.callerOf(request),
      remoteAddress: address,
      status,
      code: code ?? String(status),
      bytes: declaredBytes(request.headers) ?? null,
      receiptId: keptIn,
    };
  }

  /** An id that nobody has here is not kept: it may be anything, a secret in the wrong place for one. */
  private callerOf({ client, tokenDemand }: EnrollRequest): {
    caller: RefusedCaller;
    clientId: string | null;
  } {
    if (client !== undefined) return { caller: 'client', clientId: client.clientId };
    const readings = tokenDemand?.result === 'credentials' ? tokenDemand.readings : [];
    const named = readings.find(({ clientId }) => this.clients.isKnown(clientId));
    return named === undefined
      ? { caller: 'stranger', clientId: null }
      : { caller: 'named', clientId: named.clientId };
  }

  private record(refusal: Refusal): void {
    const { at, route, status, code, caller, clientId, remoteAddress } = refusal;
    (route === 'token' ? this.metrics.refusedTokens : this.metrics.refusedCallbacks).add(code);
    const alike = [route, status, code, caller, clientId];
    const ofAddress = hourlyId(at, [...alike, networkOf(remoteAddress ?? '')]);
    const hasRoom =
      this.rows.get(ofAddress) !== undefined || this.rows.count((row) => row.caller === caller) < MAX_WAITING;
    const id = hasRoom ? ofAddress : hourlyId(at, alike);
    const there = this.rows.get(id);
    this.rows.put(id, {
      ...refusal,
      id,
      remoteAddress: hasRoom ? remoteAddress : null,
      firstAt: there?.firstAt ?? at,
      count: (there?.count ?? 0) + 1,
    });
  }
}

function positionOf(cursor: string): RefusalPosition {
  const [at, id] = readCursor(LIST, CURSOR, cursor);
  return { at: new Date(at), id };
}
