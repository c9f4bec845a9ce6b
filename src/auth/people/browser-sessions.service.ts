import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../problem/problem.js';
import { factsOf } from '../../problem/request-facts.js';
import type { Actor } from '../auth.types.js';
import { browserName } from './browser-name.js';
import type { MeDto } from './people.dto.js';
import { isPerson, type Person } from './people.types.js';
import { SessionCookies } from './session-cookies.js';
import { type LogInMeans, Sessions } from './sessions.service.js';

/** Sessions as browsers bring them: begun, recognized and ended by their cookie. */
@Injectable()
export class BrowserSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
  ) {}

  /** The secret that a request shows; undefined where it shows none. */
  secretOf(request: FastifyRequest): string | undefined {
    return this.cookies.read(request);
  }

  /** As `Sessions.find`. */
  async holderOf(secret: string, used?: boolean): Promise<Person | undefined> {
    return this.sessions.find(secret, used);
  }

  /** @throws Problem CROSS_SITE where the request would change something, and is not from a page of ours */
  requireOurs(request: FastifyRequest, secret: string): void {
    this.cookies.requireOurs(request, secret);
  }

  /**
   * For somebody who has just proved who they are. The session that the browser had ends: nobody can have slipped it in.
   * @throws Problem LOGIN_REFUSED where the person was disabled meanwhile
   */
  async begin(
    person: { id: string; login: string; providerSession?: string | null },
    by: LogInMeans,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<MeDto> {
    const former = this.cookies.read(request);
    const before = former === undefined ? undefined : await this.sessions.find(former, false);
    const where = {
      address: factsOf(request).address,
      browser: browserName(request.headers['user-agent']),
      providerSession: person.providerSession ?? null,
    };
    const secret = await this.sessions.open({ id: person.id, login: person.login, ...where }, by);
    const opened = secret === undefined ? undefined : await this.sessions.find(secret);
    if (secret === undefined || opened === undefined) throw new Problem('LOGIN_REFUSED');
    if (before !== undefined) await this.sessions.end(before.name, before.sessionId);
    factsOf(request).actor = opened.name;
    this.cookies.set(reply, secret);
    return this.describe(opened, secret);
  }

  /** Logs out. A key has no session, and stays as it is. */
  async end(actor: Actor, reply: FastifyReply): Promise<void> {
    if (isPerson(actor)) await this.sessions.end(actor.name, actor.sessionId);
    this.cookies.clear(reply);
  }

  /** Who calls, as an answer shows it. @param secret of the session, if the caller has one */
  describe(actor: Actor, secret: string | undefined): MeDto {
    const { kind, name, scopes } = actor;
    if (!isPerson(actor)) return { kind, name, scopes };
    const { displayName, roles } = actor;
    const csrfToken = secret === undefined ? undefined : this.cookies.csrfTokenOf(secret);
    return { kind, name, displayName, roles, scopes, csrfToken };
  }
}
