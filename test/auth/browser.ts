import { createHmac } from 'node:crypto';
import { DataSource } from 'typeorm';
import { PeopleSeal, type SealedInvitation, type SealedSession } from '../../src/auth/people/people-seal.js';
import { putUserSeal, readAllUsers } from '../../src/auth/people/sealed-users.repository.js';
import { sealSession } from '../../src/auth/people/sessions.repository.js';
import { Users } from '../../src/auth/people/users.service.js';
import type { Role } from '../../src/auth/roles.js';
import type { TestApp } from '../harness/app.js';
import type { Answer } from '../harness/clients.js';

/** Of the application that people log in to: nothing dials it. */
export const PUBLIC_URL = 'https://rollcall.example.org';
export const COOKIE = '__Host-rollcall';
export const PASSWORD = 'correct horse battery staple';

type App = Pick<TestApp, 'app' | 'url'>;
type Body = Record<string, unknown>;

/** What a browser holds of one session, and sends. */
export class Browser {
  cookie: string | undefined;
  csrfToken: string | undefined;

  constructor(
    readonly url: string,
    private readonly address?: string,
  ) {}

  /** As a page of ours asks; `headers` add to that, and an empty one is left out. */
  async ask(
    method: string,
    path: string,
    body?: Body,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const all = {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(this.cookie !== undefined && { cookie: `other=1; ${COOKIE}=${this.cookie}` }),
      ...(this.address !== undefined && { 'x-forwarded-for': this.address }),
      origin: PUBLIC_URL,
      'x-csrf-token': this.csrfToken ?? '',
      ...headers,
    };
    const response = await fetch(this.url + path, {
      method,
      headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== '')),
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const answer = { status: response.status, headers: response.headers, body: parsed(text) };
    this.keep(answer);
    return answer;
  }

  private keep({ headers, body }: Answer<Body>): void {
    const set = new RegExp(`^${COOKIE}=([^;]*)`).exec(headers.get('set-cookie') ?? '');
    if (set !== null) this.cookie = set[1] === '' ? undefined : set[1];
    if (typeof body.csrfToken === 'string') this.csrfToken = body.csrfToken;
  }
}

function parsed(text: string): Body {
  return text === '' ? {} : (JSON.parse(text) as Body);
}

/** Somebody who has accepted an invitation, and is logged in. */
export interface TestPerson {
  id: string;
  login: string;
  browser: Browser;
  secret: string;
  recoveryCodes: string[];
}

/** Invites somebody and accepts for them. */
export async function aPerson(rollcall: App, login: string, ...roles: Role[]): Promise<TestPerson> {
  const { id, link } = await rollcall.app
    .get(Users, { strict: false })
    .invite('test', { login, name: 'Mona Adel', roles });
  const browser = new Browser(rollcall.url);
  const token = tokenOf(link);
  const { body: enrollment } = await browser.ask('POST', '/api/v1/session/invitation', {
    token,
    password: PASSWORD,
  });
  const secret = String(enrollment.secret);
  const confirmed = await browser.ask('POST', '/api/v1/session/invitation/confirmation', {
    token,
    code: codeOf(secret),
  });
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
  return { id, login, browser, secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}

/**
 * Seals all people, sessions and invitations as they are now, as if Rollcall had written them: a test that lets time pass by
 * SQL calls it. The replicas forget what they hold.
 */
export async function sealAll({ app }: Pick<TestApp, 'app'>): Promise<void> {
  const seal = app.get(PeopleSeal, { strict: false });
  const { manager } = app.get(DataSource, { strict: false });
  for (const user of await readAllUsers(manager)) await putUserSeal(manager, user.id, seal.ofUser(user)[0]);
  const sessions = await manager.query<SealedSession[]>(
    `select id, hash, user_id as "userId", (extract(epoch from created_at) * 1000000)::float8 as "createdAt" from user_sessions`,
  );
  for (const session of sessions) await sealSession(manager, session.id, seal.ofSession(session)[0]);
  const invitations = await manager.query<SealedInvitation[]>(
    'select hash, user_id as "userId", password, expires_at as "expiresAt" from invitations',
  );
  for (const row of invitations) {
    await manager.query('update invitations set seal = $2 where hash = $1', [
      row.hash,
      seal.ofInvitation(row)[0],
    ]);
  }
  await manager.query(`select pg_notify('rollcall_user_sessions', ''), pg_notify('rollcall_users', '')`);
}

export function tokenOf(link: string): string {
  return new URL(link).hash.slice(1);
}

/** RFC 6238. @param secret in base 32 @param steps from now */
export function codeOf(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const digest = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = (digest.at(-1) as number) & 0xf;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
