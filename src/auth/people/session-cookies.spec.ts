import type { FastifyRequest } from 'fastify';
import { loadConfig } from '../../config/config.js';
import { KeyRing } from '../../crypto/key-ring.js';
import { Sealer } from '../../crypto/sealer.js';
import { Problem } from '../../problem/problem.js';
import { SessionCookies } from './session-cookies.js';

const sealer = new Sealer(KeyRing.parse(`one:${Buffer.alloc(32, 1).toString('base64')}`));
const PUBLIC = { ROLLCALL_PUBLIC_URL: 'https://rollcall.example.org' };
const SECOND_PORT = { ...PUBLIC, ROLLCALL_MANAGEMENT_PORT: '3002' };
const INSIDE = { ...SECOND_PORT, ROLLCALL_MANAGEMENT_URL: 'https://inside.example.org' };

/** Whether a log-in may come from a page of this origin, asked at `host`. */
function takes(env: Record<string, string>, host: string, origin: string): boolean {
  const request = {
    headers: { origin },
    host,
    protocol: 'http',
    method: 'POST',
  } as unknown as FastifyRequest;
  try {
    new SessionCookies(loadConfig(env), sealer).refuseForeign(request);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).toBe('CROSS_SITE');
    return false;
  }
}

test.each<[string, Record<string, string>, string, string, boolean]>([
  ['the public URL', PUBLIC, '127.0.0.1:3000', 'https://rollcall.example.org', true],
  ['another one', PUBLIC, '127.0.0.1:3000', 'http://127.0.0.1:3000', false],
  ['the URL of the management port', INSIDE, '10.0.0.5:3002', 'https://inside.example.org', true],
  ['the public URL of two', INSIDE, '10.0.0.5:3002', 'https://rollcall.example.org', false],
  ['a management port without a URL', SECOND_PORT, 'kyc.internal:3002', 'http://kyc.internal:3002', true],
  ['a page elsewhere', SECOND_PORT, 'kyc.internal:3002', 'https://evil.example', false],
  ['a developer', {}, 'localhost:3000', 'http://localhost:3000', true],
])('people log in from %s', (_what, env, host, origin, taken) => {
  expect(takes(env, host, origin)).toBe(taken);
});
