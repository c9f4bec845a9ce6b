import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Audit } from '../../audit/audit.service.js';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { Listener } from '../../db/listen.js';
import { CallerTable } from '../caller-table.repository.js';
import { generateSecret } from '../secrets.js';
import { actorOf, type Person } from './people.types.js';
import {
  deleteOldSessions,
  deleteSession,
  IDLE_MINUTES,
  insertSession,
  type LiveSession,
  LONGEST_HOURS,
  readLiveSessions,
  SESSIONS_CHANNEL,
  touchSession,
} from './sessions.repository.js';
import { Users } from './users.service.js';

const IDLE_MS = IDLE_MINUTES * 60_000;
const LONGEST_MS = LONGEST_HOURS * 3_600_000;
/** The identity provider says so often who somebody is and what they may do: it asks for nothing while they are known there. */
const PROVIDED_MS = 3_600_000;
/** How often a use is written. Another replica may end an idle session that much too early. */
const TOUCH_EVERY_MS = 60_000;

/** By what a person has logged in, as the audit shows it. */
export type LogInMeans = 'password' | 'recovery-code' | 'invitation' | 'provider';

/** Sessions of people: looked up in memory, so that a read costs no query; kept in the database, so that every replica knows them. */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly log = new Logger(Sessions.name);
  private readonly table: CallerTable<Map<string, LiveSession>>;

  constructor(
    private readonly connection: DataSource,
    listener: Listener,
    audit: Audit,
    private readonly hash: CredentialHash,
    private readonly users: Users,
  ) {
    const callers = { noun: 'session', channel: SESSIONS_CHANNEL, read: readLiveSessions };
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
    const hash = this.hash.candidates('session', token).find((candidate) => sessions.has(candidate));
    const session = hash === undefined ? undefined : sessions.get(hash);
    if (session === undefined || isOver(session)) return undefined;
    const user = await this.users.find(session.userId);
    if (user === undefined || session.createdAt <= user.sessionsFrom) return undefined;
    if (user.isProvided && ageMsOf(session) > PROVIDED_MS) return undefined;
    if (used) this.touch(session);
    const { id: userId, login, name: displayName, roles, scopes, granted } = user;
    return {
      kind: 'person',
      name: actorOf(login),
      userId,
      sessionId: session.id,
      displayName,
      roles,
      scopes,
      can: (scope) => granted.has(scope),
    };
  }

  /** Always a new one, whatever the browser had before. @returns its secret, or undefined where the person is not active any more */
  async open({ id, login }: { id: string; login: string }, by: LogInMeans): Promise<string | undefined> {
    const token = generateSecret('rcu');
    const [hash] = this.hash.candidates('session', token);
    const sessionId = randomUUID();
    const opened = await this.table.change(
      actorOf(login),
      'create',
      sessionId,
      async (tx) => {
        await deleteOldSessions(tx);
        return insertSession(tx, sessionId, hash, id);
      },
      { by },
    );
    return opened ? token : undefined;
  }

  /** Logs out, on every replica. */
  async end({ name, sessionId }: Person): Promise<void> {
    await this.table.change(name, 'end', sessionId, (tx) => deleteSession(tx, sessionId));
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

function isOver(session: LiveSession): boolean {
  return Date.now() - session.seenAtMs > IDLE_MS || ageMsOf(session) > LONGEST_MS;
}

function ageMsOf({ createdAt }: LiveSession): number {
  return Date.now() - createdAt / 1000;
}
