import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import type { Tx } from '../db/tx.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import type { PageQuery } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { stateOf } from './circuit.js';
import { hiddenFrom, requireRightsTo } from './endpoint-rights.js';
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
  deleteEndpoint,
  type EndingSecret,
  type EndpointRow,
  type EndpointSettings,
  expireSecrets,
  type FailingEndpoint,
  findEndpoint,
  insertEndpoint,
  insertSecret,
  listEndingSecrets,
  listEndpoints,
  listFailing,
  listSecrets,
  readBacklog,
  setCredentials,
  setState,
  updateEndpoint,
} from './endpoints.repository.js';
import type { EndpointKind } from './endpoints.types.js';
import { readNatsCredentials } from './nats-credentials.js';
import { TargetForbidden, TargetGuard } from './target-guard.js';

/** As a body has them. */
type AskedSettings = Pick<EndpointSettings, 'name' | 'url'> & {
  [Name in Exclude<keyof EndpointSettings, 'name' | 'url'>]?: EndpointSettings[Name] | null;
};

const LIST = 'endpoints';
/** Postgres refuses U+0000. */
const CURSOR = z.tuple([z.string().min(1).max(128)]);
/** How long a secret signs beside the one that takes over. */
const ROTATION_HOURS = 24;
const SCHEMES: Record<EndpointKind, string[]> = { http: ['http:', 'https:'], nats: ['nats:', 'tls:'] };

/** Where events are handed on to: see `endpoints.types.ts` for the states. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly connection: EntityManager,
    private readonly secrets: EndpointSecrets,
    private readonly guard: TargetGuard,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins with the events from now on.
   * @throws Problem BAD_REQUEST, ENDPOINT_TARGET_FORBIDDEN, INSUFFICIENT_SCOPE (sensitive fields), CONFLICT (the name)
   */
  async create({ credentials, ...body }: CreateEndpointBody, actor: Actor): Promise<CreatedEndpointDto> {
    const id = randomUUID();
    const settings = this.checked(body.kind, body, actor);
    const { secret, kept } = this.secrets.generate();
    const sealed = this.sealed(id, body.kind, credentials);
    const row = await this.connection.transaction(async (tx) => {
      const endpoint = {
        ...settings,
        id,
        kind: body.kind,
        credentials: sealed ?? null,
        createdBy: actor.name,
      };
      if (!(await insertEndpoint(tx, endpoint))) throw nameTaken();
      await insertSecret(tx, id, kept);
      await this.record(tx, actor, 'create', id, facts(settings));
      return existing(await findEndpoint(tx, id));
    });
    return { ...endpointView(row), secret };
  }

  /** By name; those with personal fields for who may read these. @throws Problem BAD_CURSOR */
  async list({ limit, cursor }: PageQuery, actor: Actor): Promise<EndpointPageDto> {
    const [after] = cursor === undefined ? [''] : readCursor(LIST, CURSOR, cursor);
    const rows = await listEndpoints(this.connection, after, limit + 1, hiddenFrom(actor));
    const { items, nextCursor } = pageOf(rows, limit, ({ name }) => writeCursor(LIST, name));
    return { items: items.map(endpointView), nextCursor };
  }

  /** By name; what is paused is meant to be silent. */
  async failing(): Promise<FailingEndpoint[]> {
    return listFailing(this.connection);
  }

  /** By name. */
  async endingSecrets(): Promise<EndingSecret[]> {
    return listEndingSecrets(this.connection);
  }

  /** @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async find(id: string, actor: Actor): Promise<EndpointDetailDto> {
    const row = existing(await findEndpoint(this.connection, id));
    requireRightsTo(row, actor);
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

  /** @throws Problem NOT_FOUND, and what `create` throws */
  async update(id: string, { credentials, ...body }: UpdateEndpointBody, actor: Actor): Promise<EndpointDto> {
    return this.change(id, actor, 'update', async (tx, row) => {
      const { ratePerSecond = row.ratePerSecond } = body;
      const settings = this.checked(row.kind, { ...row, ...given(body), ratePerSecond }, actor);
      if (!(await updateEndpoint(tx, id, settings))) throw nameTaken();
      const sealed = this.sealed(id, row.kind, credentials);
      if (sealed !== undefined) await setCredentials(tx, id, sealed);
      return facts(settings);
    });
  }

  /** Events are queued and wait. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE, CONFLICT where it is disabled */
  async pause(id: string, actor: Actor): Promise<EndpointDto> {
    return this.change(id, actor, 'pause', async (tx, { state }) => {
      if (state === 'disabled') throw new Problem('CONFLICT', 'the endpoint is disabled');
      await setState(tx, id, 'paused');
    });
  }

  /** Goes on, from whatever state, with a closed circuit. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async resume(id: string, actor: Actor): Promise<EndpointDto> {
    return this.change(id, actor, 'resume', (tx) => setState(tx, id, 'active'));
  }

  /** Its deliveries are not seen any more, and purged later. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
  async remove(id: string, actor: Actor): Promise<void> {
    await this.connection.transaction(async (tx) => {
      const row = existing(await findEndpoint(tx, id, true));
      requireRightsTo(row, actor);
      const { name } = row;
      await deleteEndpoint(tx, id);
      await this.record(tx, actor, 'delete', id, { name });
    });
  }

  /** Both sign for a day. @throws Problem NOT_FOUND, INSUFFICIENT_SCOPE */
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
    verb: string,
    work: (tx: Tx, row: EndpointRow) => Promise<Record<string, unknown> | void>,
  ): Promise<EndpointDto> {
    return this.connection.transaction(async (tx) => {
      const row = existing(await findEndpoint(tx, id, true));
      requireRightsTo(row, actor);
      const detail = await work(tx, row);
      await this.record(tx, actor, verb, id, detail ?? {});
      return endpointView(existing(await findEndpoint(tx, id)));
    });
  }

  private async record(tx: Tx, actor: Actor, verb: string, id: string, detail: Record<string, unknown>) {
    await this.audit.record(tx, {
      actor: actor.name,
      action: `endpoint.${verb}`,
      subject: `endpoint:${id}`,
      detail,
    });
  }

  /** What is to be kept, if this caller may ask for it. */
  private checked(kind: EndpointKind, asked: AskedSettings, actor: Actor): EndpointSettings {
    const { events, outcomes, subject = null, ratePerSecond = null } = asked;
    const fields = asked.fields ?? [];
    requireRightsTo({ fields }, actor);
    if ((kind === 'nats') !== (subject !== null)) {
      throw new Problem('BAD_REQUEST', 'subject: endpoints of nats have one, and no others');
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
      throw new Problem(
        'BAD_REQUEST',
        'url must not hold credentials: it is shown to whoever may read endpoints',
      );
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

  private sealed(id: string, kind: EndpointKind, credentials: string | undefined): Buffer | undefined {
    if (credentials === undefined) return undefined;
    if (kind !== 'nats') throw new Problem('BAD_REQUEST', 'credentials: only endpoints of nats have them');
    if (readNatsCredentials(credentials) === undefined) {
      throw new Problem('BAD_REQUEST', 'credentials: the file lacks its JWT or its NKEY seed');
    }
    return this.secrets.sealCredentials(id, credentials);
  }
}

function existing(row: EndpointRow | undefined): EndpointRow {
  if (row === undefined) throw new Problem('NOT_FOUND');
  return row;
}

function nameTaken(): Problem {
  return new Problem('CONFLICT', 'another endpoint has this name');
}

/** In JSON null is as good as absent. */
function given(body: UpdateEndpointBody): Partial<AskedSettings> {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** For the audit: what is handed on and to which host. A path may be a secret of the receiver. */
function facts({ name, url, events, outcomes, fields }: EndpointSettings): Record<string, unknown> {
  return { name, host: new URL(url).host, events, outcomes, fields };
}

function timeOf(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
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
