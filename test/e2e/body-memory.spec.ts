import { request as httpRequest, type ClientRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { QuarantineDto, QuarantinePageDto } from '../../src/inbox/quarantine.dto.js';
import { anApplicant } from '../factories/applicant.js';
import { startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

const MIB = 1024 * 1024;

let rollcall: TestApp;
let authorization: string;

beforeAll(async () => {
  rollcall = await startApp();
  authorization = `Bearer ${await rollcall.token()}`;
});
afterAll(() => rollcall.stop());

const anElement = (applicantId: string, bytes: number): string => {
  const bare = JSON.stringify({ ...anApplicant(), applicantId, filling: '' });
  return bare.replace('"filling":""', `"filling":"${'x'.repeat(bytes - Buffer.byteLength(bare))}"`);
};

test('an element over 1 MiB goes to quarantine with its bytes kept, and its neighbours are taken', async () => {
  const [whole, over] = [anElement('memory-1', MIB), anElement('memory-2', MIB + 1)];
  const answer = await rollcall.callback('success', `[${whole},${over}]`, { authorization });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    applied: 1,
    quarantined: 1,
    items: [
      { applicantId: 'memory-1', result: 'created' },
      { applicantId: 'memory-2', result: 'quarantined', code: 'ELEMENT_TOO_LARGE' },
    ],
  });
  const path = '/api/v1/quarantine';
  const { items } = (await (await rollcall.api(`${path}?applicantId=memory-2`)).json()) as QuarantinePageDto;
  expect(items).toMatchObject([{ reason: 'larger than 1048576 bytes', elementBytes: MIB + 1 }]);
  const kept = (await (await rollcall.api(`${path}/${items[0]?.id}`)).json()) as QuarantineDto;
  expect(kept.element).toBe(over);
});

describe('while bodies of 90 MiB are being sent', () => {
  const senders: ClientRequest[] = [];
  const bomb = () => gzipSync(`[${anElement('memory-3', 15 * MIB)}]`);

  beforeAll(async () => {
    for (let i = 0; i < 6; i++) {
      const sender = httpRequest(`${rollcall.url}/callbacks/success`, {
        agent: false,
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
      });
      sender.on('error', () => undefined);
      senders.push(sender);
      await new Promise<void>((resolve) => sender.write(Buffer.alloc(15 * MIB, ' '), () => resolve()));
    }
  });
  afterAll(() => senders.forEach((sender) => sender.destroy()));

  test('few bytes that inflate to many are refused as what they inflate to, and a small callback is taken', async () => {
    await eventually(async () => {
      const answer = await rollcall.callback('success', bomb(), {
        authorization,
        'content-encoding': 'gzip',
      });
      return answer.status === 503 && answer.headers.get('retry-after') === '5';
    });
    const small = await rollcall.callback('success', [{ ...anApplicant(), applicantId: 'memory-4' }], {
      authorization,
    });
    expect(small.status).toBe(200);
    const [{ n } = { n: -1 }] = await rollcall.sql<{ n: number }>(
      `select count(*)::int as n from receipts where error_code = 'OVERLOADED'`,
    );
    expect(n).toBe(0);
  });

  test('once they are gone there is room again', async () => {
    senders.forEach((sender) => sender.destroy());
    await eventually(async () => {
      const answer = await rollcall.callback('success', bomb(), {
        authorization,
        'content-encoding': 'gzip',
      });
      return answer.status === 422;
    });
  });
});
