import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Audit } from '../../audit/audit.service.js';
import { Listener } from '../../db/listen.js';
import type { Tx } from '../../db/tx.js';
import { CallerTable } from '../caller-table.repository.js';
import { generateSecret } from '../secrets.js';
import { actorOf, type Person } from './people.types.js';
import { SessionHash } from './session-hash.js';
import {
  deleteOldSessions,
  deleteSession,
  findProvidedSessions,
  IDLE_MINUTES,
  insertSession,
  type LiveSession,
  LONGEST_HOURS,
  readLiveSessions,
  sealSession,
  SESSIONS_CHANNEL,
  touchSession,
} from './sessions.repository.js';
import { type LiveUser, Users } from './users.service.js';

const IDLE_MS = IDLE_MINUTES * 60_000;
const LONGEST_MS = LONGEST_HOURS * 3_600_000;
/** The identity provider says so often who somebody is and what they may do: it asks for nothing while they are known there. */
const PROVIDED_MS = 3_600_000;
/** How often a use is written. Another replica may end an idle session that much too early. */
const TOUCH_EVERY_MS = 60_000;

/** Who logs in, and from where. */
export interface NewLogIn {
  id: string;
  login: string;
  address: string | null;
  browser: string | null;
  /** `sid` of the identity provider. */
  providerSession: string | null;
}

/** A session as its owner sees it. */
export interface SessionSummary {
  id: string;
  createdAt: Date;
  lastUsedAt: Date;
  address: string | null;
  browser: string | null;
  current: boolean;
}

/** By what a person has logged in, as the audit shows it. */
export type LogInMeans = 'password' | 'recovery-code' | 'invitation' | 'provider' | 'first-link';

/** Sessions of people: looked up in memory, so that a read costs no query; kept in the database, so that every replica knows them. */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly log = new Logger(Sessions.name);
  private readonly table: CallerTable<Map<string, LiveSession>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
    private readonly keyed: SessionHash,
    private readonly users: Users,
  ) {
    const read = async (tx: Tx) => {
      const rows = (await readLiveSessions(tx)).filter((row) => keyed.isOurs(row));
      return new Map(rows.map((row) => [row.hash, row]));
    };
    const callers = { noun: 'session', channel: SESSIONS_CHANNEL, read };
    this.table = new CallerTable(connection, audit, listener, callers);
  }

  async onModuleInit(): Promise<void> {
    await this.table.listen();
  }

  /**
   * Who holds this session, with the roles they have now; undefined where it is unknown or over, or the person is disabled.
   * @param used false for looks that are no use, such as those of an open stream
   */
  async find(token: string, used = true): Promise<Person | undefined> {
    const sessions = await this.table.current();
    const hash = this.keyed.hashesOf(token).find((candidate) => sessions.has(candidate));
    const session = hash === undefined ? undefined : sessions.get(hash);
    if (session === undefined) return undefined;
    const user = await this.users.find(session.userId);
    if (user === undefined || isOver(session, user)) return undefined;
    if (used) this.touch(session);
    const { id: userId, login, name: displayName, roles, scopes, granted } = user;
    return {
      kind: 'person',
      name: actorOf(login),
      userId,
      sessionId: session.id,
      loggedInAtMs: session.createdAt / 1000,
      displayName,
      roles,
      scopes,
      can: (scope) => granted.has(scope),
    };
  }

  /** Always a new one, whatever the browser had before. @returns its secret, or undefined where the person is not active any more */
  async open({ id: userId, login, ...where }: NewLogIn, by: LogInMeans): Promise<string | undefined> {
    const token = generateSecret('rcu');
    const [hash] = this.keyed.hashesOf(token);
    const id = randomUUID();
    const work = async (tx: Tx) => {
      await deleteOldSessions(tx);
      const createdAt = await insertSession(tx, { id, hash, userId, ...where });
      if (createdAt === undefined) return false;
      await sealSession(tx, id, this.keyed.sealOf({ id, hash, userId, createdAt }));
      return true;
    };
    return (await this.table.change(actorOf(login), 'create', id, work, { by })) ? token : undefined;
  }

  /** All that the person has now, the last one first. */
  async listOf({ userId, sessionId }: Person): Promise<SessionSummary[]> {
    const sessions = await this.table.current();
    const user = await this.users.find(userId);
    const live = [...sessions.values()].filter(
      (session) => session.userId === userId && user !== undefined && !isOver(session, user),
    );
    return live
      .sort((a, b) => b.seenAtMs - a.seenAtMs)
      .map(({ id, createdAt, seenAtMs, address, browser }) => ({
        id,
        createdAt: new Date(createdAt / 1000),
        lastUsedAt: new Date(seenAtMs),
        address,
        browser,
        current: id === sessionId,
      }));
  }

  /** On every replica. @param by who ends it: the person, or the identity provider @returns false where it had ended */
  async end(by: string, id: string): Promise<boolean> {
    return this.table.change(by, 'end', id, (tx) => deleteSession(tx, id));
  }

  /** Ends what the identity provider began, as it says. @param of issuer and subject, `sid`, or both */
  async endProvided(by: string, of: { subject?: string; sid?: string }): Promise<void> {
    const ids = await findProvidedSessions(this.connection.manager, { subject: of.subject, sid: of.sid });
    for (const id of ids) await this.end(by, id);
  }

  /** Beside the request. A write that fails makes the session end earlier, and no request fail. */
  private touch(session: LiveSession): void {
    const nowMs = Date.now();
    if (nowMs - session.seenAtMs < TOUCH_EVERY_MS) return;
    session.seenAtMs = nowMs;
    touchSession(this.connection.manager, session.id).catch((error: unknown) =>
      this.log.warn({ code: 'SESSION_NOT_TOUCHED', err: error }),
    );
  }
}

function isOver(session: LiveSession, { sessionsFrom, isProvided }: LiveUser): boolean {
  const nowMs = Date.now();
  const ageMs = nowMs - session.createdAt / 1000;
  const isIdle = nowMs - session.seenAtMs > IDLE_MS;
  return isIdle || ageMs > (isProvided ? PROVIDED_MS : LONGEST_MS) || session.createdAt <= sessionsFrom;
}
