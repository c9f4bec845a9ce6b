import { Webhook } from 'standardwebhooks';
import { anApplicant } from '../factories/applicant.js';
import { HandingOn, verified } from './handing-on.js';
import { Receiver } from './receiver.js';
import { eventually } from '../harness/processes.js';

let handing: HandingOn;
const receivers: Receiver[] = [];

beforeAll(async () => {
  handing = await HandingOn.start({}, { captureLog: true });
});
afterEach(async () => {
  await handing.removeEndpoints();
  for (const receiver of receivers.splice(0)) await receiver.stop();
});
afterAll(() => handing.stop());

async function aReceiver(answer?: Receiver['answer']) {
  const receiver = new Receiver();
  receivers.push(receiver);
  if (answer !== undefined) receiver.answer = answer;
  const port = await receiver.start();
  return { receiver, url: `http://127.0.0.1:${port}/hook` };
}

/** Answers with these, one after another, then 204. */
const answering =
  (...statuses: number[]): Receiver['answer'] =>
  (_, _request, response) =>
    void response.writeHead(statuses.shift() ?? 204).end();

const applicantsOf = (receiver: Receiver) =>
  receiver.delivered.map(
    ({ body }) => (JSON.parse(body) as { data: { applicantId: string } }).data.applicantId,
  );

describe('an endpoint', () => {
  it('is told of what happens from then on, once, signed, and without personal data', async () => {
    const [before] = await handing.enroll();
    const { receiver, url } = await aReceiver();
    const endpoint = await handing.endpoint({ url });
    const applicant = anApplicant({ applicantId: 'told', status: 1 });
    await handing.rollcall.callback('success', [applicant]);
    await handing.rollcall.callback('fail', [{ applicantId: 'told', isUpdate: true, status: 5 }]);
    await eventually(() => receiver.delivered.length > 1);
    const said = receiver.delivered.map((one) => verified(one, endpoint.secret));
    expect(said).toEqual([
      {
        type: 'applicant.created',
        timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        data: {
          applicantId: 'told',
          version: 1,
          outcome: 'accepted',
          previousOutcome: null,
          status: 1,
          changedFields: expect.arrayContaining(['firstName']),
          flags: expect.any(Array),
          receiptId: expect.any(String),
          cursor: expect.any(String),
        },
      },
      expect.objectContaining({ type: 'applicant.outcome_changed' }),
    ]);
    const text = receiver.delivered.map(({ body }) => body).join();
    expect(text).not.toContain(applicant.firstName);
    expect(text).not.toContain(before);
    // its cursor goes on where the feed is
    const { body } = await handing.ask<{ items: unknown[] }>(
      `/api/v1/changes?after=${String(said[0]?.data.cursor)}`,
    );
    expect(body.items[0]).toMatchObject({ applicantId: 'told', version: 2 });
  });

  it('is told of the events and outcomes it wants, with the fields it was granted', async () => {
    const { receiver, url } = await aReceiver();
    await handing.endpoint({
      url,
      events: ['applicant.created', 'applicant.outcome_changed'],
      outcomes: ['rejected'],
      fields: ['idNumber', 'nationality'],
    });
    const applicant = anApplicant({ applicantId: 'wanted', status: 1 });
    await handing.rollcall.callback('success', [applicant]); // accepted
    await handing.update('wanted', { address: 'شارع النيل' }); // updated
    await handing.rollcall.callback('fail', [{ applicantId: 'wanted', isUpdate: true, status: 5 }]);
    await eventually(() => receiver.delivered.length > 0);
    const said = receiver.delivered.map(
      ({ body }) => JSON.parse(body) as { type: string; data: { fields: unknown } },
    );
    expect(said).toMatchObject([{ type: 'applicant.outcome_changed', data: { version: 3 } }]);
    expect(said[0]?.data.fields).toEqual({
      idNumber: applicant.idNumber,
      nationality: applicant.nationality,
    });
  });

  it('leaves one line per attempt in the log, with ids of ours and nothing of the person or the URL', async () => {
    const { url } = await aReceiver(
      (one, _request, response) => void response.writeHead(500).end(`no: ${one.body}`),
    );
    const { id, secret } = await handing.endpoint({
      url: `${url}?key=of-the-receiver`,
      fields: ['firstName'],
    });
    const applicant = anApplicant({ applicantId: 'logged' });
    await handing.rollcall.callback('success', [applicant]);
    await eventually(() => handing.logged(id).some(({ event }) => event === 'attempt'));
    const [delivery] = await handing.deliveries(id, 'event=applicant.created');
    expect(handing.logged(id).filter(({ event }) => event === 'attempt')[0]).toMatchObject({
      level: 'warn',
      kind: 'http',
      messageId: delivery?.id,
      type: 'applicant.created',
      attempt: 1,
      outcome: 'HTTP_5XX',
      status: 500,
      durationMs: expect.any(Number),
    });
    // nor is an answer kept that may quote what it was sent
    await eventually(
      async () => (await handing.deliveries(id, 'event=applicant.created'))[0]?.attempts === 1,
    );
    expect((await handing.attempts(id, delivery?.id ?? ''))[0]).toMatchObject({ status: 500, answer: null });
    const log = handing.rollcall.log.join('\n');
    for (const secretText of [applicant.firstName ?? '', 'of-the-receiver', secret]) {
      expect(log).not.toContain(secretText);
    }
  });

  it('that failed is sent the same bytes under the same id, signed anew', async () => {
    const { receiver, url } = await aReceiver(answering(500, 503));
    const { id, secret } = await handing.endpoint({
      url,
      fields: ['firstName'],
      events: ['applicant.created'],
    });
    await handing.enroll();
    for (const attempts of [1, 2]) {
      await eventually(async () => (await handing.deliveries(id))[0]?.attempts === attempts);
      await handing.skipDelays(id);
    }
    await eventually(async () => (await handing.deliveries(id))[0]?.state === 'delivered');
    expect(receiver.delivered).toHaveLength(3);
    expect(new Set(receiver.delivered.map(({ body }) => body)).size).toBe(1);
    const [delivery] = await handing.deliveries(id);
    expect(new Set(receiver.delivered.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([delivery?.id]),
    );
    for (const one of receiver.delivered) verified(one, secret);
    expect(await handing.attempts(id, delivery?.id ?? '')).toMatchObject([
      { number: 3, status: 204, code: null, answer: null },
      { number: 2, status: 503, code: 'HTTP_5XX' },
      { number: 1, status: 500, code: 'HTTP_5XX' },
    ]);
  });

  it('verifies with the old secret and the new one while they are rotated, also what was queued before', async () => {
    const { receiver, url } = await aReceiver(answering(500));
    const { id, secret: old } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.enroll();
    await eventually(() => receiver.delivered.length === 1);
    const rotated = await handing.ask<{ secret: string }>(`/api/v1/endpoints/${id}/rotate-secret`, {
      method: 'POST',
    });
    await eventually(async () => (await handing.deliveries(id))[0]?.attempts === 1);
    await handing.skipDelays(id);
    await eventually(() => receiver.delivered.length === 2);
    const [first, second] = receiver.delivered;
    const reads =
      (secret: string, one = second) =>
      () =>
        new Webhook(secret).verify(one?.body ?? '', one?.headers as Record<string, string>);
    expect(reads(rotated.body.secret, first)).toThrow();
    expect(reads(old)).not.toThrow();
    expect(reads(rotated.body.secret)).not.toThrow();
    // a day later
    await handing.rollcall.sql('update endpoint_secrets set expires_at = now() where expires_at is not null');
    await handing.enroll();
    await eventually(() => receiver.delivered.length === 3);
    const third = receiver.delivered[2];
    expect(reads(old, third)).toThrow();
    expect(reads(rotated.body.secret, third)).not.toThrow();
  });
});

describe('order', () => {
  it("an applicant's later events wait for an earlier one, others do not; a dead one is not waited for", async () => {
    let isDown = true;
    const { receiver, url } = await aReceiver((one, _request, response) => {
      const isRefused =
        isDown && one.body.includes('"applicantId":"stuck"') && one.body.includes('"version":1');
      response.writeHead(isRefused ? 500 : 204).end();
    });
    const events = ['applicant.created', 'applicant.updated'];
    const { id } = await handing.endpoint({ url, events });
    await handing.rollcall.callback('success', [anApplicant({ applicantId: 'stuck' })]);
    await eventually(async () => (await handing.deliveries(id))[0]?.attempts === 1);
    await handing.update('stuck', { address: 'شارع الأهرام' });
    const others = await handing.enroll(3);
    await eventually(() => others.every((one) => applicantsOf(receiver).includes(one)));
    expect(applicantsOf(receiver).filter((one) => one === 'stuck')).toHaveLength(1);
    expect(await handing.deliveries(id, 'applicantId=stuck')).toMatchObject([
      { version: 2, state: 'due', attempts: 0 },
      { version: 1, state: 'due', attempts: 1, lastCode: 'HTTP_5XX' },
    ]);

    isDown = false;
    await handing.skipDelays(id);
    await eventually(async () => (await handing.deliveries(id, 'state=due')).length === 0);
    const versions = receiver.delivered
      .filter(({ body }) => body.includes('"stuck"'))
      .map(({ body }) => (JSON.parse(body) as { data: { version: number } }).data.version);
    expect(versions).toEqual([1, 1, 2]);

    isDown = true;
    await handing.rollcall.sql(
      `update deliveries set state = 'due', tries = 7, next_attempt_at = now()
      where endpoint_id = $1 and applicant_id = 'stuck' and version = 1`,
      [id],
    );
    await handing.update('stuck', { address: 'كورنيش النيل' });
    await eventually(async () => (await handing.deliveries(id, 'applicantId=stuck')).length === 3);
    await eventually(async () => (await handing.deliveries(id, 'state=due')).length === 0);
    expect(await handing.deliveries(id, 'applicantId=stuck')).toMatchObject([
      { version: 3, state: 'delivered' },
      { version: 2, state: 'delivered' },
      { version: 1, state: 'dead', lastCode: 'HTTP_5XX' },
    ]);
  });
});

describe('a delivery worker', () => {
  it('that cannot open its secret sends nothing and says so; the others go on', async () => {
    const { receiver, url } = await aReceiver();
    const { id } = await handing.endpoint({ url: `${url}/unopened`, events: ['applicant.created'] });
    await handing.endpoint({ url: `${url}/opened`, events: ['applicant.created'] });
    await handing.rollcall.sql(
      `update endpoint_secrets set sealed = sealed || '\\x00' where endpoint_id = $1`,
      [id],
    );
    await handing.enroll();
    await eventually(() => handing.logged('LANE_FAILED').some((line) => line.endpointId === id));
    await eventually(() => receiver.delivered.length === 1);
    expect(receiver.delivered[0]?.path).toBe('/hook/opened');
    expect(await handing.deliveries(id)).toMatchObject([{ state: 'due', attempts: 0 }]);
  });

  it('that lost its lease writes nothing down: what it sent is sent again by who has it', async () => {
    const answers: (() => void)[] = [];
    const { receiver, url } = await aReceiver((_, _request, response) => {
      answers.push(() => void response.writeHead(204).end());
    });
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.enroll();
    await eventually(() => answers.length === 1);
    await handing.rollcall.sql('update endpoints set owner = gen_random_uuid() where id = $1', [id]);
    answers.pop()?.();
    // nobody is there who has it
    await handing.rollcall.sql('update endpoints set lease_until = now() where id = $1', [id]);
    await eventually(() => answers.length === 1);
    answers.pop()?.();
    await eventually(async () => (await handing.deliveries(id))[0]?.state === 'delivered');
    expect(receiver.delivered[1]?.headers['webhook-id']).toBe(receiver.delivered[0]?.headers['webhook-id']);
    expect(await handing.deliveries(id)).toMatchObject([{ attempts: 1 }]);
  });
});

describe('an endpoint that fails', () => {
  it('is spared after ten failures in a row: nothing burns its tries, one probe decides, a success lets all through', async () => {
    let isDown = true;
    const { receiver, url } = await aReceiver(
      (_, _request, response) => void response.writeHead(isDown ? 500 : 204).end(),
    );
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.enroll(60);
    await eventually(async () => (await handing.find(id)).circuit.state === 'open');
    // what was under way when it opened is written down, and its rest with it
    await eventually(async () => {
      const deliveries = await handing.deliveries(id, 'limit=200');
      const attempts = deliveries.reduce((sum, one) => sum + one.attempts, 0);
      return deliveries.length === 60 && attempts === receiver.delivered.length;
    });
    const opened = await handing.find(id);
    expect(opened).toMatchObject({
      circuit: { failures: 10, until: expect.any(String) },
      failingSince: expect.any(String),
      lastFailureCode: 'HTTP_5XX',
      lastSuccessAt: null,
      backlog: { due: 60, oldestDueAt: expect.any(String), dead: 0 },
    });
    // those under way when it opened were twenty at most
    expect(receiver.delivered.length).toBeLessThanOrEqual(30);
    await handing.skipDelays(id);
    const burnt = receiver.delivered.length;

    await handing.rollcall.sql('update endpoints set open_until = now() where id = $1', [id]);
    await eventually(async () => (await handing.find(id)).circuit.failures === 11);
    expect(receiver.delivered).toHaveLength(burnt + 1);

    isDown = false;
    await handing.skipDelays(id);
    await handing.rollcall.sql('update endpoints set open_until = now() where id = $1', [id]);
    await eventually(async () => (await handing.find(id)).backlog.due === 0);
    expect(await handing.find(id)).toMatchObject({
      circuit: { state: 'closed', failures: 0, until: null },
      failingSince: null,
      backlog: { due: 0, oldestDueAt: null, dead: 0 },
    });
  });

  it('and says when to come again is left alone until then', async () => {
    const { receiver, url } = await aReceiver(
      (_, _request, response) => void response.writeHead(429, { 'retry-after': '600' }).end('later'),
    );
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.enroll();
    await eventually(async () => (await handing.find(id)).circuit.state === 'open');
    const { circuit } = await handing.find(id);
    const seconds = (Date.parse(circuit.until ?? '') - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(500);
    expect(seconds).toBeLessThanOrEqual(601);
    await handing.skipDelays(id);
    await handing.enroll(2);
    await eventually(async () => (await handing.find(id)).backlog.due === 3);
    expect(receiver.delivered).toHaveLength(1);
  });

  it('and answers 410 is disabled; what came meanwhile is not queued, and is had by a replay', async () => {
    const { receiver, url } = await aReceiver(answering(410));
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    const [first] = await handing.enroll();
    await eventually(async () => (await handing.find(id)).state === 'disabled');
    expect(await handing.find(id)).toMatchObject({ stateReason: 'GONE', backlog: { due: 1 } });
    const missed = await handing.enroll(3);
    // another endpoint shows when they have been queued for those that want them
    const other = await aReceiver();
    await handing.endpoint({ url: other.url });
    await handing.enroll();
    await eventually(() => other.receiver.delivered.length > 0);
    expect(await handing.deliveries(id)).toHaveLength(1);

    await handing.skipDelays(id);
    expect(await handing.ask(`/api/v1/endpoints/${id}/resume`, { method: 'POST' })).toMatchObject({
      body: { state: 'active', stateReason: null },
    });
    await eventually(() => receiver.delivered.length === 2);
    expect(applicantsOf(receiver)).toEqual([first, first]);
    const counted = await handing.bulk(id, 'replay', true);
    expect(await handing.deliveries(id)).toHaveLength(1);
    expect(await handing.bulk(id, 'replay', false)).toBe(counted);
    expect(await handing.bulk(id, 'replay', true)).toBe(0);
    await eventually(() => missed.every((one) => applicantsOf(receiver).includes(one)));
    await eventually(async () => (await handing.find(id)).backlog.due === 0);
    expect(new Set(applicantsOf(receiver)).size).toBe(counted + 1);
  });

  it('for days is disabled, and the log says so', async () => {
    const { url } = await aReceiver(answering(500));
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.rollcall.sql(
      `update endpoints set failing_since = now() - interval '5 days 1 second' where id = $1`,
      [id],
    );
    await handing.enroll();
    await eventually(async () => (await handing.find(id)).state === 'disabled');
    expect(await handing.find(id)).toMatchObject({
      stateReason: 'FAILING',
      failingSince: expect.any(String),
    });
    await eventually(() => handing.logged('ENDPOINT_DISABLED').length > 0);
    expect(handing.logged('ENDPOINT_DISABLED').map((line) => line.endpointId)).toContain(id);
  });

  it('or is slow, does not slow the others', async () => {
    const measured = async () => {
      const { receiver, url } = await aReceiver();
      await handing.endpoint({ url, events: ['applicant.created'] });
      const startedMs = performance.now();
      for (let n = 0; n < 5; n += 1) await handing.enroll(40);
      await eventually(() => receiver.delivered.length === 200);
      return performance.now() - startedMs;
    };
    const alone = await measured();
    const hanging = await aReceiver(() => undefined);
    const broken = await aReceiver((_, request) => void request.socket.destroy());
    const slow = await aReceiver((_, _request, response) => void setTimeout(() => response.end(), 300));
    for (const { url } of [hanging, broken, slow]) await handing.endpoint({ url });
    await handing.endpoint({ url: 'http://127.0.0.1:1/nobody' });
    const beside = await measured();
    expect(hanging.receiver.delivered.length).toBeGreaterThan(0);
    expect(slow.receiver.delivered.length).toBeGreaterThan(0);
    // were they waited for, it would be 15 s; the bound is for a machine that does other things
    expect(beside).toBeLessThan(5000 + 5 * alone);
  });
});

describe('an endpoint with a limit', () => {
  it('is not sent more per second than it may be', async () => {
    const { receiver, url } = await aReceiver();
    await handing.endpoint({ url, events: ['applicant.created'], ratePerSecond: 20 });
    await handing.enroll(21);
    await eventually(() => receiver.delivered.length === 21);
    const times = receiver.delivered.map(({ at }) => at);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(900);
  });

  it('that is paused is sent nothing, and everything once it is resumed', async () => {
    const { receiver, url } = await aReceiver();
    const { id } = await handing.endpoint({ url, events: ['applicant.created'] });
    await handing.ask(`/api/v1/endpoints/${id}/pause`, { method: 'POST' });
    const waiting = await handing.enroll(5);
    await eventually(async () => (await handing.find(id)).backlog.due === 5);
    expect(receiver.delivered).toEqual([]);
    await handing.ask(`/api/v1/endpoints/${id}/resume`, { method: 'POST' });
    await eventually(() => receiver.delivered.length === 5);
    expect(applicantsOf(receiver).sort()).toEqual(waiting.sort());
  });
});
