import { StandInOrganization } from '../test/harness/organization.js';
import type { Element } from './element.js';
import { LIVELY } from './mix.js';
import { type CredentialsPlace, organizationAt } from './organization.js';
import type { Simulator } from './simulator.js';
import { startSimulator } from './start.js';

const CLIENT = { clientId: 'enroll client', clientSecret: 's:e+c%r/et' };
let organization: StandInOrganization;
let simulator: Simulator;

beforeEach(() => start('body'));
afterEach(async () => {
  await simulator.close();
  await organization.stop();
});

async function start(credentialsIn: CredentialsPlace): Promise<void> {
  organization = new StandInOrganization();
  simulator = await startSimulator({
    seed: 7,
    organization: organizationAt(`${await organization.start()}/`, { ...CLIENT, credentialsIn }),
  });
}

async function restart(credentialsIn: CredentialsPlace): Promise<void> {
  await simulator.close();
  await organization.stop();
  await start(credentialsIn);
}

const idsReceived = () =>
  organization.received.flatMap(({ list }) => list.map(({ applicantId }) => applicantId));

describe('eNROLL calling', () => {
  it('asks for one token and tells of every enrollment at the right URL', async () => {
    const latencies: number[] = [];
    const report = await simulator.enroll(200, {
      delivery: { connections: 16 },
      answered: (latencyMs) => latencies.push(latencyMs),
    });
    expect(report).toMatchObject({
      byStatus: { 200: report.callbacks },
      elements: 200,
      acknowledgedElements: 200,
      answered: { applied: 200, duplicates: 0, quarantined: 0 },
      tokenRequests: 1,
      retries: 0,
      surprises: 0,
    });
    expect(idsReceived().sort()).toEqual(simulator.applicantIds().sort());
    expect(new Set(organization.received.map(({ url }) => url))).toEqual(
      new Set(['/callbacks/success', '/callbacks/fail']),
    );
    const { p50, p99, max } = report.latencyMs;
    expect(p50).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(p50);
    expect(max).toBeGreaterThanOrEqual(p99);
    expect(latencies).toHaveLength(report.callbacks);
    expect(Math.max(...latencies)).toBeCloseTo(max, 0);
  });

  it('sends the credentials in the form body', async () => {
    await simulator.enroll(1);
    const { headers, form } = organization.tokenRequests[0] as (typeof organization.tokenRequests)[0];
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'client_credentials',
      client_id: CLIENT.clientId,
      client_secret: CLIENT.clientSecret,
    });
  });

  it('sends them as HTTP Basic, form-encoded first (RFC 6749 2.3.1)', async () => {
    await restart('basic');
    await simulator.enroll(1);
    const { headers, form } = organization.tokenRequests[0] as (typeof organization.tokenRequests)[0];
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'client_credentials' });
    expect(Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString()).toBe(
      'enroll+client:s%3Ae%2Bc%25r%2Fet',
    );
  });

  it('sends them as raw headers', async () => {
    await restart('headers');
    await simulator.enroll(1);
    const { headers, form } = organization.tokenRequests[0] as (typeof organization.tokenRequests)[0];
    expect(Object.fromEntries(form)).toEqual({ grant_type: 'client_credentials' });
    expect([headers.client_id, headers.client_secret]).toEqual([CLIENT.clientId, CLIENT.clientSecret]);
  });

  it('keeps a token until it expires and asks once more when it is refused', async () => {
    const acknowledged = jest.fn(() => {
      if (acknowledged.mock.calls.length === 1) organization.goodToken = 'revoked';
    });
    const report = await simulator.enroll(60, {
      mix: { batch: 1 },
      delivery: { connections: 4 },
      acknowledged,
    });
    expect(report).toMatchObject({ surprises: 0, tokenRequests: 2, acknowledgedElements: 60 });
    organization.expiresIn = 0;
    expect((await simulator.enroll(30, { delivery: { connections: 1 } })).tokenRequests).toBeGreaterThan(1);
  });

  it('tries again after 503 and 429, as long as Retry-After says, and loses nobody', async () => {
    organization.troubles.push({ status: 503 }, { status: 429 }, { status: 500 }, { status: 503 });
    const report = await simulator.enroll(20, { delivery: { connections: 1 } });
    expect(report).toMatchObject({ retries: 4, surprises: 0, byStatus: { 200: report.callbacks } });
    expect(idsReceived().sort()).toEqual(simulator.applicantIds().sort());
  });

  it('reports what was not answered as the contract asks, and acknowledges nothing of it', async () => {
    organization.troubles.push({ status: 400 });
    const acknowledged: Element[] = [];
    const report = await simulator.enroll(20, {
      delivery: { connections: 1 },
      acknowledged: (element) => acknowledged.push(element),
    });
    expect(report.surprises).toBe(1);
    expect(report.firstSurprises).toEqual([{ scenario: 'create', expected: 200, status: 400 }]);
    expect(acknowledged.map(({ enrollment }) => enrollment.applicantId).sort()).toEqual(idsReceived().sort());
    expect(acknowledged).toHaveLength(report.acknowledgedElements);
  });

  it('reports an organization that does not answer at all', async () => {
    await organization.stop();
    const report = await simulator.enroll(1, { delivery: { retries: 1 } });
    expect(report).toMatchObject({ byStatus: { 0: 1 }, retries: 1, acknowledgedElements: 0 });
    expect(report.firstSurprises[0]?.failure).toContain('ECONNREFUSED');
  });

  it('reports a token URL that refuses it', async () => {
    organization.tokenTrouble = 401;
    const report = await simulator.enroll(1);
    expect(report.firstSurprises).toEqual([
      { scenario: 'create', expected: 200, status: 401, failure: 'the token URL answered 401' },
    ]);
  });

  it('gives up on an answer that takes too long', async () => {
    organization.slowMs = 400;
    const report = await simulator.enroll(1, { delivery: { timeoutMs: 50, retries: 0 } });
    expect(report.firstSurprises[0]).toMatchObject({ status: 0, failure: 'TIMEOUT' });
  });

  it('keeps as many callbacks under way as asked, and no more', async () => {
    organization.slowMs = 10;
    await simulator.enroll(100, { mix: { batch: 1 }, delivery: { connections: 5 } });
    expect(organization.mostUnderWay).toBe(5);
  });

  it('keeps to the rate asked for', async () => {
    const report = await simulator.enroll(30, { mix: { batch: 1 }, delivery: { connections: 8, rate: 100 } });
    expect(report.durationMs).toBeGreaterThanOrEqual(280);
    expect(report.callbacksPerSecond).toBeLessThanOrEqual(108);
  });

  it('sends a lively mix whose every answer is the expected one', async () => {
    const mix = { ...LIVELY, malformedShare: 0.2, oversizedShare: 0.05, oversizedBytes: 150_000, batch: 5 };
    const acknowledged = new Set<number>();
    const report = await simulator.enroll(300, {
      mix,
      delivery: { connections: 8 },
      acknowledged: ({ index }) => acknowledged.add(index),
    });
    expect(report.firstSurprises).toEqual([]);
    expect(report.byScenario).toMatchObject({
      create: expect.any(Number),
      update: expect.any(Number),
      malformed: expect.any(Number),
      oversized: expect.any(Number),
    });
    expect(acknowledged.size).toBe(300);
  });

  it('takes a closed connection for the refusal of a body that is too large (RFC 9110, 15.5.14)', async () => {
    organization.hangsUp = true;
    const mix = { oversizedShare: 1, oversizedBytes: 20_000_000 };
    const report = await simulator.enroll(5, { mix, delivery: { connections: 1 } });
    expect(report).toMatchObject({ surprises: 0, retries: 0, byStatus: { 0: report.byScenario.oversized } });
    expect(report.acknowledgedElements).toBe(5);
  });

  it('delivers an update only after its enrollment was answered', async () => {
    organization.slowMs = 15;
    await simulator.enroll(100, { mix: { batch: 1, updateShare: 0.8 }, delivery: { connections: 32 } });
    const seen = new Set<string>();
    for (const { list } of organization.received) {
      for (const { applicantId, isUpdate } of list as unknown as {
        applicantId: string;
        isUpdate: boolean;
      }[]) {
        if (isUpdate) expect(seen).toContain(applicantId);
        seen.add(applicantId);
      }
    }
    expect(organization.received.length).toBeGreaterThan(150);
  });

  it('sends a Callback-Test without a token to both URLs', async () => {
    expect(await simulator.test('false')).toEqual({ success: 200, fail: 200 });
    expect(organization.tests).toEqual([
      { url: '/callbacks/success', value: 'false', authorization: undefined },
      { url: '/callbacks/fail', value: 'false', authorization: undefined },
    ]);
    expect(organization.tokenRequests).toEqual([]);
  });

  it('forgets exactly so many callbacks, knows whom, and tells of them when asked', async () => {
    await simulator.enroll(200, { mix: { withhold: 20, withholdUpdates: 10 } });
    const { enrollments, updates } = simulator.withheld();
    expect([enrollments.length, updates.length]).toEqual([20, 10]);
    expect(idsReceived().sort()).toEqual(
      simulator
        .applicantIds()
        .filter((id) => !enrollments.includes(id))
        .sort(),
    );
    simulator.changeUnheard(updates[0] as string);
    expect(simulator.withheld().updates).toHaveLength(10);
    expect(() => simulator.changeUnheard('nobody')).toThrow('no such applicant');
    const listed = await (await fetch(`${simulator.url}/__simulator/withheld`)).json();
    expect(listed).toEqual({ enrollments, updates: simulator.withheld().updates });
  });

  it('enrolls on demand through the control endpoint, at the end of an open session if one is named', async () => {
    const enroll = async (body: unknown) => {
      const response = await fetch(`${simulator.url}/__simulator/enroll`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as Record<string, unknown> };
    };
    expect(await enroll({ count: 3, mix: { batch: 1 } })).toMatchObject({
      status: 200,
      body: { callbacks: 3 },
    });
    expect((await enroll({ count: 1, correlationId: 'customer 9' })).status).toBe(400);
    await fetch(`${simulator.url}/Onboarding/api/v1/Auth/GenerateOnboardingSessionToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        tenantId: simulator.tenantId,
        tenantSecret: simulator.tenantSecret,
        correlationId: 'customer 9',
      }),
    });
    expect((await enroll({ count: 1, correlationId: 'customer 9' })).status).toBe(200);
    expect(simulator.applicant(idsReceived()[3] as string)?.correlationId).toBe('customer 9');
    expect((await enroll({ count: 0 })).status).toBe(400);
  });

  it('ends early when told to stop, after the callbacks under way', async () => {
    const stop = new AbortController();
    const report = await simulator.enroll(10_000, {
      mix: { batch: 1 },
      delivery: { connections: 4 },
      acknowledged: () => stop.abort(),
      signal: stop.signal,
    });
    expect(report.callbacks).toBeLessThan(20);
    expect(organization.received).toHaveLength(report.callbacks);
  });
});
