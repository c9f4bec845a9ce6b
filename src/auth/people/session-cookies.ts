import { Injectable } from '@nestjs/common';
import { createHmac } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config/config.js';
import { equals } from '../../crypto/constant-time.js';
import { Sealer } from '../../crypto/sealer.js';
import { Problem } from '../../problem/problem.js';
import type { Errand } from './single-sign-on.service.js';

const CSRF_HEADER = 'x-csrf-token';
const READING = ['GET', 'HEAD', 'OPTIONS'];
const VALUE = /^[\w-]{1,1024}$/;
/** How long somebody may take at the identity provider. */
const ERRAND_SECONDS = 600;
const ERRAND = 'sso-errand';

/**
 * How a browser holds a session: a cookie that no script and no other site can read, and that is sent to this host alone
 * (RFC 6265bis, `__Host-`). Only where the URL of the management API is plain HTTP, which is warned of, it goes without `Secure`.
 */
@Injectable()
export class SessionCookies {
  private readonly name: string;
  private readonly attributes: string;
  private readonly origin: string | undefined;
  /** Where a browser goes once somebody is logged in. */
  readonly home: string;

  constructor(
    config: Config,
    private readonly sealer: Sealer,
  ) {
    const isSecure = config.managementUrl.startsWith('https:');
    this.name = isSecure ? '__Host-rollcall' : 'rollcall';
    this.attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    this.home = `${config.managementUrl}/console`;
    const { ROLLCALL_MANAGEMENT_URL, ROLLCALL_PUBLIC_URL } = config.env;
    const known =
      ROLLCALL_MANAGEMENT_URL ?? (config.management === undefined ? ROLLCALL_PUBLIC_URL : undefined);
    this.origin = known === undefined ? undefined : new URL(known).origin;
  }

  /** The session's secret; undefined where there is none, or more than one: another one may have been slipped in. */
  read(request: FastifyRequest): string | undefined {
    return valueOf(request, this.name);
  }

  set(reply: FastifyReply, token: string): void {
    void reply.header('set-cookie', `${this.name}=${token}; ${this.attributes}`);
  }

  /** Also what the browser has kept of our answers. `cookies` would take those of other servers of the domain along. */
  clear(reply: FastifyReply): void {
    void reply.header('clear-site-data', '"cache", "storage"');
    void reply.header('set-cookie', `${this.name}=; ${this.attributes}; Max-Age=0`);
  }

  /** For the way to the identity provider and back: sealed, so that this browser alone, and no script in it, can come back. */
  keepErrand(reply: FastifyReply, errand: Errand): void {
    const until = Date.now() + ERRAND_SECONDS * 1000;
    const value = this.sealer.seal(JSON.stringify({ ...errand, until }), ERRAND).toString('base64url');
    void reply.header(
      'set-cookie',
      `${this.name}-sso=${value}; ${this.attributes}; Max-Age=${ERRAND_SECONDS}`,
    );
  }

  /** Once: the browser forgets it. Undefined where there is none, or it took too long. */
  takeErrand(request: FastifyRequest, reply: FastifyReply): Errand | undefined {
    const value = valueOf(request, `${this.name}-sso`);
    void reply.header('set-cookie', `${this.name}-sso=; ${this.attributes}; Max-Age=0`);
    if (value === undefined) return undefined;
    try {
      const opened = this.sealer.reveal(Buffer.from(value, 'base64url'), ERRAND).toString();
      const { until, ...errand } = JSON.parse(opened) as Errand & { until: number };
      return until > Date.now() ? errand : undefined;
    } catch {
      return undefined;
    }
  }

  /** What a page sends as `X-CSRF-Token`: only one that has read an answer of ours knows it. */
  csrfTokenOf(token: string): string {
    return createHmac('sha256', token).update('csrf').digest('base64url');
  }

  /** Whatever changes something must come from a page of ours, and know the session's token. @throws Problem CROSS_SITE */
  requireOurs(request: FastifyRequest, token: string): void {
    if (READING.includes(request.method)) return;
    const given = request.headers[CSRF_HEADER];
    if (this.isFromOurPage(request) !== true) throw new Problem('CROSS_SITE', 'Origin is not this server');
    if (typeof given !== 'string' || !equals(given, this.csrfTokenOf(token))) {
      throw new Problem('CROSS_SITE', 'X-CSRF-Token is not that of the session');
    }
  }

  /** A log-in has no session yet; another site must not cause one. @throws Problem CROSS_SITE */
  refuseForeign(request: FastifyRequest): void {
    if (this.isFromOurPage(request) === false)
      throw new Problem('CROSS_SITE', 'A log-in comes from a page of this server');
  }

  /** As the browser says, which no page can change; undefined where it says nothing, so for no browser at all. */
  private isFromOurPage({ headers, host, protocol }: FastifyRequest): boolean | undefined {
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    if (site === undefined && origin === undefined) return undefined;
    // a URL that nobody set does not tell under which name somebody came
    const isOurs = origin === undefined || origin === (this.origin ?? `${protocol}://${host}`);
    return isOurs && (site === undefined || site === 'same-origin');
  }
}

function valueOf({ headers }: FastifyRequest, name: string): string | undefined {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && VALUE.test(value) ? value : undefined;
}
