import { request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';

type Connected = (error: Error | null, stream: Duplex) => void;

/**
 * HTTPS through a forward proxy, by CONNECT (RFC 9110 section 9.3.6), with pooled connections. Axios and
 * https-proxy-agent 5 make a new tunnel for each request, with a TLS handshake and a socket that is left idle.
 */
export class TunnelAgent extends Agent {
  constructor(
    private readonly proxy: URL,
    private readonly connectWithinMs: number,
    options: AgentOptions,
  ) {
    super(options);
  }

  override createConnection(options: RequestOptions, connected?: Connected): undefined {
    const done = connected as (error: Error | null, stream?: Duplex) => void;
    const target = `${options.host}:${options.port ?? 443}`;
    const ask = this.proxy.protocol === 'https:' ? httpsRequest : httpRequest;
    const connect = ask({
      host: this.proxy.hostname.replace(/^\[|\]$/g, ''),
      port: this.proxy.port !== '' ? this.proxy.port : undefined,
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsOf(this.proxy) },
      agent: false,
      timeout: this.connectWithinMs,
    });
    connect.once('connect', (response, socket) => {
      if (response.statusCode === 200) {
        done(null, connectTls({ ...options, host: undefined, path: undefined, socket } as object));
        return;
      }
      socket.destroy();
      done(Object.assign(new Error('the proxy refused'), { code: `PROXY_${response.statusCode ?? 0}` }));
    });
    connect.once('timeout', () =>
      connect.destroy(Object.assign(new Error('proxy'), { code: 'PROXY_TIMEOUT' })),
    );
    connect.once('error', done);
    connect.end();
    return undefined;
  }
}

function credentialsOf({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
