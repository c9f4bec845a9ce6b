import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SecondFactors } from '../../src/auth/people/second-factors.service.js';
import { AuditChain } from '../../src/audit-trail/chain.service.js';
import { AuditTrail } from '../../src/audit-trail/audit-trail.service.js';
import { RowVerification } from '../../src/applicants/row-verification.service.js';
import { sha256 } from '../../src/crypto/constant-time.js';
import { KeyCheck } from '../../src/crypto/key-check.js';
import { KeyRing } from '../../src/crypto/key-ring.js';
import { Sealer } from '../../src/crypto/sealer.js';
import { SealedImageStore } from '../../src/images/sealed-image-store.service.js';
import { EndpointSecrets } from '../../src/webhooks/endpoint-secrets.service.js';
import type { ResealDto } from '../../src/keys/keys.dto.js';
import { anApplicant, type WireApplicant } from '../factories/applicant.js';
import { ALLOW_LOOPBACK } from '../webhooks/handing-on.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type FreshDatabase, freshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OLD = `old:${Buffer.alloc(32, 11).toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 22).toString('base64')}`;
const IMAGE = Buffer.from('an image, as far as the store can tell');
const IMAGE_HASH = sha256(IMAGE).toString('hex');

let database: FreshDatabase;
let app: TestApp;
let folder: string;

/** A server with this ring, on what the one before has left. */
async function boot(...ring: string[]): Promise<void> {
  await app?.stop();
  const env = {
    ROLLCALL_KEYS: ring.join(','),
    ROLLCALL_IMAGE_DIR: join(folder, 'images'),
    ...ALLOW_LOOPBACK,
  };
  app = await startApp({ database, env });
}

async function deliver(...elements: Partial<WireApplicant>[]): Promise<string[]> {
  const response = await app.callback('success', elements);
  const { items } = (await response.json()) as { items: { result: string }[] };
  return items.map(({ result }) => result);
}

async function found(body: object): Promise<string[]> {
  const answer = await app.api('/api/v1/applicants/search', { method: 'POST', body: JSON.stringify(body) });
  const { items } = (await answer.json()) as { items: { applicantId: string }[] };
  return items.map(({ applicantId }) => applicantId).sort();
}

async function post<T>(path: string, body: object = {}): Promise<{ status: number; body: T }> {
  const response = await app.api(path, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as T };
}

async function progress(): Promise<ResealDto> {
  return (await (await app.api('/api/v1/keys/reseal')).json()) as ResealDto;
}

const ONE = anApplicant({ idNumber: '29703012357788', phoneNumbers: ['01001234567'], documentNumber: 'A77' });
const MANY = Array.from({ length: 600 }, () => anApplicant());
const CHANGED = { ...anApplicant(), firstName: 'أول' };
const UPDATE = { applicantId: CHANGED.applicantId, isUpdate: true, address: 'شارع جديد' };
const AGAIN = { applicantId: CHANGED.applicantId, isUpdate: true, address: 'شارع آخر' };
const userId = randomUUID();
let endpointId: string;
let damaged: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-keys-'));
  database = await freshDatabase();
  await boot(OLD);
  await deliver(ONE, ...MANY, CHANGED);
  await deliver(UPDATE);
  await deliver(AGAIN);
  await deliver(anApplicant(), { firstName: 'without an id' });
  const made = await post<{ id: string }>('/api/v1/endpoints', {
    name: 'core',
    url: 'http://127.0.0.1:9/',
  });
  expect(made.status).toBe(201);
  endpointId = made.body.id;
  await app.app
    .get(SealedImageStore, { strict: false })
    .keep([{ sha256: IMAGE_HASH, bytes: IMAGE } as never]);
  await app.sql('insert into image_blobs (sha256, media_type, bytes, sealed_bytes) values ($1, $2, 1, 1)', [
    Buffer.from(IMAGE_HASH, 'hex'),
    'image/png',
  ]);
  const { sealed } = app.app.get(SecondFactors, { strict: false }).newSecret(userId);
  await app.sql(
    `insert into users (id, login, name, roles, totp_secret) values ($1, 'a@bank.example', 'A', '{admin}', $2)`,
    [userId, sealed],
  );
  await app.sql(`insert into recovery_codes (hash, user_id) values ('of the old key', $1)`, [userId]);
  await signHead();
  [{ id: damaged }] = (await app.sql<{ id: string }>(
    `update receipts set body = overlay(body placing '\\x00000000' from 60) where quarantined = 1 returning id`,
  )) as [{ id: string }];
});

afterAll(async () => {
  await app.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** What the chain does once a day. */
async function signHead(): Promise<void> {
  const chain = app.app.get(AuditChain, { strict: false });
  const end = await chain.linkAll();
  await app.sql('insert into audit_heads (day, n, jws) values (current_date - 1, $1, $2)', [
    end.n,
    await chain.signEnd(end),
  ]);
}

/** Deliveries that a server meets while everything goes over. */
async function besideCallbacks<T>(work: Promise<T>): Promise<{ result: T; statuses: Set<string> }> {
  const statuses = new Set<string>();
  let isOver = false;
  const result = work.finally(() => (isOver = true));
  const load = (async () => {
    while (!isOver)
      for (const one of await deliver({ ...MANY[1], address: randomUUID(), isUpdate: true }, anApplicant()))
        statuses.add(one);
  })();
  return { result: await result, statuses: (await load, statuses) };
}

describe('Keys: from rotation to retirement', () => {
  test('a key in use cannot be retired, and neither can the first one', async () => {
    await boot(NEW, OLD);
    const { items } = (await (await app.api('/api/v1/keys')).json()) as { items: object[] };
    expect(items).toEqual([
      expect.objectContaining({ id: 'new', state: 'current', inRing: true }),
      expect.objectContaining({ id: 'old', state: 'opens', inRing: true }),
    ]);
    expect(await post('/api/v1/keys/old/retire')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(await post('/api/v1/keys/new/retire')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect((await post('/api/v1/keys/other/retire')).status).toBe(404);
  });

  test('everything goes over beside callbacks; a row that no key opens is named and stays', async () => {
    await post('/api/v1/keys/reseal');
    const done = eventually(async () => {
      const now = await progress();
      return now.state === 'finished' && now;
    });
    const { result, statuses } = await besideCallbacks(done);
    expect([...statuses].sort()).toEqual(['created', 'updated']);
    const places = new Map(result.places.map((place) => [place.place, place]));
    expect(places.get('applicants')).toMatchObject({ forgotten: 0, unopened: 0 });
    expect(places.get('applicants')?.rewritten).toBeGreaterThanOrEqual(MANY.length);
    for (const name of [
      'changes',
      'receipts.body',
      'images',
      'endpoint_secrets.sealed',
      'quarantine.element',
      'users.totp_secret',
    ])
      expect(places.get(name)?.rewritten).toBeGreaterThan(0);
    expect(result.rows).toEqual([
      {
        place: 'receipts.body',
        rowKey: expect.stringContaining(damaged),
        keyId: 'old',
        code: 'UNSEAL_FAILED',
      },
    ]);
  });

  test('what nobody can hash anew is counted, and ends where the administrator says so', async () => {
    // a server that said so just before, and stopped a moment later, may have stored files behind the pass
    await app.sql(`update key_checks set signed_at = now() - interval '1 hour' where key_id = 'old'`);
    await app.sql(
      `update key_reseals set started_at = started_at - interval '1 hour' where place = 'images'`,
    );
    expect(await post('/api/v1/keys/old/retire', { endCredentials: true })).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT', detail: expect.stringContaining('reseal again') },
    });
    await app.sql(
      `update key_reseals set started_at = started_at + interval '1 hour' where place = 'images'`,
    );
    const refused = await post<{ uses: object }>('/api/v1/keys/old/retire');
    expect(refused).toMatchObject({ status: 409, body: { code: 'KEY_IN_USE', uses: { recoveryCodes: 1 } } });
    expect(await post('/api/v1/keys/old/retire', { endCredentials: true })).toEqual({
      status: 200,
      body: { id: 'old', state: 'retired', unopened: 1 },
    });
    expect(
      await app.sql('select action, subject, detail from audit where action like $1 order by seq', ['key.%']),
    ).toEqual([
      { action: 'key.reseal', subject: 'key:new', detail: {} },
      { action: 'key.retire', subject: 'key:old', detail: { endCredentials: true, unopened: 1 } },
    ]);
  });

  test('a server with the new key alone finds, knows and opens everything', async () => {
    await boot(NEW);
    expect(await found({ idNumber: ONE.idNumber })).toEqual([ONE.applicantId]);
    expect(await found({ phone: '01001234567' })).toEqual([ONE.applicantId]);
    expect(await found({ documentNumber: 'a77' })).toEqual([ONE.applicantId]);
    expect(await deliver(ONE)).toEqual(['duplicate']);
    // partial updates equal no state of the applicant, only what was delivered
    expect(await deliver(AGAIN)).toEqual(['duplicate']);
    expect(await deliver({ ...UPDATE, isUpdate: false })).toEqual(['stale']);
    expect(await deliver(CHANGED)).toEqual(['stale']);
    expect(await app.app.get(RowVerification, { strict: false }).run(() => undefined)).toMatchObject({
      tampered: 0,
    });

    const [image] = [await app.app.get(SealedImageStore, { strict: false }).reveal(IMAGE_HASH)];
    expect(image).toEqual(IMAGE);
    const secrets = await app.sql<{ id: string; sealed: Buffer }>('select id, sealed from endpoint_secrets');
    const endpoint = { id: endpointId, credentials: null, secrets };
    expect(app.app.get(EndpointSecrets, { strict: false }).open(endpoint).secrets).toEqual([
      expect.stringMatching(/^whsec_/),
    ]);
    const [user] = await app.sql<{ totp_secret: Buffer }>('select totp_secret from users where id = $1', [
      userId,
    ]);
    expect(() =>
      app.app.get(SecondFactors, { strict: false }).stepOf(userId, user!.totp_secret, '000000'),
    ).not.toThrow();
  });

  test('a row of a key that the ring lacks is served as unknown, and those beside it as they are', async () => {
    const [lost, kept] = [MANY[2]!.applicantId, MANY[3]!.applicantId];
    // one byte of the key's id
    await app.sql(
      `update applicants set sealed = overlay(sealed placing '\\x78' from 3) where applicant_id = $1`,
      [lost],
    );
    const outcomeOf = async (id: string) =>
      ((await (await app.api(`/api/v1/applicants/${id}`)).json()) as { outcome: string }).outcome;
    expect(await outcomeOf(lost)).toBe('unknown');
    expect(await outcomeOf(kept)).toBe('accepted');
    const page = await app.api('/api/v1/applicants?limit=200');
    expect(((await page.json()) as { items: object[] }).items).toHaveLength(200);
  });

  test('what the retired key has signed is verified with what is kept of it', async () => {
    const { keys } = (await (await fetch(`${app.url}/.well-known/jwks.json`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(2);
    expect(await app.app.get(AuditTrail, { strict: false }).verify()).toMatchObject({ tampering: null });
  });

  test('a retired key cannot become the first again', async () => {
    const ring = KeyRing.parse(`${OLD},${NEW}`);
    const check = new KeyCheck(app.app.get(DataSource), ring, new Sealer(ring));
    await expect(check.onModuleInit()).rejects.toMatchObject({ code: 'KEY_RETIRED' });
  });
});
