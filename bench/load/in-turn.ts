import { Connection } from './connection.js';

/** A request of the management API: its first line without the version, and its body. */
export interface Request {
  line: string;
  body?: string;
}

/**
 * Asks one after the other over one connection, as a person at a desk does.
 * @returns the latencies in milliseconds, in ascending order
 * @throws where an answer is not a 200, or a page with nothing on it
 */
export async function askInTurn(port: number, key: string, requests: readonly Request[]): Promise<number[]> {
  const connection = await Connection.open(port);
  const latenciesMs: number[] = [];
  for (const { line, body: asked } of requests) {
    const startedMs = performance.now();
    const headers = `${line} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${key}\r\n`;
    const { status, body } = await connection.ask(
      asked === undefined ? `${headers}\r\n` : headers + withBody(asked),
    );
    latenciesMs.push(performance.now() - startedMs);
    if (status !== 200 || body.includes('"items":[]')) {
      throw new Error(`${line} was answered ${status}: ${body.toString('utf8', 0, 300)}`);
    }
  }
  connection.close();
  return latenciesMs.sort((a, b) => a - b);
}

function withBody(body: string): string {
  return `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
