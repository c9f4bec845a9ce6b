import type { Readable } from 'node:stream';

/** Kept of a refused body: enough to see what it is and whom it is about. */
const MAX_KEPT_BYTES = 64 * 1024;
/** A sender that waits for the answer before it sends more gets it after this time. */
const WAIT_MS = 1_000;

/**
 * The beginning of a body as it comes over the wire, before it is inflated. It costs nothing, since it shares the chunks with
 * the reader of the body. If nobody reads the body, it lets the rest pass: a caller whose connection closes while it still
 * sends would see that instead of the answer.
 */
export class FirstBytes {
  /** Bytes that came so far. */
  came = 0;
  private readonly chunks: Buffer[] = [];
  private enough = (): void => undefined;

  constructor(private readonly sent: Readable) {
    sent.on('data', (chunk: Buffer) => {
      if (this.came < MAX_KEPT_BYTES) this.chunks.push(chunk);
      this.came += chunk.length;
      if (this.came >= MAX_KEPT_BYTES) this.enough();
    });
  }

  /** The first 64 KiB; fewer where the body ends before, or a second passes. */
  async read(): Promise<Buffer> {
    if (this.came < MAX_KEPT_BYTES && !this.sent.readableEnded && !this.sent.destroyed) {
      await new Promise<void>((resolve) => {
        for (const over of ['end', 'error', 'close']) this.sent.on(over, () => this.enough());
        const timer = setTimeout(resolve, WAIT_MS);
        this.enough = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return Buffer.concat(this.chunks).subarray(0, MAX_KEPT_BYTES);
  }
}
