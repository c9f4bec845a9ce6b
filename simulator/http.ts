import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface Answer {
  /** HTTP status; 0 where no answer came. */
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
  /** Why no answer came, e.g. `ECONNREFUSED` or `TIMEOUT`. */
  failure?: string;
}

export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** Posts over connections that are kept open; a refused or broken connection is an answer of status 0, not an exception. */
export class HttpCaller {
  private readonly plain: HttpAgent;
  private readonly tls: HttpsAgent;

  constructor(
    connections: number,
    private readonly timeoutMs: number,
  ) {
    this.plain = new HttpAgent({ keepAlive: true, maxSockets: connections });
    this.tls = new HttpsAgent({ keepAlive: true, maxSockets: connections });
  }

  post({ url, headers, body }: Outgoing): Promise<Answer> {
    const secure = url.startsWith('https:');
    return new Promise((resolve) => {
      let answered = false;
      const fail = (error: NodeJS.ErrnoException): void =>
        resolve({ status: 0, headers: {}, body: '', failure: error.code ?? error.message });
      const sent = (secure ? httpsRequest : httpRequest)(url, {
        method: 'POST',
        agent: secure ? this.tls : this.plain,
        headers: { ...headers, 'content-length': body.length },
        timeout: this.timeoutMs,
      });
      sent.on('timeout', () =>
        sent.destroy(Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' })),
      );
      sent.on('error', (error) => (answered ? undefined : fail(error)));
      sent.on('response', (response) => {
        answered = true;
        const pieces: Buffer[] = [];
        const finish = (): void => resolve(answerOf(response, Buffer.concat(pieces)));
        response.on('data', (piece: Buffer) => pieces.push(piece));
        // a body that is refused while it is still being written often breaks the connection: the refusal stands all the same
        response.on('error', (error) => (Number(response.statusCode) >= 400 ? finish() : fail(error)));
        response.on('end', finish);
      });
      sent.end(body);
    });
  }

  close(): void {
    this.plain.destroy();
    this.tls.destroy();
  }
}

function answerOf({ statusCode, headers }: IncomingMessage, body: Buffer): Answer {
  return { status: statusCode ?? 0, headers, body: body.toString('utf8') };
}
