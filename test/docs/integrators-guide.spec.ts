import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { API_KEY, CLIENT, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { ALLOW_LOOPBACK } from '../webhooks/handing-on.js';

jest.setTimeout(120_000);

const page = (file: string) => readFileSync(join(projectRoot, 'docs', file), 'utf8');
const GUIDE = page('integrators-guide.md');
const SIGNATURES = page('verifying-signatures.md');

/** What the guide tells to do in a language, as commands; `PORT` stands for that of the receiver. */
interface Language {
  tools: string[];
  /** Files that are no block of the guide. */
  files?: Record<string, string>;
  prepare?: string[][];
  quickstart: string[];
  receiver?: string[];
}

const snippet = (fence: string) => new RegExp(`\`\`\`${fence}\n(.*?)\`\`\``, 's').exec(SIGNATURES)?.[1] ?? '';

const LANGUAGES: Record<string, Language> = {
  curl: { tools: ['bash'], quickstart: ['bash', 'quickstart.sh'] },
  node: {
    tools: ['node'],
    quickstart: ['node', 'quickstart.mjs'],
    receiver: ['node', join(projectRoot, 'clients/receiver.mjs')],
  },
  java: {
    tools: ['java', 'javac'],
    files: { 'RollcallSignature.java': snippet('java') },
    prepare: [['javac', 'RollcallSignature.java', 'Receiver.java', 'Quickstart.java']],
    quickstart: ['java', 'Quickstart'],
    receiver: ['java', 'Receiver'],
  },
  csharp: {
    tools: ['mcs', 'mono'],
    files: { 'RollcallSignature.cs': snippet('csharp') },
    prepare: [
      ['mcs', '-r:System.Net.Http', 'Quickstart.cs'],
      ['mcs', '-r:System.Core', '-out:Receiver.exe', 'Receiver.cs', 'RollcallSignature.cs'],
    ],
    quickstart: ['mono', 'Quickstart.exe'],
    receiver: ['mono', 'Receiver.exe'],
  },
  php: {
    tools: ['php'],
    files: { 'verify.php': `<?php ${snippet('php')}` },
    quickstart: ['php', 'quickstart.php'],
    receiver: ['php', '-S', '127.0.0.1:PORT', 'receive.php'],
  },
};

const here = Object.entries(LANGUAGES).filter(([, { tools }]) =>
  tools.every((tool) => spawnSync(tool, ['--version']).error === undefined),
);

let rollcall: TestApp;
let folder: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-integrators-'));
  rollcall = await startApp({ env: ALLOW_LOOPBACK });
});
afterAll(async () => {
  await Promise.all(running.map(stop));
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});

/** Starts a program of the guide; `said` is what it has printed so far. */
function start([tool = '', ...args]: string[], cwd: string, env: Record<string, string>) {
  const child = spawn(tool, args, { cwd, env: { PATH: pathWithStandIns(), ...env } });
  running.push(child);
  const program = { child, said: '' };
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (program.said += data.toString()));
  return program;
}

function pathWithStandIns(): string {
  return [process.env.PATH, join(projectRoot, 'test/harness/stand-ins')].join(delimiter);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** The blocks of the guide that name a file, and the files beside them, in a folder of the language. */
function writePrograms({ files = {}, prepare = [] }: Language, port: number): string {
  const own = mkdtempSync(join(folder, 'language-'));
  for (const [, file = '', text = ''] of GUIDE.matchAll(/```\w+ (\S+)\n(.*?)```/gs))
    writeFileSync(join(own, file), text.replaceAll('4000', String(port)));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
  for (const [tool = '', ...args] of prepare) execFileSync(tool, args, { cwd: own });
  return own;
}

async function makeEndpoint(name: string, port: number): Promise<string> {
  const body = JSON.stringify({ name, url: `http://127.0.0.1:${port}/` });
  const made = await rollcall.api('/api/v1/endpoints', { method: 'POST', body });
  return ((await made.json()) as { secret: string }).secret;
}

async function endOfTheFeed(): Promise<string> {
  const read = await rollcall.api('/api/v1/changes?limit=200');
  return ((await read.json()) as { nextCursor: string }).nextCursor;
}

const forged = (url: string) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    },
    body: '{}',
  });

describe('docs/integrators-guide.md', () => {
  test.each(here)(
    '%s: the receiver takes what is signed and nothing else, and the feed goes on where it was',
    async (name, language) => {
      const port = await freePort();
      const own = writePrograms(language, port);
      const settings = { ROLLCALL: rollcall.url, SECRET: CLIENT.secret, API_KEY, PORT: String(port) };
      const receiver =
        language.receiver &&
        start(
          language.receiver.map((word) => word.replace('PORT', String(port))),
          own,
          { ...settings, WEBHOOK_SECRET: await makeEndpoint(name, port) },
        );
      if (receiver) {
        const refused = await eventually(() => forged(`http://127.0.0.1:${port}/`).catch(() => undefined));
        expect(refused.status).toBe(401);
      }
      const first = start(language.quickstart, own, settings);
      await eventually(() => {
        if (first.child.exitCode !== null) throw new Error(`it ended: ${first.said}`);
        return /applicant\.created/.test(first.said) && first.said.includes(`${name}-1`);
      });
      if (receiver) await eventually(() => receiver.said.includes(`${name}-1`));
      // the cursor is written after the lines are
      const kept = join(own, 'cursor');
      const end = await endOfTheFeed();
      await eventually(() => existsSync(kept) && readFileSync(kept, 'utf8').includes(end));
      await stop(first.child);

      const again = start(language.quickstart, own, settings);
      await rollcall.callback('success', [{ applicantId: `later-${name}`, isUpdate: false, status: 1 }]);
      await eventually(() => again.said.includes(`later-${name}`));
      // its own callback came once more, as a duplicate
      expect(again.said).not.toMatch(new RegExp(`applicant\\.created.*${name}-1`));
      await stop(again.child);
      if (receiver) await stop(receiver.child);
    },
  );

  test('it has a program for every language, and the machine of the tests runs some of them', () => {
    const files = [...GUIDE.matchAll(/```\w+ (\S+)\n/g)].map(([, file]) => file);
    expect(files).toEqual(expect.arrayContaining(['quickstart.sh', 'quickstart.mjs', 'Quickstart.java']));
    expect(files).toEqual(expect.arrayContaining(['Quickstart.cs', 'quickstart.php']));
    expect(here.length).toBeGreaterThanOrEqual(2);
  });
});
