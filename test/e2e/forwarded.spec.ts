import { startApp, type TestApp } from '../harness/app.js';

interface Line {
  code?: string;
  peer?: string;
}

const warnings = ({ log }: TestApp): Line[] =>
  log.map((line) => JSON.parse(line) as Line).filter(({ code }) => code === 'PROXY_NOT_TRUSTED');

async function receivedFrom(rollcall: TestApp, forwarded: string): Promise<unknown> {
  const answer = await rollcall.callback('success', [{ applicantId: forwarded, status: 1 }], {
    'x-forwarded-for': forwarded,
  });
  const { receiptId } = (await answer.json()) as { receiptId: string };
  const [row] = await rollcall.sql('select remote_address from receipts where id = $1', [receiptId]);
  return row?.['remote_address'];
}

describe('X-Forwarded-For', () => {
  test('of a trusted proxy: the one spelling of the address is stored, and no warning is written', async () => {
    const rollcall = await startApp({ captureLog: true, env: { ROLLCALL_TRUST_PROXY: '127.0.0.0/8' } });
    expect(await receivedFrom(rollcall, '198.51.100.7:4711')).toBe('198.51.100.7');
    expect(await receivedFrom(rollcall, '"[2001:DB8::7]:4711", 127.0.0.2:80')).toBe('2001:db8::7');
    expect(await receivedFrom(rollcall, 'unknown')).toBe('127.0.0.1');
    expect(warnings(rollcall)).toEqual([]);
    await fetch(`${rollcall.url}/oauth/token`, {
      method: 'POST',
      headers: { 'x-forwarded-for': '[2001:db8::9]:4711' },
    });
    await fetch(`${rollcall.url}/api/v1/changes`, { headers: { 'x-forwarded-for': '198.51.100.9' } });
    const lines = rollcall.log.map((line) => JSON.parse(line) as { event?: string; address?: string });
    const told = ['callback', 'token', 'request'].map((event) =>
      lines.filter((line) => line.event === event).map(({ address }) => address),
    );
    expect(told).toEqual([
      ['198.51.100.7', '2001:db8::7', '127.0.0.1'],
      ['127.0.0.1', '127.0.0.1', '127.0.0.1', '2001:db8::9'],
      ['198.51.100.9'],
    ]);
    await rollcall.stop();
  });

  test('of anybody else does not count, and is warned of once', async () => {
    const rollcall = await startApp({ captureLog: true, env: { ROLLCALL_TRUST_PROXY: '198.51.100.0/24' } });
    await fetch(`${rollcall.url}/health/live`);
    expect(warnings(rollcall)).toEqual([]);
    expect(await receivedFrom(rollcall, '198.51.100.7')).toBe('127.0.0.1');
    expect(await receivedFrom(rollcall, '198.51.100.8')).toBe('127.0.0.1');
    expect(warnings(rollcall)).toMatchObject([{ peer: '127.0.0.1' }]);
    await rollcall.stop();
  });
});
