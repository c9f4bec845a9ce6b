import { API_KEY, CLIENT } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { askToken, type Answer, send } from './asking.js';
import { aDatabase, type AuthApp, startAuth } from './auth-app.js';

let database: Awaited<ReturnType<typeof aDatabase>>;
/** Two replicas. */
let one: AuthApp;
let two: AuthApp;

beforeAll(async () => {
  database = await aDatabase();
  one = await startAuth(database.url);
  two = await startAuth(database.url);
});

afterAll(async () => {
  await Promise.all([one.stop(), two.stop()]);
  await database.drop();
});

/** Asks the management API below /api/v1/clients. */
function clients(method: string, path = '', body?: object): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${API_KEY}`,
    ...(body && { 'content-type': 'application/json' }),
  };
  return send(`${one.url}/api/v1/clients${path}`, method, headers, body && JSON.stringify(body));
}

const tokenOf = async (app: AuthApp, clientId: string, secret: unknown) =>
  (await askToken(app.url, String(secret), clientId)).status;

test('one is made, its secret shown once, rotated with an overlap, disabled and enabled, on every replica', async () => {
  const made = await clients('POST', '', { clientId: 'panel/2 (new)', name: 'Panel' });
  expect(made).toMatchObject({
    status: 201,
    headers: { 'cache-control': 'no-store' },
    json: {
      clientId: 'panel/2 (new)',
      name: 'Panel',
      clientSecret: expect.stringMatching(/^rcs_[\w-]{43}$/),
      disabledAt: null,
      secrets: [{ kind: 'sha256', expiresAt: null }],
    },
  });
  const { clientId, clientSecret: first } = made.json as Record<string, string>;
  const path = `/${encodeURIComponent(String(clientId))}`;
  const works = async (secret: unknown) => [
    await tokenOf(one, String(clientId), secret),
    await tokenOf(two, String(clientId), secret),
  ];
  expect(await works(first)).toEqual([200, 200]);

  const rotated = await clients('POST', `${path}/secrets`, { overlapSeconds: 60 });
  expect(rotated.status).toBe(201);
  const second = rotated.json.clientSecret;
  expect([...(await works(first)), ...(await works(second))]).toEqual([200, 200, 200, 200]);
  const read = await clients('GET', path);
  expect(read).toMatchObject({
    status: 200,
    json: { secrets: [{ expiresAt: null }, { expiresAt: expect.any(String) }] },
  });
  expect(JSON.stringify(read.json)).not.toMatch(/rcs_|digest|\$argon2/);

  await clients('POST', `${path}/secrets`, { overlapSeconds: 0 });
  await eventually(async () => (await works(second)).every((status) => status === 401), 2_000);
  const { clientSecret: last } = (await clients('POST', `${path}/secrets`, {})).json;

  expect((await clients('POST', `${path}/disable`)).json).toMatchObject({ disabledAt: expect.any(String) });
  await eventually(async () => (await works(last)).every((status) => status === 401), 2_000);
  expect((await clients('POST', `${path}/enable`)).json).toMatchObject({ disabledAt: null });
  await eventually(async () => (await works(last)).every((status) => status === 200), 2_000);

  expect(
    await database.sql('select actor, action, detail from audit where subject = $1 order by at', [
      `client:${clientId}`,
    ]),
  ).toEqual(
    [
      ['create', {}],
      ['rotate', { overlapSeconds: 60 }],
      ['rotate', { overlapSeconds: 0 }],
      ['rotate', { overlapSeconds: 86_400 }],
      ['disable', {}],
      ['enable', {}],
    ].map(([verb, detail]) => ({ actor: 'ROLLCALL_API_KEY', action: `client.${verb as string}`, detail })),
  );
});

test('they are listed by id, page by page', async () => {
  for (const clientId of ['b', 'a', 'c']) await clients('POST', '', { clientId });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const { json } = await clients('GET', `?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`);
    seen.push(...(json.items as { clientId: string }[]).map((item) => item.clientId));
    cursor = json.nextCursor as string | null;
  } while (cursor !== null);
  expect(seen).toEqual((await one.clients.list()).map(({ clientId }) => clientId));
  expect(seen).toEqual(expect.arrayContaining(['a', 'b', 'c', CLIENT.id]));
});

const GHOST = '/ghost';
test.each<[string, [method: string, path: string, body?: object], number, string]>([
  ['an id with a colon', ['POST', '', { clientId: 'a:b' }], 400, 'BAD_REQUEST'],
  ['an id that is not ASCII', ['POST', '', { clientId: 'عميل' }], 400, 'BAD_REQUEST'],
  ['a name with control characters', ['POST', '', { clientId: 'x', name: 'a\u0007' }], 400, 'BAD_REQUEST'],
  ['a chosen secret', ['POST', '', { clientId: 'x', secret: 'x'.repeat(20) }], 400, 'BAD_REQUEST'],
  ['an id that is taken', ['POST', '', { clientId: CLIENT.id }], 409, 'CONFLICT'],
  [
    'too long an overlap',
    ['POST', `/${CLIENT.id}/secrets`, { overlapSeconds: 2_592_001 }],
    400,
    'BAD_REQUEST',
  ],
  ['an id that nobody has', ['GET', GHOST], 404, 'NOT_FOUND'],
  ['an id that nobody has', ['POST', `${GHOST}/secrets`, {}], 404, 'NOT_FOUND'],
  ['an id that nobody has', ['POST', `${GHOST}/disable`], 404, 'NOT_FOUND'],
  ['an id that nobody can have', ['GET', '/a%00b'], 404, 'NOT_FOUND'],
])('%s is refused: %j', async (_fault, asked, status, code) => {
  expect(await clients(...asked)).toMatchObject({ status, json: { code } });
});
