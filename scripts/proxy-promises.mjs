// What ops/proxy/Caddyfile promises, asked over the wire: by check-proxy.mjs of a Caddy on this machine, by check-compose.mjs
// of the one in its container.
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { gzipSync } from 'node:zlib';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const FORGED = '1.2.3.4';

/** Paths that a client may ask for and the world may not see, spelled in every way that could lead to them. */
const HIDDEN = [
  '/',
  '/metrics',
  '//metrics',
  '/METRICS',
  '/health/ready',
  '/health/live/../ready',
  '/docs',
  '/openapi.json',
  '/api/v1/applicants',
  '/callbacks/../metrics',
  '/callbacks/%2e%2e/metrics',
  '/callbacks/..%2fmetrics',
  '/oauth/token/../../metrics',
  '/callbacksmetrics',
];

/** Paths of eNROLL, also as they are mistyped: the proxy changes nothing about how they are answered. */
const SHOWN = [
  '/callbacks',
  '/callbacks/success',
  '/callbacks/success/',
  '//callbacks//success',
  '/callbacks/%73uccess',
  '/callbacks/fail?x=1',
  '/callbacks/nothing',
  '/oauth/token/',
  '/health/live',
];

/**
 * @param at `host`, `httpsPort`, `httpPort` of the proxy on 127.0.0.1; `ca` that signed for it; `rollcall`, the URL behind it;
 *   `client` with `id` and `secret`; `apiKey`
 * @param check takes what is promised, and whether it holds or what was seen instead
 */
export async function checkProxy(at, check) {
  const ask = asker(at);
  const direct = (path, init) => request(http, new URL(at.rollcall), { ...init, path });
  const token = await checkToken(at, ask, check);
  const bearer = { authorization: `Bearer ${token}` };

  const callback = { method: 'POST', headers: bearer, body: listOf(`proxied-${Date.now()}`) };
  check('a callback is answered 200', is(200, (await ask('/callbacks/success', callback)).status));
  await checkPaths({ ask, direct, callback }, check);
  await checkBodies({ ask, direct, bearer }, check);
  await checkAddresses(at, ask, check);
  await checkNames(at, check);
}

/** What eNROLL is told while no replica takes a connection. */
export async function checkAway(at, check) {
  const answer = await asker(at)('/callbacks/success', { method: 'POST', body: '[]' });
  check(
    'without a replica: 503 with Retry-After',
    is('503 10', `${answer.status} ${answer.headers['retry-after']}`),
  );
}

async function checkToken({ client }, ask, check) {
  const grant = 'grant_type=client_credentials';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const byForm = await ask('/oauth/token', {
    method: 'POST',
    headers: form,
    body: `${grant}&client_id=${client.id}&client_secret=${client.secret}`,
  });
  check('a token, credentials in the form', is(200, byForm.status));
  const headers = { ...form, client_id: client.id, client_secret: client.secret };
  const byHeader = await ask('/oauth/token', { method: 'POST', headers, body: grant });
  check('a token, credentials in headers named client_id', is(200, byHeader.status));
  return byForm.status === 200 ? JSON.parse(byForm.body).access_token : '';
}

async function checkPaths({ ask, direct, callback }, check) {
  for (const path of SHOWN) {
    const init = path.startsWith('/health') ? {} : callback;
    const [proxied, itself] = [await ask(path, init), await direct(path, init)];
    check(`${path} is answered as Rollcall answers it, ${itself.status}`, is(itself.status, proxied.status));
  }
  for (const path of HIDDEN) {
    const { status, body } = await ask(path);
    check(`${path} is not shown`, is('404 ', `${status} ${body}`));
  }
  const test = { method: 'POST', headers: { 'callback-test': '' }, body: 'no json' };
  const tested = await ask('/callbacks/fail', test);
  check('Callback-Test, empty, is passed on', is('{"status":"ok","test":true}', tested.body));
}

async function checkBodies({ ask, direct, bearer }, check) {
  const post = (body, headers = bearer) => ({ method: 'POST', headers, body });
  const full = Buffer.concat([Buffer.alloc(MAX_BODY_BYTES - 2, ' '), Buffer.from('[]')]);
  const send = async (init) => (await ask('/callbacks/success', init)).status;
  check('16 MiB', is(200, await send(post(full))));
  const tooLarge = post(Buffer.alloc(MAX_BODY_BYTES + 1024 * 1024, ' '));
  const itself = (await direct('/callbacks/success', tooLarge)).status;
  check('17 MiB: 413, as Rollcall says', is('413 413', `${await send(tooLarge)} ${itself}`));
  check('16 MiB without a token: 401', is(401, await send(post(full, {}))));
  const headers = { ...bearer, 'content-encoding': 'gzip', 'transfer-encoding': 'chunked' };
  check('gzip, in chunks', is(200, await send(post(gzipSync(listOf('zipped')), headers))));
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set();
  for (let i = 0; i < 3; i++) sockets.add((await ask('/health/live', { agent })).socket);
  agent.destroy();
  check(
    'one connection serves one request after another',
    sockets.size === 1 || `${sockets.size} connections`,
  );
}

async function checkAddresses({ rollcall, apiKey, localAddress }, ask, check) {
  await ask('/callbacks/success', {
    method: 'POST',
    headers: { 'callback-test': '1', 'x-forwarded-for': FORGED },
    localAddress,
  });
  const answer = await request(http, new URL(rollcall), {
    path: '/api/v1/probes?limit=1',
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const address = JSON.parse(answer.body).items?.[0]?.remoteAddress;
  const right =
    localAddress === undefined ? address !== FORGED && address !== undefined : address === localAddress;
  check('X-Forwarded-For: the client that connected, not the one it claims', right || `${address}`);
}

async function checkNames(at, check) {
  const plain = (host) =>
    request(http, new URL(`http://127.0.0.1:${at.httpPort}`), {
      path: '/callbacks/success',
      method: 'POST',
      headers: { host },
      body: '[]',
    });
  const clear = await plain(`${at.host}:${at.httpPort}`);
  check(
    'without TLS: 404, and no redirect',
    is('404 undefined', `${clear.status} ${clear.headers.location}`),
  );
  check('another name, without TLS: 404', is(404, (await plain('203.0.113.1')).status));
  const other = await asker(at)('/health/live', { headers: { host: 'other.example.org' } });
  check('another name, in a connection for ours: 421', is(421, other.status));
  const refused = await asker({ ...at, host: 'other.example.org' })('/health/live').catch((error) => error);
  check('another name, with TLS: no connection', refused instanceof Error || `${refused.status}`);
}

const listOf = (applicantId) => JSON.stringify([{ applicantId, firstName: 'منى', status: 1 }]);

/** @returns true, or what was seen instead */
const is = (wanted, seen) => seen === wanted || `${seen}`.slice(0, 200);

function asker({ host, httpsPort, ca }) {
  return (path, init = {}) => {
    const headers = { host: httpsPort === 443 ? host : `${host}:${httpsPort}`, ...init.headers };
    return request(https, new URL(`https://127.0.0.1:${httpsPort}`), {
      ...init,
      path,
      headers,
      ca,
      servername: host,
    });
  };
}

/** The path goes out as it is spelled. An answer that comes before the body is sent is an answer. */
async function request({ request: open }, { hostname, port }, { body, headers = {}, ...options }) {
  const length = body !== undefined && headers['transfer-encoding'] === undefined;
  const sent = open({
    ...{ hostname, port, timeout: 30_000, ...options },
    headers: { ...(length && { 'content-length': Buffer.byteLength(body) }), ...headers },
  });
  sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')));
  sent.on('error', () => undefined); // before the answer `once` throws it; later it is about a body that nobody wanted
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  await once(response, 'end');
  return { status: response.statusCode, headers: response.headers, body: text, socket: response.socket };
}
