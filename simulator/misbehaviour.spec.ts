import { Misbehaviour, readFaultText } from './misbehaviour.js';
import type { Simulator } from './simulator.js';
import { type SimulatorOptions, startSimulator } from './start.js';

describe('the faults in force', () => {
  const drawn = (misbehaviour: Misbehaviour, calls: number) =>
    Array.from({ length: calls }, () => misbehaviour.next('image').length === 1);

  it('hit the share of calls asked for, the same ones for the same seed', () => {
    const draw = (seed: number) => {
      const misbehaviour = new Misbehaviour(seed);
      misbehaviour.set([{ kind: 'serverError', share: 0.25 }]);
      return drawn(misbehaviour, 1000);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
    const hits = draw(7).filter((hit) => hit).length;
    expect(hits).toBeGreaterThan(200);
    expect(hits).toBeLessThan(300);
  });

  it('hit only the call they name and end after as many times as they say', () => {
    const misbehaviour = new Misbehaviour(1);
    misbehaviour.set([{ kind: 'cut', call: 'image', times: 2 }]);
    expect(misbehaviour.next('images')).toEqual([]);
    expect(drawn(misbehaviour, 4)).toEqual([true, true, false, false]);
    expect(misbehaviour.inForce()).toEqual([{ kind: 'cut', call: 'image', share: 1, times: 2, failed: 2 }]);
    misbehaviour.set([]);
    expect(misbehaviour.inForce()).toEqual([]);
  });

  it('are read from a line of text', () => {
    expect(readFaultText('slow:call=image,delayMs=500,share=0.1')).toEqual({
      kind: 'slow',
      call: 'image',
      delayMs: 500,
      share: 0.1,
    });
    expect(readFaultText('hang')).toMatchObject({ kind: 'hang', call: 'any', share: 1 });
  });

  it.each([
    '',
    'sulk',
    'slow:delayMs=soon',
    'slow:delay=5',
    'cut:call=nothing',
    'cut:share=2',
    'cut:times=0',
  ])('are refused as %p with the kinds there are', (text) => {
    expect(() => readFaultText(text)).toThrow(/not a fault.*serverError/);
  });
});

describe('a misbehaving eNROLL', () => {
  let simulator: Simulator;
  let token = '';
  let photo = '';
  afterEach(() => simulator.close());

  async function start(...faults: NonNullable<SimulatorOptions['faults']>): Promise<void> {
    simulator = await startSimulator({ seed: 7, imageBytes: 20_000 });
    simulator.remember(10);
    photo = simulator.applicant(simulator.applicantIds()[0] as string)?.enrollment.photo as string;
    const { tenantId, tenantSecret } = simulator;
    const issued = await post('/Auth/api/v1/Auth/GenerateToken', { tenantId, tenantSecret });
    ({ token } = (await issued.json()) as { token: string });
    simulator.faults(...faults);
  }

  function post(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    return fetch(`${simulator.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
  }
  const image = (signal?: AbortSignal) =>
    post('/Integration/api/v1/Images/GetImage', { imagePath: photo }, signal);

  it('is slow and then right', async () => {
    await start({ kind: 'slow', delayMs: 120 });
    const startedMs = performance.now();
    expect((await image()).status).toBe(200);
    expect(performance.now() - startedMs).toBeGreaterThan(115);
  });

  it('refuses even a good token', async () => {
    await start({ kind: 'unauthorized' });
    expect((await image()).status).toBe(401);
  });

  it('lets tokens expire in mid-run, once, and takes a new one', async () => {
    await start({ kind: 'expireTokens' });
    expect((await image()).status).toBe(401);
    const { tenantId, tenantSecret } = simulator;
    const renewed = await post('/Auth/api/v1/Auth/GenerateToken', { tenantId, tenantSecret });
    ({ token } = (await renewed.json()) as { token: string });
    expect((await image()).status).toBe(200);
  });

  it('asks to wait with 429 and Retry-After', async () => {
    await start({ kind: 'tooManyRequests', retryAfterSeconds: 3, times: 1 });
    const refused = await image();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect(await refused.json()).toEqual({ errorCode: 429, message: expect.any(String) });
    expect((await image()).status).toBe(200);
  });

  it('fails with any 5xx', async () => {
    await start({ kind: 'serverError', status: 503 });
    expect((await image()).status).toBe(503);
  });

  it('cuts the connection in mid-answer', async () => {
    await start({ kind: 'cut' });
    const answer = await image();
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(simulator.state().calls.image?.byStatus).toEqual({ 0: 1 });
  });

  it('answers a page of HTML with status 200', async () => {
    await start({ kind: 'html' });
    const answer = await image();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toContain('<html>');
  });

  it('ends base64 in the middle of a group', async () => {
    await start({ kind: 'truncatedBase64' });
    const { image: base64 } = (await (await image()).json()) as { image: string };
    expect(base64.length % 4).toBe(1);
    expect(base64.length).toBeGreaterThan(10_000);
  });

  it('sends an image of 100 MB, which it never holds as a whole', async () => {
    await start({ kind: 'hugeImage', bytes: 100_000_000 });
    const before = process.memoryUsage().rss;
    const answer = await image();
    let bytes = 0;
    for await (const piece of answer.body as ReadableStream<Uint8Array>) bytes += piece.length;
    expect(bytes).toBe('{"image":""}'.length + Math.ceil(100_000_000 / 3) * 4);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
  });

  it('hangs until it is given up, and does not keep the simulator from stopping', async () => {
    await start({ kind: 'hang' });
    await expect(image(AbortSignal.timeout(100))).rejects.toThrow();
    const hanging = image().catch(() => 'cut off');
    await simulator.close();
    expect(await hanging).toBe('cut off');
  });

  it('changes its mind through the control endpoints', async () => {
    await start();
    const faults = [{ kind: 'serverError', call: 'image', times: 1 }];
    const set = await post('/__simulator/faults', { faults });
    expect(await set.json()).toEqual([
      { kind: 'serverError', call: 'image', share: 1, times: 1, status: 500, failed: 0 },
    ]);
    expect((await image()).status).toBe(500);
    expect((await image()).status).toBe(200);
    const wrong = await post('/__simulator/faults', { faults: [{ kind: 'sulk' }] });
    expect([wrong.status, ((await wrong.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('not a fault'),
    ]);
    await fetch(`${simulator.url}/__simulator/faults`, { method: 'DELETE' });
    expect(simulator.state().faults).toEqual([]);
    await post('/__simulator/remember', { count: 5 });
    await post('/__simulator/expire-tokens', {});
    const state = await (await fetch(`${simulator.url}/__simulator/state`)).json();
    expect(state).toMatchObject({
      seed: 7,
      dialect: 'default',
      held: 15,
      withheld: { enrollments: 0, updates: 0 },
    });
    expect((await image()).status).toBe(401);
  });
});
