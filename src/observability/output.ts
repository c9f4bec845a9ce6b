import { write, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** One system call per callback would cost as much as parsing it, so lines are written in blocks, or after a short time. */
const BLOCK_CHARACTERS = 16 * 1024;
const WITHIN_MS = 200;
/** About a thousand lines may wait for a reader that does not read, or a full volume. */
const MAX_WAITING_CHARACTERS = 256 * 1024;
const TRY_AGAIN_MS = 1000;

let lost = 0;

/** Number of log lines that this process had to drop. */
export function linesLost(): number {
  return lost;
}

/**
 * Standard output or standard error. It may block, fail or end: that costs lines, which are counted, and never delays the
 * process.
 *
 * Writing to pipes, sockets and terminals does not wait, since a thread that waits for a reader could not even be ended. One
 * of libuv's threads writes to files. One block is under way at a time. The waiting text is bounded; beyond the bound the
 * newest lines are dropped. A file that refuses (ENOSPC, EIO) is tried again every second, from the byte it refused. A pipe
 * that refuses has no reader, so its lines are dropped at once.
 */
export class Output {
  private waiting = '';
  private isBusy = false;
  private unreported = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly flushing: (() => void)[] = [];
  private isOpen = false;
  /** Undefined for a file. */
  private stream: Socket | undefined;
  /** Called with the number of dropped lines once lines can be written again. */
  onLost: (lines: number) => void = () => undefined;

  constructor(private readonly fd: 1 | 2) {}

  /** Takes over the stream, so that its errors no longer end the process, whoever writes to it. */
  open(): this {
    if (this.isOpen) return this;
    this.isOpen = true;
    const stream: NodeJS.WriteStream = this.fd === 1 ? process.stdout : process.stderr;
    stream.on('error', () => undefined);
    if (stream instanceof Socket) this.stream = unblocked(stream);
    process.once('exit', () => this.writeLast());
    return this;
  }

  /** Whether people read it as it comes. */
  get isTerminal(): boolean {
    return (this.fd === 1 ? process.stdout : process.stderr).isTTY === true;
  }

  /** Writes whole lines. Never throws and never waits. */
  write(lines: string): void {
    this.open();
    if (this.waiting.length + lines.length > MAX_WAITING_CHARACTERS) {
      this.lose(lines);
      return;
    }
    this.waiting += lines;
    this.passSoon();
  }

  /** Passes on the output of another process in whole lines. */
  take(from: Readable): void {
    let rest = '';
    from.setEncoding('utf8');
    from.on('data', (text: string) => {
      const end = text.lastIndexOf('\n') + 1;
      if (end > 0) this.write(rest + text.slice(0, end));
      rest = end > 0 ? text.slice(end) : rest + text;
    });
    from.on('end', () => {
      if (rest !== '') this.write(`${rest}\n`);
    });
    from.on('error', () => undefined);
  }

  /** Resolves once everything is written, or after `withinMs`. */
  async flush(withinMs: number): Promise<void> {
    this.pass();
    if (!this.isBusy) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.flushing.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private passSoon(): void {
    if (this.waiting.length >= BLOCK_CHARACTERS || this.flushing.length > 0) this.pass();
    else if (this.waiting !== '') this.timer ??= setTimeout(() => this.pass(), WITHIN_MS).unref();
  }

  private pass(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isBusy) return;
    if (this.waiting === '') {
      for (const done of this.flushing.splice(0)) done();
      return;
    }
    const block = this.waiting;
    this.waiting = '';
    this.isBusy = true;
    if (this.stream === undefined) this.writeFile(Buffer.from(block));
    else this.writeStream(this.stream, block);
  }

  private writeStream(stream: Socket, block: string): void {
    stream.write(block, (error) => {
      if (error === null || error === undefined) return this.onWritten();
      this.lose(block);
      this.later(() => {
        this.isBusy = false;
        this.passSoon();
      });
    });
  }

  private writeFile(bytes: Buffer): void {
    write(this.fd, bytes, (error, written) => {
      if (error !== null) return this.later(() => this.writeFile(bytes));
      if (written < bytes.length) return this.writeFile(bytes.subarray(written));
      this.onWritten();
    });
  }

  private onWritten(): void {
    this.isBusy = false;
    this.passSoon();
    // only now, since the waiting text had left no room for this line
    if (this.unreported === 0) return;
    const lines = this.unreported;
    this.unreported = 0;
    this.onLost(lines);
  }

  private later(again: () => void): void {
    setTimeout(again, TRY_AGAIN_MS).unref();
  }

  private lose(text: string): void {
    const lines = text.split('\n').length - 1;
    lost += lines;
    this.unreported += lines;
  }

  /** Writes what still waits when the process ends, if that needs no waiting. */
  private writeLast(): void {
    if (this.waiting === '' || this.isBusy) return;
    try {
      if (this.stream === undefined) writeSync(this.fd, this.waiting);
      else this.stream.write(this.waiting);
    } catch {
      // it is too late to tell anybody
    }
  }
}

/** In Node, writing to a terminal waits, so a paused one (Ctrl+S) would stop the process. */
function unblocked<T extends Socket>(stream: T): T {
  const { _handle: handle } = stream as { _handle?: { setBlocking?: (isBlocking: boolean) => void } };
  if ('isTTY' in stream && stream.isTTY === true) handle?.setBlocking?.(false);
  return stream;
}
