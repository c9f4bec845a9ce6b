import { Readable, Writable } from 'node:stream';
import type { ClientBase, Connection, Submittable } from 'pg';

/** Rows come one message each; handed on in blocks of this size they cost little. */
const BLOCK_BYTES = 131_072;

/** The part of the protocol that node-postgres has and its types leave out (Postgres, 54.2.6: COPY operations). */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

type Done = (error?: Error | null) => void;

/** Sends the statement, and tells `copy` what the server says to it. */
function submitted(
  client: ClientBase,
  copy: object,
  text: string,
  begun: (connection: CopyConnection) => void,
): void {
  const submit = (connection: Connection) => {
    begun(connection as CopyConnection);
    connection.query(text);
  };
  client.query<Submittable>(Object.assign(copy, { submit }));
}

function rowsIn({ text }: { text: string }): number {
  return Number(/^COPY (\d+)$/.exec(text)?.[1]);
}

/** The rows of `copy … to stdout`. While nobody reads, the server waits. The client is free again once it has ended. */
export class CopyOut extends Readable {
  /** So far; exact once it has ended. */
  rows = 0;
  private connection: CopyConnection | undefined;
  private block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  private filled = 0;

  constructor(client: ClientBase, text: string) {
    super({ highWaterMark: 2 * BLOCK_BYTES });
    submitted(client, this, text, (connection) => (this.connection = connection));
  }

  override _read(): void {
    this.connection?.stream.resume();
  }

  override _destroy(error: Error | null, done: Done): void {
    // a client that is left in the middle of a COPY is of no use
    if (!this.readableEnded) this.connection?.stream.destroy();
    done(error);
  }

  /** The parser uses its bytes again, so they are copied. */
  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.rows += 1;
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.copy(this.block, this.filled, from);
      from += taken;
      this.filled += taken;
      if (this.filled === BLOCK_BYTES) this.handOn();
    }
  }

  handleCommandComplete(message: { text: string }): void {
    this.rows = rowsIn(message);
  }

  handleReadyForQuery(): void {
    this.handOn();
    this.push(null);
  }

  handleError(error: Error): void {
    this.connection?.stream.resume();
    this.connection = undefined;
    this.destroy(error);
  }

  private handOn(): void {
    const { block, filled } = this;
    [this.block, this.filled] = [Buffer.allocUnsafeSlow(BLOCK_BYTES), 0];
    if (!this.push(block.subarray(0, filled))) this.connection?.stream.pause();
  }
}

/** Takes the rows of `copy … from stdin`. It finishes once the server has taken all of them; destroyed before, the server takes none. */
export class CopyIn extends Writable {
  /** Known once it has finished. */
  rows = 0;
  private connection: CopyConnection | undefined;
  private readonly begun: Promise<void>;
  private begin: () => void = () => undefined;
  private ended: Done | undefined;
  private failure: Error | undefined;

  constructor(client: ClientBase, text: string) {
    super({ highWaterMark: BLOCK_BYTES });
    this.begun = new Promise((resolve) => (this.begin = resolve));
    submitted(client, this, text, (connection) => (this.connection = connection));
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: Done): void {
    void this.begun.then(() => {
      if (this.failure !== undefined || this.connection === undefined) return done(this.failure);
      const { stream } = this.connection;
      this.connection.sendCopyFromChunk(chunk);
      if (!stream.writableNeedDrain) return done();
      this.ended = done;
      stream.once('drain', () => {
        if (this.ended !== done) return;
        this.ended = undefined;
        done();
      });
    });
  }

  override _final(done: Done): void {
    void this.begun.then(() => {
      if (this.failure !== undefined) return done(this.failure);
      this.ended = done;
      this.connection?.endCopyFrom();
    });
  }

  override _destroy(error: Error | null, done: Done): void {
    if (!this.writableFinished && this.failure === undefined) this.connection?.sendCopyFail('given up');
    done(error);
  }

  handleCopyInResponse(): void {
    this.begin();
  }

  handleCommandComplete(message: { text: string }): void {
    this.rows = rowsIn(message);
  }

  handleReadyForQuery(): void {
    this.ended?.();
  }

  handleError(error: Error): void {
    this.failure = error;
    this.begin();
    if (this.ended === undefined) this.destroy(error);
    else this.ended(error);
    this.ended = undefined;
  }
}
