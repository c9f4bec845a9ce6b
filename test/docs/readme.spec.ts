import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';
import { freshDatabase, type FreshDatabase } from '../harness/database.js';
import { eventually } from '../harness/processes.js';
import { freePort, ready, type Run, run } from '../process/running.js';

jest.setTimeout(120_000);

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** The shell blocks of a section of the README. */
function blocksOf(section: string): string[] {
  const [, text = ''] = read('README.md').split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/```sh\n([^]*?)```/g)].map(([, block = '']) => block);
}

let folder: string;
let database: FreshDatabase;
let server: Run;
let receiverPort: string;
let shell: ChildProcess;
let shellEnded: Promise<unknown>;
let output = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-readme-'));
  symlinkSync(join(projectRoot, 'clients'), join(folder, 'clients'));
  database = await freshDatabase();
  receiverPort = await freePort();
  server = run({
    DATABASE_URL: database.url,
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8',
    // made, and printed, as for whoever has set nothing
    ROLLCALL_CLIENT_ID: '',
    ROLLCALL_CLIENT_SECRET: '',
  });
  await ready(server);
  shell = spawn('bash', {
    cwd: folder,
    env: {
      // what the machine has comes first
      PATH: [process.env.PATH, join(projectRoot, 'test/harness/stand-ins')].join(delimiter),
      PORT: receiverPort,
    },
  });
  shellEnded = once(shell, 'exit');
  // it ends by itself at a variable that is not set
  shell.stdin?.on('error', () => undefined);
  for (const stream of [shell.stdout, shell.stderr])
    stream?.on('data', (data: Buffer) => (output += data.toString()));
  // a variable that is used before it is set ends the shell
  paste('set -u');
});
afterAll(async () => {
  shell.stdin?.end();
  await shellEnded;
  server.child.kill('SIGTERM');
  await server.exited;
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** As a reader does it: with the ports there are, and what was printed in place of each `…`. */
function paste(text: string): void {
  const here = text
    .replace(/=…\s+# ([\w ]+?)(?:,.*)?$/gm, (_, name: string) => `='${printed(name)}'`)
    .replaceAll('localhost:3000', new RegExp(/localhost:\d+/).exec(server.output())?.[0] ?? '')
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${receiverPort}`);
  shell.stdin?.write(`${here}\n`);
}

function printed(name: string): string {
  const value = new RegExp(`^ +${name} +(\\S+)$`, 'm').exec(server.output())?.[1];
  if (value === undefined) throw new Error(`the server printed no ${name}`);
  return value;
}

/** Waits for what the shell prints, and forgets it. */
async function shows(...texts: string[]): Promise<void> {
  await eventually(() => {
    if (shell.exitCode !== null) throw new Error(`the shell ended: ${output}`);
    return texts.every((text) => output.includes(text)) || undefined;
  }, 30_000);
  output = '';
}

test('3.6 the walk "Connect eNROLL", pasted, enrolls somebody, updates her and shows her history', async () => {
  const [walk = '', ...more] = blocksOf('Connect eNROLL');
  expect(more).toEqual([]);
  paste(walk);
  await shows('"result":"created"', '"result":"updated"', '"applicantId":"a-1"', '"version":2', '"items":[{');
});

test('3.6 the walk "Hand it on", pasted into a new shell, hands her on by webhook, feed and file', async () => {
  const [walk = ''] = blocksOf('Hand it on');
  const at = walk.indexOf('kill %1');
  expect(at).toBeGreaterThan(0);
  // in a terminal of its own, where nothing is set yet but what this walk sets
  paste('token_of_before=$token; unset API_KEY SECRET token');
  paste(walk.slice(0, at));
  paste(`echo endpoint: "$endpoint"`);
  await shows('"secret":"whsec_');
  // "now post a callback as above, with another applicantId"
  const [connect = ''] = blocksOf('Connect eNROLL');
  const callback = /curl[^\n]*\n[^\n]*"isUpdate":false[^\n]*/.exec(connect)?.[0] ?? '';
  paste(`token=$token_of_before; ${callback.replace('a-1', 'a-2')}`);
  await shows('"result":"created"', 'applicant.created a-2 accepted');
  paste(walk.slice(at));
  paste('echo the file: $(cat applicants.csv)');
  await shows('applicant.created\napplicant.updated', 'the file: ', 'a-1', 'a-2');
});

test('3.6 walks that may follow each other make endpoints of different names', () => {
  const files = [
    'README.md',
    ...readdirSync(join(projectRoot, 'docs'))
      .filter((file) => file.endsWith('.md'))
      .map((file) => `docs/${file}`),
  ];
  const names = files.flatMap((file) =>
    [...read(file).matchAll(/v1\/endpoints -d '\{"name":"([^"]+)"/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(1);
  expect([...new Set(names)]).toEqual(names);
});
