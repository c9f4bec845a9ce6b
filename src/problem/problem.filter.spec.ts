import { Body, ConflictException, Controller, Get, Module, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { frameworkErrorAnswer, installProblems } from './problem.filter.js';
import { Problem } from './problem.js';
import { requestIdOf } from './request-id.js';

const PII = '29703012357788';

@Controller('things')
class ThingsController {
  @Post()
  take(@Body() body: unknown): unknown {
    return body;
  }

  @Get('refused')
  refused(): never {
    throw new Problem('BAD_CURSOR', 'The cursor has expired', { extra: { hint: 'start again' } });
  }

  @Get('limited')
  limited(): never {
    throw new Problem('TOO_MANY_REQUESTS', undefined, { retryAfterSeconds: 29.2 });
  }

  @Get('challenged')
  challenged(): never {
    throw new Problem('TOKEN_MISSING', undefined, { headers: { 'www-authenticate': 'Bearer' } });
  }

  @Get('conflict')
  conflict(): never {
    throw new ConflictException(`about ${PII}`);
  }

  @Get('database')
  database(): never {
    throw Object.assign(new Error(`terminating connection, row ${PII}`), { code: '57P01' });
  }

  @Get('nul')
  nul(): never {
    throw Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' });
  }

  @Get('broken')
  broken(): never {
    throw new TypeError(`cannot read ${PII}`);
  }

  @Get('by-id/:id')
  byId(@Param('id', ParseUUIDPipe) id: string): string {
    return id;
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const adapter = new FastifyAdapter({
    genReqId: requestIdOf,
    bodyLimit: 1024,
    frameworkErrors: frameworkErrorAnswer(false),
  });
  app = await NestFactory.create<NestFastifyApplication>(ThingsModule, adapter, { logger: false });
  installProblems(app);
  await app.init();
});
afterAll(() => app.close());

interface Asked {
  method?: 'GET' | 'POST' | 'DELETE' | 'PUT';
  body?: string;
  type?: string;
  headers?: Record<string, string>;
}

async function ask(url: string, { method = 'GET', body, type, headers = {} }: Asked = {}) {
  const answer = await app.inject({
    method,
    url,
    headers: { ...headers, ...(type !== undefined && { 'content-type': type }) },
    ...(body !== undefined && { payload: body }),
  });
  return { answer, problem: answer.json<Record<string, unknown>>() };
}

describe('every error leaves as application/problem+json', () => {
  test('a refusal of ours carries all members of RFC 9457, its code and what it adds', async () => {
    const { answer, problem } = await ask(`/things/refused?idNumber=${PII}`, {
      headers: { 'x-request-id': 'caller-0001' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': 'caller-0001',
    });
    expect(problem).toEqual({
      type: 'urn:rollcall:problem:bad-cursor',
      title: 'The cursor is not one of ours',
      status: 400,
      detail: 'The cursor has expired',
      code: 'BAD_CURSOR',
      hint: 'start again',
      instance: '/things/refused',
      requestId: 'caller-0001',
    });
  });

  test.each<[string, string, Asked, number, string]>([
    [
      'a body that is not JSON',
      '/things',
      { method: 'POST', body: `{"id": ${PII}x`, type: 'application/json' },
      400,
      'BAD_REQUEST',
    ],
    [
      'an empty JSON body',
      '/things',
      { method: 'POST', body: '', type: 'application/json' },
      400,
      'BAD_REQUEST',
    ],
    [
      'a body over the limit',
      '/things',
      { method: 'POST', body: `"${'x'.repeat(2000)}"`, type: 'application/json' },
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'a media type nobody parses',
      '/things',
      { method: 'POST', body: '<a/>', type: 'application/xml' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['an unknown path', `/nothing/here?idNumber=${PII}`, {}, 404, 'NOT_FOUND'],
    ['a path that cannot be decoded', '/things/%zz', {}, 400, 'URL_NOT_ENCODED'],
    ['a path in another encoding than UTF-8', '/things/%E3%CD%E3%CF', {}, 400, 'URL_NOT_ENCODED'],
    ['a text that Postgres cannot keep', '/things/nul', {}, 400, 'BAD_REQUEST'],
    ['an exception of Nest', '/things/conflict', {}, 409, 'CONFLICT'],
    ['a bug', '/things/broken', {}, 500, 'INTERNAL'],
    ['a database that went away', '/things/database', {}, 503, 'DATABASE_UNAVAILABLE'],
  ])('%s', async (_what, url, asked, status, code) => {
    const { answer, problem } = await ask(url, asked);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['x-request-id']).toBe(problem['requestId']);
    expect(problem).toMatchObject({ status, code, instance: url.split('?')[0] });
    expect(answer.payload).not.toContain(PII);
    expect(problem).not.toHaveProperty('stack');
  });

  test('a pipe may say which form it expects', async () => {
    const { problem } = await ask('/things/by-id/1');
    expect(problem).toMatchObject({ code: 'BAD_REQUEST', detail: 'Validation failed (uuid is expected)' });
  });

  test('a wrong method on a known path is 405 and names the right ones', async () => {
    const collection = await ask('/things?x=1', { method: 'DELETE' });
    expect(collection.answer.statusCode).toBe(405);
    expect(collection.answer.headers['allow']).toBe('POST');
    expect(collection.problem).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    const item = await ask('/things/by-id/1', { method: 'PUT' });
    expect(item.answer.headers['allow']).toBe('GET, HEAD');
  });

  test('what is worth trying again says when, in whole seconds', async () => {
    expect((await ask('/things/limited')).answer.headers['retry-after']).toBe('30');
    expect((await ask('/things/database')).answer.headers['retry-after']).toBe('5');
    expect((await ask('/things/broken')).answer.headers).not.toHaveProperty('retry-after');
  });

  test('a challenge keeps its header', async () => {
    expect((await ask('/things/challenged')).answer.headers['www-authenticate']).toBe('Bearer');
  });
});

describe('the request id', () => {
  test.each([
    'short',
    'x'.repeat(65),
    'with space1',
    'inject\u00e9d-id',
    'a/b/c/d/e',
    PII,
    '1012345678',
    `req-${PII}`,
    `id${PII}x`,
  ])('%p of a caller is replaced by our own', async (given) => {
    const { answer } = await ask('/things/refused', { headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  test.each(['0f8b6c1e-7d7a-4f52-9a7e-123456789012', '4bf92f3577b34da6a3ce929012345678', 'order-123456789'])(
    '%p of a caller is kept',
    async (given) => {
      const { answer } = await ask('/things/refused', { headers: { 'x-request-id': given } });
      expect(answer.headers['x-request-id']).toBe(given);
    },
  );

  test('is another one for every request', () => {
    expect(requestIdOf({ headers: {} })).not.toBe(requestIdOf({ headers: {} }));
  });
});
