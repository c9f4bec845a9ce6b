import { SCOPES } from '../../src/auth/auth.types.js';
import { startApp, type TestApp } from '../harness/app.js';
import { ROLE_NAMES, ROLES } from '../../src/auth/roles.js';
import { callerWith, callerWithAll, expectProblem } from '../harness/clients.js';
import { aPerson, COOKIE, PUBLIC_URL } from './browser.js';
import { ApiKeys } from '../../src/auth/api-keys.service.js';

interface Operation {
  operationId: string;
  description: string;
  security: Record<string, string[]>[];
  'x-required-scope'?: string[];
  'x-required-scope-is-either'?: true;
}

let rollcall: TestApp;
let operations: { method: string; path: string; operation: Operation }[];

beforeAll(async () => {
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api', ROLLCALL_PUBLIC_URL: PUBLIC_URL } });
  const { body } = await callerWithAll(rollcall)<{ paths: Record<string, Record<string, Operation>> }>(
    '/openapi.json',
  );
  operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
});
afterAll(() => rollcall.stop());

const managing = () => operations.filter(({ path }) => path.startsWith('/api/'));

test('every operation of the management API declares its scopes, in the document and in its words', () => {
  expect(managing().length).toBeGreaterThan(60);
  for (const { operation } of managing()) {
    const { description, operationId, 'x-required-scope': scopes = [] } = operation;
    expect([operationId, scopes.length > 0, scopes.filter((scope) => !description.includes(scope))]).toEqual([
      operationId,
      true,
      [],
    ]);
    expect([...SCOPES, 'none']).toEqual(expect.arrayContaining(scopes));
  }
});

test('nothing outside the management API is guarded by an API key', () => {
  const others = operations.filter((one) => !managing().includes(one));
  expect(others.filter(({ operation }) => JSON.stringify(operation.security).includes('apiKey'))).toEqual([]);
});

test.each(SCOPES)('without %s no operation that declares it lets a key in', async (scope) => {
  const ask = await callerWith(rollcall, ...SCOPES.filter((other) => other !== scope));
  const needing = managing().filter(
    ({ operation }) =>
      operation['x-required-scope']?.includes(scope) && !operation['x-required-scope-is-either'],
  );
  for (const { method, path } of needing) {
    const answer = await ask(path.replaceAll(/\{\w+\}/g, 'nobody'), { method: method.toUpperCase() });
    expectProblem(answer, 403, 'INSUFFICIENT_SCOPE');
    expect(answer.headers.get('www-authenticate')).toContain(`scope="${scope}"`);
  }
});

/** What either of two scopes opens is tested with its bodies, in rights.spec.ts. */
test('one operation asks for one of two scopes, by its body', () => {
  const either = managing().filter(({ operation }) => operation['x-required-scope-is-either']);
  expect(either.map(({ operation }) => operation['x-required-scope'])).toEqual([
    ['enroll:sessions', 'enroll:authentications'],
  ]);
});

/**
 * Every operation, asked without a body: whoever may is answered anything but 403. A stream is left as soon as it begins. What
 * either of two scopes opens is decided by its body, and logging out would end the walk.
 */
async function refusedTo(headers: Record<string, string>): Promise<string[]> {
  const asked = managing().filter(
    ({ operation }) => operation['x-required-scope-is-either'] !== true && operation.operationId !== 'logOut',
  );
  const refused = await Promise.all(
    asked.map(async ({ method, path, operation }) => {
      const url = rollcall.url + path.replaceAll(/\{\w+\}/g, 'nobody');
      const answer = await fetch(url, { method: method.toUpperCase(), headers });
      // an answer of many kilobytes that is left half read keeps its connection, and the server its stop
      if (answer.headers.get('content-type')?.startsWith('text/event-stream')) await answer.body?.cancel();
      else await answer.arrayBuffer();
      expect({ path, status: answer.status }).not.toEqual({
        path,
        status: operation['x-required-scope']?.includes('none') ? 0 : 401,
      });
      return answer.status === 403 ? operation.operationId : undefined;
    }),
  );
  return refused.filter((id) => id !== undefined);
}

const lacking = (scopes: readonly string[]) =>
  managing()
    .filter(({ operation }) => operation['x-required-scope-is-either'] !== true)
    .filter(
      ({ operation }) =>
        !operation['x-required-scope']?.every((scope) => scope === 'none' || scopes.includes(scope)),
    )
    .map(({ operation }) => operation.operationId);

test.each(ROLE_NAMES)(
  'a session of the role %s is refused exactly what the role does not allow',
  async (role) => {
    const { browser } = await aPerson(rollcall, role, role);
    const headers = {
      cookie: `${COOKIE}=${browser.cookie}`,
      origin: PUBLIC_URL,
      'x-csrf-token': String(browser.csrfToken),
    };
    expect(await refusedTo(headers)).toEqual(lacking(ROLES[role].scopes));
  },
);

test.each(SCOPES)('a key with %s alone is refused exactly what needs another scope', async (scope) => {
  const key = await rollcall.app.get(ApiKeys).create('test', `only ${scope}`, [scope]);
  expect(await refusedTo({ authorization: `Bearer ${key}` })).toEqual(lacking([scope]));
});
