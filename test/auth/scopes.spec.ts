import { SCOPES } from '../../src/auth/auth.types.js';
import { startApp, type TestApp } from '../harness/app.js';
import { callerWith, callerWithAll, expectProblem } from '../harness/clients.js';

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
  rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
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
    expect(SCOPES).toEqual(expect.arrayContaining(scopes));
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
