import { type AddressInfo, connect } from 'node:net';
import { Writable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { loadConfig } from '../config/config.js';
import { createLogger } from './logger.js';
import { Metrics } from './metrics.js';
import { factsOf } from '../problem/request-facts.js';
import { WideEvents } from './wide-event.js';

type Line = Record<string, unknown>;

let fastify: FastifyInstance;
let events: WideEvents;
let arrive: () => void;
const arrived = new Promise<void>((resolve) => (arrive = resolve));
const metrics = new Metrics();
const lines: Line[] = [];

beforeAll(async () => {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Line);
      done();
    },
  });
  events = new WideEvents(createLogger(loadConfig({ ROLLCALL_LOG_LEVEL: 'info' }), sink), metrics);
  fastify = Fastify({ genReqId: () => 'request-1' });
  events.install(fastify);
  fastify.get('/api/v1/applicants/:applicantId', (request) => {
    factsOf(request).actor = 'console';
    return {};
  });
  fastify.post('/callbacks/success', (request) => {
    Object.assign(factsOf(request), {
      actor: 'enroll',
      callback: {
        receiptId: 'r',
        bodyBytes: 9,
        received: 2,
        applied: 1,
        duplicates: 0,
        quarantined: 1,
        pending: false,
        test: false,
      },
    });
    return {};
  });
  fastify.post('/callbacks/fail', (request, reply) => {
    factsOf(request).code = String(request.headers['code']);
    return reply.status(Number(request.headers['status'])).send({});
  });
  fastify.get('/slow', () => {
    arrive();
    return new Promise(() => {});
  });
  fastify.post('/oauth/token', () => ({}));
  fastify.get('/health/ready', (request, reply) =>
    reply.status(request.headers['x-fail'] ? 503 : 200).send({}),
  );
  await fastify.ready();
});
beforeEach(() => lines.splice(0));
afterAll(() => fastify.close());

describe('the wide line', () => {
  test('of an API request holds the route pattern, never its id or query', async () => {
    await fastify.inject({ url: '/api/v1/applicants/29703012357788?phone=01012345678' });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.any(String),
        pid: expect.any(Number),
        hostname: expect.any(String),
        event: 'request',
        requestId: 'request-1',
        method: 'GET',
        route: '/api/v1/applicants/:applicantId',
        status: 200,
        durationMs: expect.any(Number),
        code: null,
        actor: 'console',
        address: '127.0.0.1',
      },
    ]);
  });

  test('of a caller who left names the address all the same', async () => {
    await fastify.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fastify.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
    await arrived;
    socket.destroy();
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(lines).toEqual([expect.objectContaining({ status: 499, address: '127.0.0.1' })]);
  });

  test('of a callback holds its counts, and the callback is counted', async () => {
    await fastify.inject({ method: 'POST', url: '/callbacks/success' });
    expect(lines).toEqual([
      expect.objectContaining({
        event: 'callback',
        actor: 'enroll',
        receiptId: 'r',
        received: 2,
        quarantined: 1,
      }),
    ]);
    expect((await metrics.scrape()).text).toContain(
      'rollcall_callbacks_total{kind="success",status="200"} 1',
    );
  });

  test('of a callback gives its latency only where the callback was kept', async () => {
    metrics.callbackLatency.take();
    await fastify.inject({ method: 'POST', url: '/callbacks/success' });
    await fastify.inject({ method: 'POST', url: '/callbacks/fail', headers: { code: 'X', status: '413' } });
    expect([...metrics.callbackLatency.take().values()]).toEqual([1]);
  });

  test('of a callback that was refused names the code, which is counted once', async () => {
    const refused = async (code: string, status: number) =>
      fastify.inject({ method: 'POST', url: '/callbacks/fail', headers: { code, status: String(status) } });
    await refused('BODY_TOO_LARGE', 413);
    await refused('TOKEN_INVALID', 401); // its guard has counted it
    expect(lines).toEqual([
      expect.objectContaining({ event: 'callback', status: 413, code: 'BODY_TOO_LARGE' }),
      expect.objectContaining({ event: 'callback', status: 401, code: 'TOKEN_INVALID' }),
    ]);
    const { text } = await metrics.scrape();
    expect(text).toContain('rollcall_refusals_total{reason="BODY_TOO_LARGE"} 1');
    expect(text).not.toContain('reason="TOKEN_INVALID"');
  });

  test('of a token request is its own event', async () => {
    await fastify.inject({ method: 'POST', url: '/oauth/token' });
    expect(lines).toEqual([expect.objectContaining({ event: 'token', status: 200 })]);
  });

  test('of an unknown path does not repeat the path', async () => {
    await fastify.inject({ url: '/secret-29703012357788' });
    expect(lines).toEqual([expect.objectContaining({ route: 'none', status: 404 })]);
    expect(JSON.stringify(lines)).not.toContain('29703012357788');
  });

  test('of a health check is written only when it failed', async () => {
    await fastify.inject({ url: '/health/ready' });
    await fastify.inject({ url: '/health/ready', headers: { 'x-fail': '1' } });
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', route: '/health/ready', status: 503 })]);
  });

  test('of a job holds its name, outcome, time and counts', () => {
    events.job('apply-pending', 'done', 12.3456, { applied: 3 });
    events.job('apply-pending', 'failed', 1);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        event: 'job',
        job: 'apply-pending',
        durationMs: 12.35,
        applied: 3,
      }),
      expect.objectContaining({ level: 'warn', outcome: 'failed' }),
    ]);
  });
});
