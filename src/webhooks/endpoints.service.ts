import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import type { Tx } from '../db/tx.js';
import { Jobs } from '../jobs/jobs.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { stateOf } from './circuit.js';
import {
  accessibleEndpoint,
  auditEntryOf,
  type EndpointVerb,
  hiddenFrom,
  requireRightsTo,
} from './endpoint-access.js';
import { EndpointSecrets } from './endpoint-secrets.service.js';
import type {
  CreatedEndpointDto,
  CreateEndpointBody,
  EndpointDetailDto,
  EndpointDto,
  EndpointPageDto,
  NewSecretDto,
  UpdateEndpointBody,
} from './endpoints.dto.js';
import {
  type Backlog,
  deleteEndpoint,
  type EndingSecret,
  type EndpointRow,
  type EndpointSettings,
  expireSecrets,
  type FailingEndpoint,
  insertEndpoint,
  insertSecret,
  listEndingSecrets,
  listEndpoints,
  listFailing,
  listSecrets,
  readBacklog,
  readWholeBacklog,
  setState,
  updateEndpoint,
} from './endpoints.repository.js';
import type { EndpointKind } from './endpoints.types.js';
import { readNatsCredentials } from './nats-credentials.js';
import { DELIVER } from './queue.repository.js';
import { TargetForbidden, TargetGuard } from './target-guard.js';

/** The settings in a body. */
type AskedSettings = Pick<EndpointSettings, 'name' | 'url'> & Partial<EndpointSettings>;

const LIST = 'endpoints';
/** Postgres refuses U+0000. */
const CURSOR = z.tuple([z.string().min(1).max(128)]);
/** How long an old secret signs beside the new one. */
const ROTATION_HOURS = 24;
const SCHEMES: Record<EndpointKind, string[]> = { http: ['http:', 'https:'], nats: ['nats:', 'tls:'] };

/** Endpoints, which events are handed on to. See `endpoints.types.ts` for the states. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly connection: EntityManager,
    private readonly secrets: EndpointSecrets,
    private readonly guard: TargetGuard,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Starts with the events from now on.
   * @throws Problem BAD_REQUEST, ENDPOINT_TARGET_FORBIDDEN, INSUFFICIENT_SCOPE (sensitive fields), CONFLICT (the name)
   */
  async create(body: CreateEndpointBody, actor: Actor): Promise<CreatedEndpointDto> {
    const { kind } = body;
    const id = randomUUID();
    const settings = this.checked(kind, body, actor);
    const credentials = this.sealed(id, kind, body.credentials);
    const { secret, kept } = this.secrets.generate();
    const row = await this.connection.transaction(async (tx) => {
      const endpoint = { ...settings, id, kind, credentials, createdBy: actor.name };
      if (!(await insertEndpoint(tx, endpoint))) throw nameTaken();
      await insertSecret(tx, id, kept);
      await this.audit.record(tx, auditEntryOf(actor, 'create', id, facts(settings)));
      return accessibleEndpoint(tx, id, actor);
    });
    return { ...endpointView(row), secret };
  }

  /** By name; those with personal fields only for callers who may read them. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery, actor: Actor): Promise<EndpointPageDto> {
    const [after] = cursor === undefined ? [''] : readCursor(LIST, CURSOR, cursor);
    const rows = await listEndpoints(this.connection, after, limit + 1, hiddenFrom(actor));
    const { items, nextCursor } = pageOf(rows, limit, ({ name }) => writeCursor(LIST, name));
    return { items: items.map(endpointView), nextCursor };
  }

  /** By name, without paused endpoints: they are meant to be silent. */
  async failing(): Promise<FailingEndpoint[]> {
    return listFailing(this.connection);
  }

  /** Deliveries of all endpoints that wait, and those that were given up; at most a thousand of each endpoint. */
  async backlog(): Promise<Pick<Backlog, 'due' | 'dead'>> {
    return readWholeBacklog(this.connection);
  }

  /** By name. */
  async endingSecrets(): Promise<EndingSecret[]> {
    return listEndingSecrets(this.connection);
  }

  /** @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async find(id: string, actor: Actor): Promise<EndpointDetailDto> {
    const row = await accessibleEndpoint(this.connection, id, actor);
    const { due, oldestDueAt, dead } = await readBacklog(this.connection, id);
    const secrets = await listSecrets(this.connection, id);
    return {
      ...endpointView(row),
      backlog: { due, oldestDueAt: timeOf(oldestDueAt), dead },
      secrets: secrets.map((one) => ({
        createdAt: one.createdAt.toISOString(),
        expiresAt: timeOf(one.expiresAt),
      })),
    };
  }

  /** @throws Problem NOT_FOUND, and the problems of `create` */
  async update(id: string, { credentials, ...body }: UpdateEndpointBody, actor: Actor): Promise<EndpointDto> {
    return this.change(id, actor, 'update', async (tx, row) => {
      const { ratePerSecond = row.ratePerSecond } = body;
      const settings = this.checked(row.kind, { ...row, ...given(body), ratePerSecond }, actor);
      const sealed = this.sealed(id, row.kind, credentials);
      if (!(await updateEndpoint(tx, id, settings, sealed))) throw nameTaken();
      return facts(settings);
    });
  }

  /** Its events are still queued, and wait. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, CONFLICT where it is disabled */
  async pause(id: string, actor: Actor): Promise<EndpointDto> {
    return this.change(id, actor, 'pause', async (tx, { state }) => {
      if (state === 'disabled') throw new Problem('CONFLICT', 'the endpoint is disabled');
      await setState(tx, id, 'paused');
    });
  }

  /** Activates it, from any state, with a closed circuit. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async resume(id: string, actor: Actor): Promise<EndpointDto> {
    const endpoint = await this.change(id, actor, 'resume', (tx) => setState(tx, id, 'active'));
    this.jobs.wake(DELIVER);
    return endpoint;
  }

  /** Hides its deliveries now, and has them purged later. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const { name } = await accessibleEndpoint(tx, id, actor, true);
      await deleteEndpoint(tx, id);
      await this.audit.record(tx, auditEntryOf(actor, 'delete', id, { name }));
    });
  }

  /** The old and the new secret both sign for a day. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async rotateSecret(id: string, actor: Actor): Promise<NewSecretDto> {
    const { secret, kept } = this.secrets.generate();
    await this.change(id, actor, 'rotate_secret', async (tx) => {
      await expireSecrets(tx, id, ROTATION_HOURS);
      await insertSecret(tx, id, kept);
    });
    return { secret };
  }

  private async change(
    id: string,
    actor: Actor,
    verb: EndpointVerb,
    work: (tx: Tx, row: EndpointRow) => Promise<Record<string, unknown> | void>,
  ): Promise<EndpointDto> {
    return this.connection.transaction(async (tx) => {
      const detail = await work(tx, await accessibleEndpoint(tx, id, actor, true));
      await this.audit.record(tx, auditEntryOf(actor, verb, id, detail ?? {}));
      return endpointView(await accessibleEndpoint(tx, id, actor));
    });
  }

  /** The settings, where this caller may ask for them. */
  private checked(kind: EndpointKind, asked: AskedSettings, actor: Actor): EndpointSettings {
    const { events, outcomes, subject = null, ratePerSecond = null } = asked;
    const fields = asked.fields ?? [];
    requireRightsTo({ fields }, actor);
    if ((kind === 'nats') !== (subject !== null)) {
      throw new Problem('BAD_REQUEST', 'subject: endpoints of kind nats need one, and others have none');
    }
    return {
      name: asked.name.trim(),
      url: this.checkedUrl(kind, asked.url),
      subject,
      events: events ?? [],
      outcomes: outcomes ?? [],
      fields,
      ratePerSecond,
    };
  }

  private checkedUrl(kind: EndpointKind, text: string): string {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !SCHEMES[kind].includes(url.protocol) || url.hostname === '') {
      throw new Problem(
        'BAD_REQUEST',
        `url must begin with ${SCHEMES[kind].map((one) => `${one}//`).join(' or ')}`,
      );
    }
    if (url.username !== '' || url.password !== '') {
      throw new Problem('BAD_REQUEST', 'url must not hold credentials: every reader of endpoints sees it');
    }
    try {
      this.guard.check(url);
    } catch (error) {
      if (!(error instanceof TargetForbidden)) throw error;
      throw new Problem('ENDPOINT_TARGET_FORBIDDEN', error.message);
    }
    url.hash = '';
    return url.href;
  }

  private sealed(id: string, kind: EndpointKind, credentials: string | undefined): Buffer | null {
    if (credentials === undefined) return null;
    if (kind !== 'nats')
      throw new Problem('BAD_REQUEST', 'credentials: only endpoints of kind nats have them');
    if (readNatsCredentials(credentials) === undefined) {
      throw new Problem('BAD_REQUEST', 'credentials: the file lacks its JWT or its NKEY seed');
    }
    return this.secrets.sealCredentials(id, credentials);
  }
}

function nameTaken(): Problem {
  return new Problem('CONFLICT', 'another endpoint has this name');
}

/** Null in JSON means absent. */
function given(body: UpdateEndpointBody): Partial<AskedSettings> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** For the audit: what is handed on and to which host. The path may be a secret of the receiver. */
function facts({ name, url, events, outcomes, fields }: EndpointSettings): Record<string, unknown> {
  return { name, host: new URL(url).host, events, outcomes, fields };
}

function timeOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

function endpointView({ failures, restSeconds, openUntil, ...row }: EndpointRow): EndpointDto {
  const state = stateOf({ failures, restSeconds });
  return {
    ...row,
    circuit: { state, failures, until: state === 'open' ? timeOf(openUntil) : null },
    stateChangedAt: row.stateChangedAt.toISOString(),
    failingSince: timeOf(row.failingSince),
    lastSuccessAt: timeOf(row.lastSuccessAt),
    lastFailureAt: timeOf(row.lastFailureAt),
    createdAt: row.createdAt.toISOString(),
  };
}
