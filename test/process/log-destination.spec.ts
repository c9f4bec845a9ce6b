import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anApplicant } from '../factories/applicant.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { freePort, readyAt, run, type Run, token } from './running.js';

jest.setTimeout(240_000);

const WITHIN_MS = 10_000;
/** More lines than may wait, of some 200 bytes each. */
const MANY = 3000;

let database: FreshDatabase;
let folder: string;
const readers: ChildProcess[] = [];
const servers: Run[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'rollcall-log-'));
});
afterEach(async () => {
  for (const { child, exited } of servers.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
  for (const reader of readers.splice(0)) reader.kill('SIGKILL');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** A named pipe with `cat` at its end, whose output is a file. */
function aPipe(name: string): { reader: ChildProcess; writing: number; file: string } {
  const pipe = join(folder, `${name}.pipe`);
  const file = join(folder, `${name}.log`);
  execFileSync('mkfifo', [pipe]);
  const to = openSync(file, 'w');
  const reader = spawn('cat', [pipe], { stdio: ['ignore', to, 'ignore'] });
  closeSync(to);
  readers.push(reader);
  return { reader, writing: openSync(pipe, 'w'), file };
}

async function startWriting(
  output: number,
  { command, env }: { command?: string[]; env?: Record<string, string> } = {},
): Promise<{ server: Run; url: string }> {
  const port = await freePort();
  const settings = { DATABASE_URL: database.url, PORT: port, ROLLCALL_LOG_LEVEL: 'debug', ...env };
  const server = run(settings, { stdio: ['ignore', output, output] }, command);
  servers.push(server);
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  await readyAt(url);
  return { server, url };
}

/** Each leaves a line; on one connection, and without waiting for answers in between. */
async function ask(url: string, times: number): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('utf8');
  let answers = '';
  socket.on('data', (part: string) => (answers += part));
  socket.write('GET /health/live HTTP/1.1\r\nhost: rollcall\r\n\r\n'.repeat(times));
  try {
    await eventually(() => answers.split('HTTP/1.1 200 OK').length > times, 40_000);
  } finally {
    socket.destroy();
  }
}

async function callbacks(url: string, times: number): Promise<number[]> {
  const authorization = `Bearer ${await token(url)}`;
  const statuses = [];
  for (let n = 0; n < times; n += 1) {
    const body = JSON.stringify([anApplicant()]);
    const answer = await fetch(`${url}/callbacks/success`, {
      method: 'POST',
      headers: { authorization },
      body,
    });
    statuses.push(answer.status);
    await answer.text();
  }
  return statuses;
}

async function dropped(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^rollcall_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
}

async function stopped({ child, exited }: Run): Promise<{ code: number | null; isInTime: boolean }> {
  const startedAt = Date.now();
  child.kill('SIGTERM');
  const code = await exited;
  return { code, isInTime: Date.now() - startedAt < WITHIN_MS };
}

const linesOf = (text: string) =>
  text
    .slice(0, text.lastIndexOf('\n'))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { event?: string; lines?: number });

/** How many lines were lost, by what the log itself says. */
const toldOf = (text: string) =>
  linesOf(text).reduce((sum, { event, lines = 0 }) => sum + (event === 'log_lines_dropped' ? lines : 0), 0);

const FULL_BYTES = 80 * 1024;
const TAKEN = Array.from({ length: 20 }, () => 200);
const GOOD_END = { code: 0, isInTime: true };

describe('a log', () => {
  test('that nobody reads for a while costs lines, which are counted and told of, and neither an answer nor the stop', async () => {
    const { reader, writing, file } = aPipe('paused');
    const { server, url } = await startWriting(writing);
    await ask(url, 10);
    expect(await dropped(url)).toBe(0);

    reader.kill('SIGSTOP');
    await ask(url, MANY);
    expect(await callbacks(url, 20)).toEqual(TAKEN);
    const lost = await dropped(url);
    expect(lost).toBeGreaterThan(0);

    reader.kill('SIGCONT');
    await eventually(async () => toldOf(readFileSync(file, 'utf8')) === (await dropped(url)));
    expect(await dropped(url)).toBeGreaterThanOrEqual(lost);

    reader.kill('SIGSTOP');
    await ask(url, MANY);
    expect(await stopped(server)).toEqual(GOOD_END);
  });

  test('whose reader has ended costs its lines, and the process goes on', async () => {
    const { reader, writing } = aPipe('ended');
    const { server, url } = await startWriting(writing);
    reader.kill('SIGKILL');
    expect(await callbacks(url, 20)).toEqual(TAKEN);
    await eventually(async () => (await dropped(url)) > 0);
    expect(await stopped(server)).toEqual(GOOD_END);
  });

  test('on a full volume holds up neither start, nor answers, nor stop', async () => {
    const { server, url } = await startWriting(openSync('/dev/full', 'w'));
    await ask(url, MANY);
    expect(await callbacks(url, 20)).toEqual(TAKEN);
    expect(await dropped(url)).toBeGreaterThan(0);
    expect(await stopped(server)).toEqual(GOOD_END);
  });

  test('on a full volume does not keep a wrong setting from ending the boot', async () => {
    const full = openSync('/dev/full', 'w');
    const server = run({ PORT: 'x' }, { stdio: ['ignore', full, full] });
    closeSync(full);
    expect(await server.exited).toBe(1);
  });

  test('on a volume that has room again goes on with whole lines, and says how many were lost', async () => {
    const file = join(folder, 'filling.log');
    // 80 KiB is all that this process may write to a file: beyond, the system refuses as it does where no room is left
    const command = ['sh', '-c', 'ulimit -f 160; exec "$0" "$@"', process.execPath, 'dist/src/main.js'];
    const { server, url } = await startWriting(openSync(file, 'a'), { command });
    await ask(url, MANY);
    const lost = await dropped(url);
    expect(lost).toBeGreaterThan(0);
    let written = '';
    await eventually(() => {
      const now = readFileSync(file, 'utf8');
      if (toldOf(written + now) >= lost) return true;
      if (Buffer.byteLength(now) < FULL_BYTES) return undefined;
      // as `copytruncate` does it
      written += now;
      truncateSync(file);
      return undefined;
    }, 60_000);
    expect(await stopped(server)).toEqual(GOOD_END);
  });
});
