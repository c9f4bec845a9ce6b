import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWishes, UsageError } from './command.js';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-simulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

function refusalOf(argv: string[]): unknown {
  try {
    return readWishes(argv);
  } catch (error) {
    return error instanceof UsageError ? error : undefined;
  }
}

describe('the command line of the simulator', () => {
  it('serves the default dialect on loopback and calls nobody unless told otherwise', () => {
    expect(readWishes([])).toMatchObject({
      simulator: { host: '127.0.0.1', port: 4010, dialect: 'default', seed: 1, faults: [] },
      count: 0,
      exit: false,
      json: false,
      test: true,
      mix: { batch: 10, updateShare: 0 },
      delivery: { connections: 8, rate: 0 },
    });
    expect(readWishes([]).simulator.organization).toBeUndefined();
  });

  it('has a flag for every setting of the mix, of the delivery and of the faults', () => {
    const wishes = readWishes(
      '--lively --update-share 0.5 --withhold 12 --wrapped --rate 40 --fault cut --fault slow:delayMs=9 --no-test'.split(
        ' ',
      ),
    );
    expect(wishes.mix).toMatchObject({ updateShare: 0.5, duplicateShare: 0.03, withhold: 12, wrapped: true });
    expect(wishes.delivery).toMatchObject({ rate: 40 });
    expect(wishes.simulator.faults).toEqual([
      { kind: 'cut', call: 'any', share: 1 },
      { kind: 'slow', call: 'any', share: 1, delayMs: 9 },
    ]);
    expect(wishes.test).toBe(false);
  });

  it("takes the client from the flags, or from the file that the organization's server keeps", () => {
    const named = readWishes('--count 1 --client-id a --client-secret b --credentials-in basic'.split(' '));
    expect(named.simulator.organization).toEqual({
      clientId: 'a',
      clientSecret: 'b',
      credentialsIn: 'basic',
      tokenUrl: 'http://localhost:3000/oauth/token',
      successUrl: 'http://localhost:3000/callbacks/success',
      failUrl: 'http://localhost:3000/callbacks/fail',
    });
    const file = join(folder, 'credentials.json');
    writeFileSync(file, JSON.stringify({ clientId: 'kept', clientSecret: 'secret', apiKey: 'other' }));
    expect(readWishes(['--count', '1', '--credentials-file', file]).simulator.organization).toMatchObject({
      clientId: 'kept',
      clientSecret: 'secret',
    });
  });

  it.each([
    ['a share above 1', ['--update-share', '3'], 'updateShare'],
    ['an unknown fault', ['--fault', 'sulk'], 'not a fault'],
    ['callbacks without a client', ['--count', '1', '--credentials-file', '/nowhere'], '--client-id'],
  ])('names what is wrong with %s and ends with 2', (_what, argv, named) => {
    expect(refusalOf(argv)).toMatchObject({
      exitCode: 2,
      shown: false,
      message: expect.stringContaining(named),
    });
  });
});

describe('the simulator as a process of its own', () => {
  let organization: Server;
  const answers: Record<string, number> = {};
  afterAll(() => new Promise((closed) => organization.close(closed)));

  beforeAll(async () => {
    organization = createServer((request, response) => {
      answers[request.url ?? ''] = (answers[request.url ?? ''] ?? 0) + 1;
      request.resume().on('end', () => {
        response.writeHead(request.url === '/callbacks/fail' ? 500 : 200);
        response.end(JSON.stringify({ access_token: 'token', expires_in: 60, token_type: 'Bearer' }));
      });
    });
    await new Promise<void>((listening) => organization.listen(0, '127.0.0.1', listening));
  });

  function run(
    ...argv: string[]
  ): Promise<{ code: number | null; lines: Record<string, unknown>[]; errors: string }> {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/simulator/main.js'), ...argv]);
    let [output, errors] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (output += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (errors += piece.toString()));
    return new Promise((resolve) =>
      child.on('close', (code) => {
        const lines = output
          .trim()
          .split('\n')
          .filter((line) => line.startsWith('{'));
        resolve({ code, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), errors });
      }),
    );
  }

  it('enrolls, reports in JSON, writes who was acknowledged and who was withheld, and ends with 1 after a surprise', async () => {
    const { port } = organization.address() as AddressInfo;
    const [acks, withheld] = [join(folder, 'acks'), join(folder, 'withheld')];
    const { code, lines } = await run(
      ...`--target http://127.0.0.1:${port} --client-id a --client-secret b --port 0 --json --exit`.split(
        ' ',
      ),
      ...`--count 100 --withhold 5 --retries 0 --ack-file ${acks} --withheld-file ${withheld}`.split(' '),
    );
    const [listening, tested, report] = lines;
    expect(listening).toMatchObject({ event: 'listening', tenantId: 'simulated-tenant' });
    expect(tested).toEqual({ event: 'tested', success: 200, fail: 500 });
    expect(report).toMatchObject({ event: 'report', held: 100, withheld: { enrollments: 5, updates: 0 } });
    expect((report?.byStatus as Record<string, number>)[500]).toBe(
      (answers['/callbacks/fail'] as number) - 1,
    );
    const acknowledged = readFileSync(acks, 'utf8').trim().split('\n');
    expect(acknowledged).toHaveLength(report?.acknowledgedElements as number);
    expect(JSON.parse(acknowledged[0] as string)).toMatchObject({ revision: 0, scenario: 'create' });
    expect(
      (JSON.parse(readFileSync(withheld, 'utf8')) as { enrollments: string[] }).enrollments,
    ).toHaveLength(5);
    expect(code).toBe(1);
  });

  it('says on stderr what is wrong with its usage, and shows help with 0', async () => {
    const wrong = await run('--batch', '0');
    expect([wrong.code, wrong.lines]).toEqual([2, []]);
    expect(wrong.errors).toContain('batch');
    expect((await run('--help')).code).toBe(0);
  });
});
