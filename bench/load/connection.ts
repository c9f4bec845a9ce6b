import { connect, type Socket } from 'node:net';

/** What of an answer is looked at. */
export interface Answer {
  status: number;
  body: Buffer;
}

const HEAD_END = '\r\n\r\n';
const STATUS_AT = 'HTTP/1.1 '.length;
const LENGTH = /\r\ncontent-length: *(\d+)/i;

/**
 * One keep-alive HTTP/1.1 connection, one request at a time. A client of thirty lines because the load generator
 * shares the cores with the server: it costs two fifths of autocannon's time per request (bench/README.md).
 */
export class Connection {
  private readonly socket: Socket;
  private pieces: Buffer[] = [];
  private missing = -1;
  private resolve: (answer: Answer) => void = () => undefined;
  private reject: (error: Error) => void = () => undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (piece: Buffer) => this.take(piece));
    socket.on('error', (error) => this.reject(error));
    socket.on('close', () => this.reject(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.removeListener('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** Sends a whole request; its bytes may be changed once the answer is here. */
  ask(request: Buffer | string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
      this.socket.write(request);
    });
  }

  close(): void {
    this.reject = () => undefined;
    this.socket.destroy();
  }

  private take(piece: Buffer): void {
    this.pieces.push(piece);
    if (this.missing < 0) this.missing = missingAfter(this.pieces);
    else this.missing -= piece.length;
    if (this.missing !== 0) return;
    const bytes = this.pieces.length === 1 ? piece : Buffer.concat(this.pieces);
    this.pieces = [];
    this.missing = -1;
    const status = Number(bytes.toString('latin1', STATUS_AT, STATUS_AT + 3));
    this.resolve({ status, body: bytes.subarray(bytes.indexOf(HEAD_END) + HEAD_END.length) });
  }
}

/** How many bytes are still to come; -1 while the head is not whole. */
function missingAfter(pieces: Buffer[]): number {
  const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return -1;
  const [, length] = LENGTH.exec(bytes.toString('latin1', 0, headEnd)) ?? [];
  if (length === undefined) throw new Error('an answer without Content-Length');
  return headEnd + HEAD_END.length + Number(length) - bytes.length;
}
