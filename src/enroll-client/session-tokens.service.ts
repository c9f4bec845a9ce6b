import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit, toEach } from '../audit/audit.service.js';
import { insufficientScope } from '../auth/api-key.guard.js';
import type { Actor, Scope } from '../auth/auth.types.js';
import type { Tx } from '../db/tx.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { EnrollClient } from './enroll-client.service.js';
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
/** After this time we no longer wait for somebody who began. A run of reconciliation still finds them. */
const AWAITED_DAYS = 7;
const CURSOR = z.tuple([z.iso.datetime(), z.guid()]);

/**
 * Mints eNROLL's session tokens, so that no app of the organization holds `tenantSecret`, and remembers who began.
 *
 * A session is open once its token is minted, and finished once we hear of an applicant with its request id or
 * correlation id. An authentication stays open, because eNROLL does not report its end.
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
    checkFacts(body);
    const { token, expiresAt } = await this.client.sessionToken(body);
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
      const deed: AuditEntry = {
        actor: actor.name,
        action: 'session.mint',
        subject: `session:${session.id}`,
        detail: { kind, ...(applicantId !== null && { applicantId, levelOfTrust: body.levelOfTrust }) },
      };
      await this.audit.record(tx, deed, ...toEach(deed, [applicantId]));
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

  /** Links the open sessions that applicants came from. @returns the ids of the sessions that are finished now */
  finishAll(tx: Tx, ends: readonly SessionEnd[]): Promise<string[]> {
    return finishSessions(tx, ends);
  }

  /** The applicants of one customer of the organization, newest first. */
  applicantsOf(correlationId: string): Promise<string[]> {
    return applicantsOfCorrelation(this.connection, correlationId);
  }

  /** Whether a new applicant may have begun here, so that it is worth asking eNROLL for its session. */
  awaited(tx: Tx): Promise<boolean> {
    return hasOpenOnboarding(tx, AWAITED_DAYS);
  }
}

/** The facts that each kind of session needs and does not take. */
const FACTS = {
  onboarding: { needed: ['correlationId'], foreign: ['applicantId', 'levelOfTrust'] },
  authentication: {
    needed: ['applicantId', 'levelOfTrust'],
    foreign: ['requestId', 'deviceId', 'kycRequestTypeId', 'userId', 'userName'],
  },
} as const;

function checkFacts(body: MintSessionBody): void {
  const { needed, foreign } = FACTS[body.kind];
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
