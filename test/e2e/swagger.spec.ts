import { startSimulator } from '../../simulator/start.js';
import type { Simulator } from '../../simulator/simulator.js';
import { EVENT_TYPES } from '../../src/feed/feed.types.js';
import { anApplicant } from '../factories/applicant.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';

jest.setTimeout(60_000);

interface Schema {
  $ref?: string;
  example?: unknown;
  default?: unknown;
  required?: string[];
  properties?: Record<string, { description?: string; $ref?: string }>;
}
interface Parameter {
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  example?: unknown;
  schema: Schema;
}
interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Operation {
  operationId: string;
  description?: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content?: Record<string, Media> }>;
}
interface Document {
  openapi: string;
  webhooks: Record<string, { post: Operation }>;
  tags: { name: string; description?: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

let simulator: Simulator;
let rollcall: TestApp;
let document: Document;

beforeAll(async () => {
  simulator = await startSimulator();
  rollcall = await startApp({
    env: {
      ROLLCALL_ROLE: 'api',
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
    },
  });
  document = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as Document;
});
afterAll(async () => {
  await rollcall.stop();
  await simulator.close();
});

const all = (): { path: string; method: string; operation: Operation }[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** What Swagger UI fills in of a parameter that nobody touches. */
const prefilled = ({ example, schema }: Parameter) => example ?? schema.example ?? schema.default;

function isList({ responses }: Operation): boolean {
  const { $ref = '' } = responses['200']?.content?.['application/json']?.schema ?? {};
  return 'items' in (document.components.schemas[$ref.split('/').at(-1) ?? '']?.properties ?? {});
}

test('3.6 Swagger UI fills in no optional parameter but by its default', () => {
  const filled = all().flatMap(({ operation: { operationId, parameters = [] } }) =>
    parameters
      .filter((one) => one.required !== true && prefilled(one) !== one.schema.default)
      .map(({ name }) => `${operationId} ${name}`),
  );
  expect(filled).toEqual([]);
  const listed = document.paths['/api/v1/applicants']?.get?.parameters?.find(({ name }) => name === 'flag');
  expect(listed).toMatchObject({ description: expect.stringMatching(/E\.g\. `nationalIdChecksum`\.$/) });
});

test('3.6 Try it out and Execute on every list answers 200', async () => {
  const lists = all().filter(
    ({ path, method, operation }) =>
      (isList(operation) || path.startsWith('/api/v1/stats/')) &&
      !path.includes('{') &&
      (method === 'get' || operation.operationId === 'searchApplicants') &&
      // one of two ids must be typed in, either as eNROLL gave it
      operation.operationId !== 'findEnrolled',
  );
  const answers = await Promise.all(
    lists.map(async ({ path, method, operation: { operationId, parameters = [], requestBody } }) => {
      const query = new URLSearchParams(
        parameters
          .filter((one) => one.in === 'query' && prefilled(one) !== undefined)
          .map((one): [string, string] => [one.name, String(prefilled(one))]),
      );
      const { example, examples } = requestBody?.content['application/json'] ?? {};
      const body = example ?? Object.values(examples ?? {})[0]?.value;
      const { status } = await rollcall.api(`${path}?${query.toString()}`, {
        method: method.toUpperCase(),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return [operationId, status];
    }),
  );
  expect(answers.length).toBeGreaterThan(15);
  expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  expect(answers.map(([name]) => name)).toContain('searchApplicants');
});

test('every operation, parameter and property says what it is', () => {
  const said = (text: string | undefined) => text !== undefined && text.trim() !== '';
  const operations = all().flatMap(({ operation: { operationId, description, parameters = [] } }) => [
    { name: operationId, description },
    ...parameters.map((one) => ({ name: `${operationId} ${one.name}`, description: one.description })),
  ]);
  const properties = Object.entries(document.components.schemas).flatMap(([schema, { properties = {} }]) =>
    Object.entries(properties).map(([name, { description }]) => ({ name: `${schema}.${name}`, description })),
  );
  expect(properties.length).toBeGreaterThan(400);
  const silent = [...operations, ...properties].filter(({ description }) => !said(description));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('every operation stands under one tag, and every tag is described', () => {
  const torn = all().filter(({ operation }) => operation.tags.length !== 1);
  expect(torn.map(({ operation }) => operation.operationId)).toEqual([]);
  const described = document.tags.filter(({ description }) => description !== undefined);
  const used = new Set(all().flatMap(({ operation }) => operation.tags));
  expect(new Set(described.map(({ name }) => name))).toEqual(used);
});

test('every event that is handed on stands under `webhooks`, with an example that has what its schema asks for', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.webhooks)).toEqual([...EVENT_TYPES, 'rollcall.test']);
  const { properties = {}, required = [] } = document.components.schemas.MessageDataDto ?? {};
  for (const [event, { post }] of Object.entries(document.webhooks)) {
    const { type, data } = post.requestBody?.content['application/json']?.example as {
      type: string;
      data: object;
    };
    expect(type).toBe(event);
    expect(Object.keys(data)).toEqual(expect.arrayContaining(required));
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(data)));
  }
});

test('a callback that brings what an example brings is answered as the example says', async () => {
  const examples =
    document.paths['/callbacks/success']?.post?.responses['200']?.content?.['application/json']?.examples;
  const { applicantId: _, ...nameless } = anApplicant();
  const shape = (report: unknown) =>
    JSON.parse(JSON.stringify(report), (key, value: unknown) =>
      key.endsWith('Id') ? typeof value : value,
    ) as unknown;
  const taken = await rollcall.callback('success', [anApplicant()]);
  const partly = await rollcall.callback('success', [anApplicant(), nameless]);
  expect(shape(await taken.json())).toEqual(shape(examples?.taken?.value));
  expect(shape(await partly.json())).toEqual(shape(examples?.partly?.value));
});

test('3.6 the example of the token URL has what its answer has', async () => {
  const example =
    document.paths['/oauth/token']?.post?.responses['200']?.content?.['application/json']?.example;
  const answer = (await (
    await fetch(`${rollcall.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
      }),
    })
  ).json()) as object;
  expect({ ...answer, access_token: '' }).toEqual({ ...(example as object), access_token: '' });
});
