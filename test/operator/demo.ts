import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organizationAt } from '../../simulator/organization.js';
import type { Simulator } from '../../simulator/simulator.js';
import { startSimulator } from '../../simulator/start.js';
import { projectRoot } from '../../src/config/root.js';
import { openProxy } from '../cli/misbehaving-proxy.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { eventually } from '../harness/processes.js';
import { Receiver } from '../webhooks/receiver.js';
import { Operator } from './asking.js';

const PEOPLE = 15;
const WHOLE_MS = 120_000;
/** The host of the guide. */
const PUBLIC_URL = 'https://rollcall.example.org';

const pemOf = (name: string) => join(projectRoot, 'test/tls', name);

/** The day of a person on call: what `npm run demo` enrolls, in small, and one trouble of each kind. */
export interface Demo {
  rollcall: TestApp;
  operator: Operator;
  folder: string;
  /** The system behind the endpoint `crm` answers 500 until then. */
  mendCrm(): Promise<void>;
  /** A word of a command as it is here: the host of the guide is a proxy that drops a header, files are in the folder. */
  place(word: string): string[];
  stop(): Promise<void>;
}

export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
  const simulator = await startSimulator({ seed: 7, imageBytes: 15_000 });
  const env = {
    ENROLL_BASE_URL: simulator.url,
    ENROLL_TENANT_ID: simulator.tenantId,
    ENROLL_TENANT_SECRET: simulator.tenantSecret,
    ENROLL_TIMEOUT_SECONDS: '60',
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_WEBHOOK_ALLOW_CIDR: '127.0.0.0/8',
  };
  const rollcall = await startApp({ env });
  const crm = new Receiver();
  crm.answer = (_delivered, _request, response) => void response.writeHead(500).end('out of order');
  const port = await crm.start();
  simulator.register(organizationAt(rollcall.url, { clientId: CLIENT.id, clientSecret: CLIENT.secret }));
  await enroll(simulator, rollcall, port);
  const tls = {
    key: readFileSync(pemOf('server.key'), 'utf8'),
    cert: readFileSync(pemOf('server.pem'), 'utf8'),
  };
  const proxy = await openProxy(rollcall.url, { tls, drops: /^callback-test$/i });
  return {
    rollcall,
    operator: new Operator(rollcall, folder, {
      ...env,
      ROLLCALL_CLIENT_ID: CLIENT.id,
      ROLLCALL_CLIENT_SECRET: CLIENT.secret,
    }),
    folder,
    mendCrm: () => {
      crm.answer = (_delivered, _request, response) => void response.writeHead(204).end();
      return Promise.resolve();
    },
    place: (word) => {
      if (word === PUBLIC_URL) return [proxy.url.origin, '--ca', pemOf('ca.pem')];
      return [/^[\w-]+\.(json|jpg)$/.test(word) ? join(folder, word) : word];
    },
    stop: async () => {
      proxy.close();
      await rollcall.stop();
      await simulator.close();
      await crm.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** One connection: what arrives, and in which order, follows from the seed. */
async function enroll(simulator: Simulator, rollcall: TestApp, port: number): Promise<void> {
  const delivery = { connections: 1 };
  const crm = { name: 'crm', url: `http://127.0.0.1:${port}/rollcall` };
  await rollcall.api('/api/v1/endpoints', { method: 'POST', body: JSON.stringify(crm) });
  await simulator.test();
  await simulator.enroll(PEOPLE, { mix: { withhold: 2, updateShare: 0.2 }, delivery });
  const [first = ''] = simulator.applicantIds(0, 1);
  const element = { ...simulator.applicant(first)?.enrollment, isUpdate: false };
  for (const _time of [2, 3]) await rollcall.callback('success', [element]);
  await rollcall.callback('success', [{ ...element, applicantId: '' }]);
  await rollcall.callback('success', [{ ...element, isUpdate: true, photo: 'not/there.jpg' }]);
  await rollcall.callback('success', '<xml/>', { 'content-type': 'text/xml' });
  await fetch(`${rollcall.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT.id,
      client_secret: 'the-secret-of-before',
    }),
  });
  await eventually(async () => {
    const { counts } = (await (await rollcall.api('/api/v1/images/status')).json()) as {
      // a machine that is busy may answer 503
      counts?: { wanted: number; fetched: number };
    };
    return counts !== undefined && counts.wanted === 0 && counts.fetched > 0;
  }, WHOLE_MS);
}
