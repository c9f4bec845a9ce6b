import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor, Scope } from '../auth/auth.types.js';
import type { Tx } from '../db/tx.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { EnrollClient } from './enroll-client.service.js';
import type { SessionRequest } from './enroll-client.types.js';
import type {
  ListSessionsQuery,
  MintedSessionDto,
  MintSessionBody,
  SessionDto,
  SessionPageDto,
} from './session-tokens.dto.js';
import {
  applicantsOfCorrelation,
  finishSessions,
  finishSessionsOfAll,
  hasOpenOnboarding,
  insertSession,
  listSessions,
  type SessionRow,
} from './session-tokens.repository.js';
import type { SessionEnd, SessionKind } from './session-tokens.types.js';

const SCOPE_OF: Record<SessionKind, Scope> = {
  onboarding: 'enroll:sessions',
  authentication: 'enroll:authentications',
};
const LIST = 'session-tokens';
/** Who began longer ago is not waited for any more; a run of reconciliation still finds them. */
const AWAITED_DAYS = 7;
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/**
 * Mints eNROLL's session tokens, so that no app of the organization holds `tenantSecret`, and remembers who began.
 *
 * A session is open when its token was minted, and finished when an applicant with its request id or correlation id
 * was heard of. An authentication stays open: eNROLL tells nobody how it ended.
 */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly connection: EntityManager,
    private readonly client: EnrollClient,
    private readonly audit: Audit,
  ) {}

  /**
   * @throws Problem INSUFFICIENT_SCOPE, BAD_REQUEST for facts of the other kind, and what `EnrollClient.sessionToken` throws
   */
  async mint(body: MintSessionBody, actor: Actor): Promise<MintedSessionDto> {
    if (!actor.can(SCOPE_OF[body.kind])) throw insufficientScope(SCOPE_OF[body.kind]);
    const { token, expiresAt } = await this.client.sessionToken(requestOf(body));
    const session: SessionRow = {
      id: randomUUID(),
      kind: body.kind,
      correlationId: body.correlationId ?? null,
      requestId: body.requestId ?? null,
      applicantId: body.applicantId ?? null,
      mintedBy: actor.name,
      mintedAt: new Date(),
      expiresAt: expiresAt ?? null,
      finishedAt: null,
    };
    await this.connection.transaction(async (tx) => {
      await insertSession(tx, session);
      const { kind, applicantId } = session;
      await this.audit.record(tx, {
        actor: actor.name,
        action: 'session.mint',
        subject: `session:${session.id}`,
        detail: { kind, ...(applicantId !== null && { applicantId, levelOfTrust: body.levelOfTrust }) },
      });
    });
    return { ...viewOf(session), token };
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list({ limit, cursor, ...filter }: ListSessionsQuery): Promise<SessionPageDto> {
    const rows = await listSessions(
      this.connection,
      filter,
      cursor === undefined ? null : positionOf(cursor),
      limit + 1,
    );
    const page = pageOf(rows, limit, ({ mintedAt, id }) => writeCursor(LIST, mintedAt.toISOString(), id));
    return { items: page.items.map(viewOf), nextCursor: page.nextCursor };
  }

  /** Links the open sessions that an applicant came from; the ids of those that are finished now. */
  finish(tx: Tx, end: SessionEnd): Promise<string[]> {
    return finishSessions(tx, end);
  }

  /** As `finish`, for many applicants in one statement. */
  finishAll(tx: Tx, ends: readonly SessionEnd[]): Promise<string[]> {
    return finishSessionsOfAll(tx, ends);
  }

  /** The applicants that a customer of the organization became, newest first. */
  applicantsOf(correlationId: string): Promise<string[]> {
    return applicantsOfCorrelation(this.connection, correlationId);
  }

  /** Whether an applicant that is new may be one who began here, so that eNROLL is worth asking whose it is. */
  awaited(tx: Tx): Promise<boolean> {
    return hasOpenOnboarding(tx, AWAITED_DAYS);
  }
}

const ONBOARDING = ['correlationId'] as const;
const AUTHENTICATION = ['applicantId', 'levelOfTrust'] as const;
const ONBOARDING_ALONE = ['requestId', 'deviceId', 'kycRequestTypeId', 'userId', 'userName'] as const;

function requestOf(body: MintSessionBody): SessionRequest {
  if (body.kind === 'onboarding') {
    check(body, ONBOARDING, AUTHENTICATION);
    const { correlationId, requestId, deviceId, kycRequestTypeId, userId, userName } = body;
    return { kind: 'onboarding', correlationId, requestId, deviceId, kycRequestTypeId, userId, userName };
  }
  check(body, AUTHENTICATION, ONBOARDING_ALONE);
  const { applicantId = '', levelOfTrust = '' } = body;
  return { kind: 'authentication', applicantId, levelOfTrust };
}

function check(
  body: MintSessionBody,
  needed: readonly (keyof MintSessionBody)[],
  foreign: readonly (keyof MintSessionBody)[],
): void {
  const missing = needed.filter((name) => body[name] === undefined);
  if (missing.length > 0) throw new Problem('BAD_REQUEST', `${body.kind} needs ${missing.join(', ')}`);
  const strange = foreign.filter((name) => body[name] !== undefined);
  if (strange.length > 0)
    throw new Problem('BAD_REQUEST', `${body.kind} does not take ${strange.join(', ')}`);
}

function positionOf(cursor: string) {
  const [mintedAt, id] = readCursor(LIST, CURSOR, cursor);
  return { mintedAt: new Date(mintedAt), id };
}

function viewOf({ id, mintedAt, expiresAt, finishedAt, ...rest }: SessionRow): SessionDto {
  return {
    sessionId: id,
    ...rest,
    state: finishedAt === null ? 'open' : 'finished',
    mintedAt: mintedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
