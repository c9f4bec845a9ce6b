import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { randomUUID } from 'node:crypto';
import { checkPublicUrl } from '../../src/cli/public-url-check.js';
import { loadConfig } from '../../src/config/config.js';
import type { Finding } from '../../src/go-live/finding.types.js';

const ID = randomUUID();

/** What the doctor says while `answer` is who listens there. */
async function checked(
  answer: RequestListener,
  { configured = true, known = true }: { configured?: boolean; known?: boolean } = {},
): Promise<Finding> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await checkPublicUrl(
      loadConfig({ NODE_ENV: 'test', PORT: '1', ...(configured && { ROLLCALL_PUBLIC_URL: publicUrl }) }),
      known ? { id: ID, publicUrl: configured ? null : publicUrl } : undefined,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const json =
  (value: unknown, status = 200): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

describe('3.4 the doctor tests the public URL of this installation, not whoever answers there', () => {
  it.each([
    ['where it is configured', true],
    ['where only its server said at which URL it is reached', false],
  ])('%s', async (_, configured) => {
    expect(await checked(json({ status: 'live', installation: ID }), { configured })).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^this installation answers at http:\/\/127\.0\.0\.1:/),
    });
  });

  it('says when another installation answers, and which', async () => {
    const other = randomUUID();
    expect(await checked(json({ status: 'live', installation: other }))).toMatchObject({
      status: 'failed',
      found: expect.stringMatching(
        `another installation of Rollcall answers at .*: ${other}, this one is ${ID}`,
      ),
      fix: 'ROLLCALL_PUBLIC_URL, or the proxy',
    });
  });

  it.each<[string, RequestListener]>([
    ['a page', (_, response) => void response.end('<html>Grafana</html>')],
    ['JSON of its own', json({ status: 'up' })],
    ['JSON that is no object', json('live')],
    ['nothing', (_, response) => void response.end()],
  ])('says when another program answers: %s', async (_, answer) => {
    const finding = await checked(answer);
    expect(finding).toMatchObject({ status: 'failed', found: expect.stringMatching(/^another program/) });
    expect(JSON.stringify(finding)).not.toContain('Grafana');
  });

  it('warns where nobody configured the URL: the server need not run now', async () => {
    expect(await checked(json({ status: 'up' }), { configured: false })).toMatchObject({
      status: 'warning',
      found: expect.stringMatching(/^another program/),
      fix: 'start the server, or set ROLLCALL_PUBLIC_URL',
    });
  });

  it('does not read for ever', async () => {
    let sent = 0;
    const finding = await checked((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 2 ** 30 && response.write('x'.repeat(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    expect(finding.found).toMatch(/^another program/);
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  it('proves nothing of a Rollcall that starts, nor without the database', async () => {
    expect(await checked(json({ status: 'live' }))).toMatchObject({ status: 'unproven' });
    const live = json({ status: 'live', installation: ID });
    expect(await checked(live, { known: false })).toMatchObject({
      status: 'unproven',
      found: expect.stringContaining(ID),
    });
  });

  it('follows no redirect, and warns of another status', async () => {
    expect(
      await checked((_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
    ).toMatchObject({ status: 'warning', found: 'status 302' });
  });

  it('warns where what answers speaks no HTTP', async () => {
    const server = createTcpServer((socket) => void socket.resume().end('SSH-2.0-x\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await new Promise((listening) => server.once('listening', listening));
    const ROLLCALL_PUBLIC_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const finding = await checkPublicUrl(loadConfig({ NODE_ENV: 'test', ROLLCALL_PUBLIC_URL }));
    server.close();
    expect(finding).toMatchObject({ status: 'warning', found: expect.stringMatching(/^no answer: /) });
  });
});
