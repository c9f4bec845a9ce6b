import { startApp, type TestApp } from '../harness/app.js';
import { writeCursor } from '../../src/problem/cursor.js';

jest.setTimeout(60_000);

const NUL = 'a\0b';
/** Texts of so many forms that one of them gets by any check of a form. */
const FORMS = [NUL, '\0', `2026-01-01T00:00:00Z\0`, `0f8b6c1e-7d7a-4f52-9a7e-000000000000\0`];

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  example?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let rollcall: TestApp;
let document: Document;
let operations: [method: string, path: string, operation: Operation][];

beforeAll(async () => {
  rollcall = await startApp({
    env: {
      ENROLL_BASE_URL: 'http://127.0.0.1:9',
      ENROLL_TENANT_ID: 'a-tenant',
      ENROLL_TENANT_SECRET: 'a-tenant-secret',
      ROLLCALL_SEARCHES_PER_MINUTE: '10000',
    },
  });
  document = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    path.startsWith('/api/')
      ? Object.entries(methods).map(([method, operation]): [string, string, Operation] => [
          method.toUpperCase(),
          path,
          operation,
        ])
      : [],
  );
  expect(operations.length).toBeGreaterThan(50);
});
afterAll(() => rollcall.stop());

async function statusOf(method: string, path: string, body?: unknown): Promise<string> {
  const answer = await rollcall.api(path, {
    method,
    signal: AbortSignal.timeout(20_000),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const text = isStream ? '' : await answer.text();
  if (isStream) await answer.body?.cancel();
  // eNROLL is not there, and says so in other ways than the database
  const isOurs = answer.status >= 500 && !text.includes('"code":"ENROLL_');
  return `${isOurs ? 'broken' : 'fine'}: ${method} ${path} ${JSON.stringify(body) ?? ''} ${answer.status}`;
}

function named(path: string, value = 'x'): string {
  return path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(value));
}

function schemaOf(schema: Schema): Schema {
  return schema.$ref === undefined
    ? schema
    : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
}

/** Something of that form, with the text wherever one may stand. */
function filled(written: Schema, text: string): unknown {
  const schema = schemaOf(written);
  const type = [schema.type ?? 'object'].flat()[0];
  if (schema.enum !== undefined) return schema.enum[0];
  if (type === 'string') return text;
  if (type === 'array') return [filled(schema.items ?? { type: 'string' }, text)];
  if (type === 'integer' || type === 'number') return 1;
  if (type === 'boolean') return true;
  const fields = Object.entries(schema.properties ?? { text: { type: 'string' } });
  return Object.fromEntries(fields.map(([name, inner]) => [name, filled(inner, text)]));
}

/** A body that may well be taken, but for one text. */
function* bodiesOf(written: Schema): Generator<unknown> {
  for (const form of FORMS) yield filled(written, form);
  const { properties = {}, required = [] } = schemaOf(written);
  const plain = Object.fromEntries(
    required.map((name) => [name, properties[name]?.example ?? filled(properties[name] ?? {}, 'plain')]),
  );
  for (const [name, schema] of Object.entries(properties)) {
    for (const form of FORMS) yield { ...plain, [name]: filled(schema, form) };
  }
}

async function expectFine(asked: AsyncIterable<string>): Promise<void> {
  const broken: string[] = [];
  let count = 0;
  for await (const status of asked) {
    count++;
    if (status.startsWith('broken')) broken.push(status);
  }
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(20);
}

describe('U+0000 is never an error of ours', () => {
  test('in a part of the path', async () => {
    await expectFine(
      (async function* () {
        for (const [method, path] of operations) {
          if (!path.includes('{')) continue;
          for (const form of FORMS)
            yield statusOf(method, named(path, form), method === 'GET' ? undefined : {});
        }
      })(),
    );
  }, 60_000);

  test('in any parameter of a query', async () => {
    await expectFine(
      (async function* () {
        for (const [method, path, { parameters = [] }] of operations) {
          for (const { name, in: place, schema } of parameters) {
            if (place !== 'query' || schema?.type === 'boolean') continue;
            for (const form of FORMS) {
              const query = new URLSearchParams({ [name]: form });
              yield statusOf(method, `${named(path)}?${query.toString()}`);
            }
          }
        }
      })(),
    );
  }, 60_000);

  test('in any text of a body', async () => {
    await expectFine(
      (async function* () {
        for (const [method, path, { requestBody }] of operations) {
          const schema = requestBody?.content['application/json']?.schema;
          if (schema === undefined) continue;
          for (const body of bodiesOf(schema)) yield statusOf(method, named(path), body);
        }
      })(),
    );
  }, 60_000);

  test.each([
    ['/api/v1/applicants', writeCursor('applicants', '2026-01-01T00:00:00.000Z', NUL)],
    ['/api/v1/endpoints', writeCursor('endpoints', NUL)],
    ['/api/v1/consumers', writeCursor('consumers', NUL)],
  ])('in a cursor of %s: BAD_CURSOR', async (path, cursor) => {
    const answer = await rollcall.api(`${path}?cursor=${cursor}`);
    expect({ status: answer.status, ...((await answer.json()) as object) }).toMatchObject({
      status: 400,
      code: 'BAD_CURSOR',
    });
  });

  test('in a cursor of a search: BAD_CURSOR', async () => {
    const answer = await rollcall.api('/api/v1/applicants/search', {
      method: 'POST',
      body: JSON.stringify({ q: 'منى', cursor: writeCursor('names', 'words', NUL) }),
    });
    expect({ status: answer.status, ...((await answer.json()) as object) }).toMatchObject({
      status: 400,
      code: 'BAD_CURSOR',
    });
  });
});
