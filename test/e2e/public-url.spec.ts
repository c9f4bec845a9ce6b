import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { linkOf, testMessage } from '../../src/alerts/message.js';
import { ALERT_RULES } from '../../src/config/alert-limits.js';
import { banner } from '../../src/banner.js';
import { checkPublicUrl } from '../../src/cli/public-url-check.js';
import { loadConfig } from '../../src/config/config.js';
import { installationAt } from '../../src/db/installation.repository.js';
import { anApplicant } from '../factories/applicant.js';
import { callersOf, startApp, type TestApp } from '../harness/app.js';

const PATH = '/some/path';

let proxy: Server;
let publicUrl: string;
let rollcall: TestApp;

/** A proxy that shows the server under a path, and takes it off, as nginx does with `proxy_pass http://…/`. */
function proxyTo(target: () => string): Server {
  return createServer((request, response) => {
    const { url = '', method, headers } = request;
    if (!url.startsWith(`${PATH}/`)) return void response.writeHead(404).end();
    const onward = httpRequest(
      target() + url.slice(PATH.length),
      { method, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
}

beforeAll(async () => {
  proxy = proxyTo(() => rollcall.url);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  publicUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PATH}`;
  rollcall = await startApp({ env: { ROLLCALL_PUBLIC_URL: `${publicUrl}/` } });
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await rollcall.stop();
});

const configured = () => loadConfig({ NODE_ENV: 'test', ROLLCALL_PUBLIC_URL: `${publicUrl}/` });

describe('a path in ROLLCALL_PUBLIC_URL leads every URL that is printed', () => {
  test('what is registered in eNROLL, and the documentation', () => {
    const printed = banner(configured(), { clientId: 'enroll' }, { port: 3000, management: undefined }).match(
      /https?:\S+/g,
    );
    expect(printed).toEqual([
      `${publicUrl}/callbacks/success`,
      `${publicUrl}/callbacks/fail`,
      `${publicUrl}/oauth/token`,
      `${publicUrl}/console`,
      `${publicUrl}/docs`,
    ]);
  });

  test('the server and the token URL of the OpenAPI document', async () => {
    const document = (await (await fetch(`${publicUrl}/openapi.json`)).json()) as {
      servers: { url: string }[];
      components: { securitySchemes: { enroll: { flows: { clientCredentials: { tokenUrl: string } } } } };
    };
    expect(document.servers.map(({ url }) => url)).toEqual([publicUrl]);
    expect(document.components.securitySchemes.enroll.flows.clientCredentials.tokenUrl).toBe(
      `${publicUrl}/oauth/token`,
    );
  });

  test('the links of every alert', () => {
    const { publicUrl: base } = configured();
    const links = ALERT_RULES.map((rule) => linkOf({ id: '1', rule }, base));
    for (const link of [...links, testMessage(new Date(), base).data.link]) {
      expect(link.startsWith(`${publicUrl}/api/v1/`)).toBe(true);
    }
  });

  test('the doctor asks there', async () => {
    expect(await checkPublicUrl(configured(), await installationAt(rollcall.databaseUrl))).toEqual({
      check: 'public URL',
      status: 'ok',
      found: `this installation answers at ${publicUrl}`,
      tried: `${publicUrl}/health/live`,
    });
  });

  test('the documentation finds its files, and the token and the callback are where they are said to be', async () => {
    const page = await fetch(`${publicUrl}/docs`);
    const files = [...(await page.text()).matchAll(/(?:src|href)="(\.[^"]+)"/g)].map(
      ([, file]) => file ?? '',
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      const { status, text } = await read(new URL(file, page.url).href);
      expect({ file, status, isEmpty: text === '' }).toEqual({ file, status: 200, isEmpty: false });
    }
    const outside = callersOf(publicUrl);
    expect((await outside.callback('success', [anApplicant()])).status).toBe(200);
  });
});

async function read(url: string): Promise<{ status: number; text: string }> {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
}
