import './node-version.mjs';
import './end-with-npm.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build, root } from './build.mjs';

const HELP = `npm run demo -- [--count 2000] [--withhold 50] [--port $PORT, or 3000] [--simulator-port 4010]
               [--data-dir .rollcall/demo] [--exit]

Starts Rollcall with a database of its own (in --data-dir) and a stand-in for eNROLL, enrolls people with a little of
everything that may happen, shows what arrived and serves on until Ctrl+C; with --exit it ends.`;

const READY_WITHIN_MS = 60_000;
/** Small ones: with those of a camera 2,000 people would be a gigabyte. */
const IMAGE_BYTES = 15_000;
/** An empty database with its log, and what somebody takes in it and in pictures; test/process/demo.spec.ts measures both. */
const EMPTY_MB = 110;
const PERSON_KB = 85;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    withhold: { type: 'string', default: '50' },
    port: { type: 'string', default: process.env.PORT || '3000' },
    'simulator-port': { type: 'string', default: '4010' },
    'data-dir': { type: 'string', default: join(root, '.rollcall', 'demo') },
    exit: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const DATA_DIR = resolve(values['data-dir']);

if (values.help) console.log(HELP);
else await demonstrate();

function megabytesOf(count) {
  return Math.ceil(EMPTY_MB + (Number(count) * PERSON_KB) / 1000);
}

async function demonstrate() {
  const again = existsSync(DATA_DIR)
    ? ', beside what an earlier demo left there: remove the folder to begin anew'
    : '';
  console.log(`The demo writes up to ${megabytesOf(values.count)} MB into ${DATA_DIR}${again}.`);
  await build();
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopped.abort());
  const children = [];
  const start = (script, args, env, stdio = ['ignore', 'inherit', 'inherit']) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio,
    });
    child.once('exit', () => {
      if (!stopped.signal.aborted) process.exitCode = 1;
      stopped.abort();
    });
    children.push(child);
    return child;
  };
  try {
    await show(start, stopped.signal);
  } catch (error) {
    if (error.name !== 'AbortError') {
      process.exitCode = 1;
      console.error(`demo: ${error.message}`);
    }
  } finally {
    stopped.abort();
    // a terminal's Ctrl+C reaches the children by itself; the second signal finds them stopping already
    await Promise.all(children.map((child) => stop(child)));
  }
}

async function show(start, signal) {
  const enrollUrl = `http://127.0.0.1:${values['simulator-port']}`;
  const rollcallUrl = `http://localhost:${values.port}`;
  start('dist/src/main.js', [], {
    PORT: values.port,
    DATABASE_URL: '',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_DATA_DIR: DATA_DIR,
    ROLLCALL_LOG_LEVEL: 'warn',
    ENROLL_BASE_URL: enrollUrl,
    ENROLL_TENANT_ID: 'simulated-tenant',
    ENROLL_TENANT_SECRET: 'simulated-tenant-secret',
  });
  await ready(rollcallUrl, signal);
  const credentials = join(DATA_DIR, 'credentials.json');
  if (!existsSync(credentials))
    throw new Error('the demo needs generated credentials: unset ROLLCALL_CLIENT_ID');
  // another seed each time, so that a second demo enrolls other people
  const seed = String(Math.floor(Date.now() / 1000) % 1_000_000);
  const simulator = start(
    'dist/simulator/main.js',
    [
      ...['--port', values['simulator-port'], '--seed', seed, '--lively', '--connections', '16'],
      ...['--image-bytes', String(IMAGE_BYTES)],
      ...['--target', rollcallUrl, '--credentials-file', credentials],
      ...['--count', values.count, '--withhold', values.withhold, '--json'],
    ],
    {},
    ['ignore', 'pipe', 'inherit'],
  );
  console.log(`eNROLL's stand-in enrolls ${values.count} people …`);
  const report = await reportOf(simulator, signal);
  const { apiKey } = JSON.parse(readFileSync(credentials, 'utf8'));
  await tell({ rollcallUrl, enrollUrl, apiKey, report });
  if (!values.exit) await once(signal, 'abort');
}

async function ready(url, signal) {
  const deadlineMs = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadlineMs) {
    const answer = await fetch(`${url}/health/ready`, { signal }).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100, undefined, { signal });
  }
  throw new Error(`${url} is not ready after ${READY_WITHIN_MS / 1000} s`);
}

/** The simulator's report, which comes as the third of its lines. */
async function reportOf(simulator, signal) {
  for await (const line of createInterface({ input: simulator.stdout, signal })) {
    const event = JSON.parse(line);
    if (event.event === 'tested')
      console.log(`Callback-Test: success URL ${event.success}, fail URL ${event.fail}`);
    if (event.event === 'report') return event;
  }
  throw new Error('the simulator ended without a report');
}

async function tell({ rollcallUrl, enrollUrl, apiKey, report }) {
  const get = async (path) => {
    const answer = await fetch(`${rollcallUrl}${path}`, { headers: { authorization: `Bearer ${apiKey}` } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    return answer.json();
  };
  const { items } = await get('/api/v1/applicants?limit=1');
  const quarantined = await get('/api/v1/quarantine?limit=200');
  const [latest] = items;
  const { callbacks, elements, elementsPerSecond, answered, withheld, surprises } = report;
  console.log(`
${callbacks} callbacks with ${elements} elements at ${elementsPerSecond} elements/s: ${answered.applied} applied, ${answered.duplicates} duplicates.
${withheld.enrollments} enrollments were never told; ${quarantined.items.length} elements lie in quarantine; ${surprises} answers were not what the contract asks for.
The latest applicant is ${latest?.applicantId}, version ${latest?.version}, ${latest?.outcome}.

Look around:
  export KEY=${apiKey}
  curl -s -H "authorization: Bearer $KEY" '${rollcallUrl}/api/v1/applicants?limit=5'
  curl -s -H "authorization: Bearer $KEY" ${rollcallUrl}/api/v1/applicants/${latest?.applicantId}/versions
  curl -s -H "authorization: Bearer $KEY" '${rollcallUrl}/api/v1/changes?limit=5'
  curl -s ${enrollUrl}/__simulator/withheld       # whom eNROLL never told us about
  ${rollcallUrl}/docs
  the console, by the one-time link above, within 15 minutes of the start`);
  if (!values.exit) console.log('\nCtrl+C stops both.');
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
