import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { anApplicant } from '../factories/applicant.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';

let rollcall: TestApp;
let worker: TestApp;
const agent = new Agent({ keepAlive: true });

beforeAll(async () => {
  rollcall = await startApp({ captureLog: true });
  worker = await startApp({ env: { ROLLCALL_ROLE: 'worker' } });
});
afterAll(async () => {
  agent.destroy();
  await worker.stop();
  await rollcall.stop();
});

interface Answer {
  status: number;
  allow: string | undefined;
  code: unknown;
}

/** What may stand in eNROLL's panel, or come out of a proxy, for one path. */
const SPELLINGS: [name: string, spell: (path: string) => string][] = [
  ['a slash at the end', (path) => `${path}/`],
  ['two slashes at the end', (path) => `${path}//`],
  ['doubled slashes', (path) => path.replaceAll('/', '//')],
  ['a query', (path) => `${path}/?tenant=1`],
  ['the absolute form', (path) => `http://rollcall.example${path}`],
  ['the absolute form of https, with a slash', (path) => `HTTPS://rollcall.example:443${path}/`],
  ['percent-encoded letters', (path) => path.replace(/[a-z]/g, (letter) => `%${hex(letter)}`)],
];
const hex = (letter: string): string => letter.charCodeAt(0).toString(16);

/** Asks with the request target as it is given: `fetch` would tidy it up. */
function ask(
  app: TestApp,
  method: string,
  target: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<Answer> {
  const { port } = new URL(app.url);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        agent,
        host: '127.0.0.1',
        port,
        method,
        path: target,
        headers: { 'content-length': body.length, ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
        response.on('end', () => {
          const { statusCode = 0, headers: answered } = response;
          resolve({ status: statusCode, allow: answered.allow, code: codeOf(text) });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function codeOf(text: string): unknown {
  try {
    const { code, error } = JSON.parse(text) as { code?: unknown; error?: unknown };
    return code ?? error;
  } catch {
    return undefined;
  }
}

/** Every operation that is documented, and what is not. */
async function publicOperations(): Promise<[method: string, path: string][]> {
  const document = (await (await fetch(`${rollcall.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method): [string, string] => [
      method.toUpperCase(),
      path.replaceAll(/\{[^}]+\}/g, '5f2b7c1e-0d7a-4b0e-9a55-3c1c52f0a9d1'),
    ]),
  );
  const others = ['/', '/health/live', '/health/ready', '/metrics', '/docs', '/openapi.json', '/nowhere'];
  return [...documented, ...others.map((path): [string, string] => ['GET', path])];
}

const FORM = `grant_type=client_credentials&client_id=${CLIENT.id}&client_secret=${CLIENT.secret}`;
const AS_FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('A35: a URL means one thing everywhere', () => {
  test.each(SPELLINGS)('%s: every operation, and every wrong method, is answered alike', async (_, spell) => {
    const operations = await publicOperations();
    expect(operations.length).toBeGreaterThan(60);
    for (const [method, path] of operations) {
      for (const asked of [method, 'PURGE']) {
        const plain = await ask(rollcall, asked, path);
        expect({ asked, path, ...(await ask(rollcall, asked, spell(path))) }).toEqual({
          asked,
          path,
          ...plain,
        });
      }
    }
  });

  test.each(SPELLINGS)('%s: Callback-Test, callback and token meet the same answer', async (_, spell) => {
    const authorization = `Bearer ${await rollcall.token()}`;
    for (const path of ['/callbacks/success', '/callbacks/fail', '/callbacks']) {
      const probe = await ask(rollcall, 'POST', spell(path), { 'callback-test': 'true' });
      const body = JSON.stringify([
        { ...anApplicant(), applicantId: `spelled ${spell(path)}`, firstName: 'x' },
      ]);
      const real = await ask(rollcall, 'POST', spell(path), { authorization }, asciiOf(body));
      expect([probe.status, real.status]).toEqual([200, 200]);
    }
    expect(await ask(rollcall, 'POST', spell('/oauth/token'), AS_FORM, FORM)).toMatchObject({ status: 200 });
    expect(await ask(rollcall, 'GET', spell('/oauth/token'))).toMatchObject({ status: 405, allow: 'POST' });
  });

  test.each(SPELLINGS)('%s: a worker shows health and metrics, and nothing else', async (_, spell) => {
    expect((await ask(worker, 'GET', spell('/health/live'))).status).toBe(200);
    expect((await ask(worker, 'GET', spell('/metrics'))).status).toBe(200);
    expect((await ask(worker, 'POST', spell('/callbacks'))).status).toBe(404);
  });

  test('a probe records the URL as it was asked, without its query', async () => {
    const asked = {
      '/callbacks/success/?tenant=1': '/callbacks/success/',
      '//callbacks//fail': '//callbacks//fail',
      'http://rollcall.example/%63allbacks': 'http://rollcall.example/%63allbacks',
    };
    for (const [target, url] of Object.entries(asked)) {
      await ask(rollcall, 'POST', target, { 'callback-test': '' });
      await eventually(
        async () => (await rollcall.sql('select from probes where url = $1', [url])).length === 1,
      );
    }
    expect(await rollcall.sql(`select url from probes where url like '%?%' or url like '%tenant%'`)).toEqual(
      [],
    );
  });

  test('lines and metrics name the route, whatever the spelling', async () => {
    rollcall.log.length = 0;
    await ask(rollcall, 'GET', '//api//v1/%61pplicants/');
    while (rollcall.log.length === 0) await sleep(10);
    const lines = rollcall.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ event }) => event === 'request')).toMatchObject([{ route: '/api/v1/applicants' }]);
  });

  test('an id keeps its slash, its percent sign and its letters', async () => {
    for (const applicantId of ['a/b', 'a%2Fb', '~tilde', 'dots..', 'end/']) {
      expect((await rollcall.callback('success', [{ ...anApplicant(), applicantId }])).status).toBe(200);
      const response = await rollcall.api(`/api/v1/applicants/${encodeURIComponent(applicantId)}/`);
      expect(await response.json()).toMatchObject({ applicantId });
    }
  });

  test('the documentation finds its files with and without a slash', async () => {
    for (const page of ['/docs', '/docs/']) {
      const { url, status, text } = await read(rollcall.url + page);
      expect(status).toBe(200);
      const assets = [...text.matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(([, asset]) => asset as string);
      expect(assets.length).toBeGreaterThan(3);
      for (const asset of assets) expect((await read(new URL(asset, url).href)).status).toBe(200);
    }
  });
});

/** One byte a character, so that its length is its length in bytes. */
const asciiOf = (text: string): string =>
  text.replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

async function read(url: string): Promise<{ url: string; status: number; text: string }> {
  const response = await fetch(url);
  return { url: response.url, status: response.status, text: await response.text() };
}
