import type { GrantedScope } from '../../src/auth/auth.types.js';
import type { SessionTokens } from '../../src/enroll-client/session-tokens.service.js';
import { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import type { CreatedEndpointDto, EndpointPageDto } from '../../src/webhooks/endpoints.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { type Answer, type Ask, callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { OPERATOR } from '../../src/cli/context.js';
import { Consumers } from '../../src/feed/consumers.service.js';

let rollcall: TestApp;
let owner: Ask;
const callers = new Map<string, Promise<Ask>>();

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8' } });
  owner = callerWithAll(rollcall);
});
afterAll(() => rollcall.stop());

/** The one key of these scopes. */
function keyOf(...scopes: GrantedScope[]): Promise<Ask> {
  const name = scopes.join(' ');
  const caller = callers.get(name) ?? callerWith(rollcall, ...scopes);
  callers.set(name, caller);
  return caller;
}

const send = <Body = Record<string, unknown>>(
  ask: Ask,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer<Body>> =>
  ask<Body>(`/api/v1${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });

function expectRefused(answer: Answer, scope: string): void {
  expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
  expect(answer.headers.get('www-authenticate')).toContain(`scope="${scope}"`);
}

const NOBODY = '00000000-0000-4000-8000-000000000000';

describe('an operation takes each of its scopes', () => {
  const operations: [method: string, path: string, body: unknown, scopes: GrantedScope[]][] = [
    ['POST', '/applicants/search', { q: 'منى' }, ['applicants:search']],
    ['GET', `/receipts/${NOBODY}/body`, undefined, ['receipts:raw', 'pii:read']],
    ['GET', '/applicants/nobody/images/photo', undefined, ['images:read', 'pii:read']],
    ['GET', '/enroll/image?path=a.jpg', undefined, ['enroll:read', 'images:read', 'pii:read']],
    ['POST', '/enroll/images', { paths: ['a.jpg'] }, ['enroll:read', 'images:read', 'pii:read']],
    ['POST', `/quarantine/${NOBODY}/fix`, { patch: {} }, ['quarantine:write']],
    ['POST', '/quarantine/replay', { filter: {} }, ['quarantine:write']],
    ['POST', '/enroll/session-tokens', { kind: 'onboarding', correlationId: 'c-1' }, ['enroll:sessions']],
    [
      'POST',
      '/enroll/session-tokens',
      { kind: 'authentication', applicantId: 'a', levelOfTrust: '2' },
      ['enroll:authentications'],
    ],
  ];

  it.each(operations)('%s %s %j', async (method, path, body, scopes) => {
    for (const missing of scopes) {
      const others = [
        ...scopes.filter((scope) => scope !== missing),
        'applicants:read',
        'receipts:read',
      ] as const;
      expectRefused(await send(await keyOf(...others), method, path, body), missing);
    }
    expect((await send(await keyOf(...scopes), method, path, body)).status).not.toBe(403);
  });

  it('a key that mints for one kind of session does not for the other', async () => {
    const path = '/enroll/session-tokens';
    const authentication = { kind: 'authentication', applicantId: 'a', levelOfTrust: '2' };
    expectRefused(
      await send(await keyOf('enroll:sessions'), 'POST', path, authentication),
      'enroll:authentications',
    );
    const onboarding = { kind: 'onboarding', correlationId: 'c-1' };
    expectRefused(
      await send(await keyOf('enroll:authentications'), 'POST', path, onboarding),
      'enroll:sessions',
    );
  });
});

describe('a session token that is minted', () => {
  it('is recorded, with whom it lets in where it is an authentication', async () => {
    const client = rollcall.app.get(EnrollClient);
    const minted = jest
      .spyOn(client, 'sessionToken')
      .mockImplementation((): ReturnType<EnrollClient['sessionToken']> =>
        Promise.resolve({ token: 't', expiresAt: undefined }),
      );
    const mint = async (body: Parameters<SessionTokens['mint']>[0]) => {
      const { body: session } = await send<{ sessionId: string }>(
        owner,
        'POST',
        '/enroll/session-tokens',
        body,
      );
      const subject = `session:${session.sessionId}`;
      return rollcall.sql('select action, detail from audit where subject = $1', [subject]);
    };
    expect(await mint({ kind: 'onboarding', correlationId: 'c-2' })).toEqual([
      { action: 'session.mint', detail: { kind: 'onboarding' } },
    ]);
    expect(await mint({ kind: 'authentication', applicantId: 'a-2', levelOfTrust: '3' })).toEqual([
      {
        action: 'session.mint',
        detail: { kind: 'authentication', applicantId: 'a-2', levelOfTrust: '3' },
      },
    ]);
    minted.mockRestore();
  });
});

describe('an endpoint that carries personal fields', () => {
  let personal: CreatedEndpointDto;
  let plain: CreatedEndpointDto;
  let writer: Ask;
  const made = async (name: string, fields: string[]) =>
    (
      await send<CreatedEndpointDto>(owner, 'POST', '/endpoints', {
        kind: 'http',
        name,
        url: 'http://127.0.0.1:9/hook',
        fields,
      })
    ).body;

  beforeAll(async () => {
    await rollcall.callback('success', [anApplicant()]);
    personal = await made('personal', ['idNumber', 'nationality']);
    plain = await made('plain', ['nationality']);
    writer = await keyOf('endpoints:read', 'endpoints:write');
  });

  const SINCE = { since: new Date(Date.now() - 60_000).toISOString() };
  const acts: [method: string, path: string, body: unknown][] = [
    ['GET', '', undefined],
    ['GET', '/deliveries', undefined],
    ['GET', '/deliveries/msg_1_1_9f86d081884c', undefined],
    ['GET', '/deliveries/msg_1_1_9f86d081884c/attempts', undefined],
    ['PATCH', '', { url: 'http://127.0.0.1:9/elsewhere' }],
    ['PATCH', '', { url: 'http://127.0.0.1:9/elsewhere', fields: [] }],
    ['POST', '/deliveries/msg_1_1_9f86d081884c/resend', undefined],
    ['POST', '/test', undefined],
    ['POST', '/recover', SINCE],
    ['POST', '/replay', SINCE],
    ['POST', '/rotate-secret', undefined],
    ['POST', '/pause', undefined],
    ['POST', '/resume', undefined],
    ['DELETE', '', undefined],
  ];

  it.each(acts)(
    '%s %s takes pii:read beside its scope; one without them does not',
    async (method, path, body) => {
      const before = await rollcall.sql('select * from endpoints where id = $1', [personal.id]);
      expectRefused(await send(writer, method, `/endpoints/${personal.id}${path}`, body), 'pii:read');
      expect(await rollcall.sql('select * from endpoints where id = $1', [personal.id])).toEqual(before);
      expect((await send(writer, method, `/endpoints/${plain.id}${path}`, body)).status).not.toBe(403);
    },
  );

  it('is listed for who may read personal data alone', async () => {
    const names = async (ask: Ask) =>
      (await send<EndpointPageDto>(ask, 'GET', '/endpoints')).body.items.map(({ name }) => name);
    expect(await names(owner)).toContain('personal');
    expect(await names(writer)).not.toContain('personal');
  });
});

describe('what one key made', () => {
  it('a consumer: it is acknowledged, rewound and deleted by its maker or by admin', async () => {
    const maker = await keyOf('consumers:write', 'changes:read');
    const other = await keyOf('consumers:write', 'changes:read', 'pii:read');
    const admin = await keyOf('consumers:write', 'admin');
    for (const [name, ask] of [
      ['by-its-maker', maker],
      ['by-admin', admin],
    ] as const) {
      expect((await send(maker, 'POST', '/consumers', { name })).status).toBe(201);
      const { cursor } = (await send<{ cursor: string }>(maker, 'GET', `/consumers/${name}`)).body;
      const acts = [
        ['POST', `/consumers/${name}/ack`, { cursor }, 204],
        ['POST', `/consumers/${name}/rewind`, { to: 'now' }, 200],
        ['DELETE', `/consumers/${name}`, undefined, 204],
      ] as const;
      for (const [method, path, body, status] of acts) {
        expectRefused(await send(other, method, path, body), 'admin');
        expect((await send(ask, method, path, body)).status).toBe(status);
        if (method === 'POST') expect((await send(other, 'GET', `/consumers/${name}`)).status).toBe(200);
      }
    }
    expectProblem(await send(other, 'DELETE', '/consumers/nobodys'), 404, 'NOT_FOUND');
    expectProblem(await send(other, 'POST', '/consumers/nobodys/ack', { cursor: '' }), 400, 'BAD_CURSOR');
  });

  it('a consumer of the command line, which is no key: it is acknowledged by the key that reads it', async () => {
    const body = { name: 'of-the-shell', events: [], outcomes: [], fields: [], from: 'beginning' };
    const { cursor } = await rollcall.app.get(Consumers, { strict: false }).create(body, OPERATOR);
    const reader = await keyOf('consumers:write', 'changes:read');
    expect((await send(reader, 'POST', '/consumers/of-the-shell/ack', { cursor })).status).toBe(204);
    expectRefused(await send(reader, 'DELETE', '/consumers/of-the-shell'), 'admin');
  });

  it('an export: it is stopped and deleted by its maker or by admin', async () => {
    const maker = await keyOf('exports:write', 'exports:read');
    const other = await keyOf('exports:write', 'exports:read', 'pii:read');
    const admin = await keyOf('exports:write', 'admin');
    for (const ask of [maker, admin]) {
      const asked = { what: 'applicants', format: 'csv' };
      const { id } = (await send<{ id: string }>(maker, 'POST', '/exports', asked)).body;
      expectRefused(await send(other, 'POST', `/exports/${id}/cancel`), 'admin');
      expectRefused(await send(other, 'DELETE', `/exports/${id}`), 'admin');
      expect((await send(ask, 'DELETE', `/exports/${id}`)).status).toBe(204);
    }
    expectProblem(await send(other, 'DELETE', `/exports/${NOBODY}`), 404, 'NOT_FOUND');
  });
});
