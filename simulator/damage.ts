import type { Fault } from './misbehaviour.js';

/** Stands for an image too large to hold; JSON leaves it as it is. */
const HUGE_IMAGE = '@@huge-image@@';
const CHUNK_BYTES = 768 * 1024;
const JPEG_START = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

/** What the faults of one call do to its answer. */
export class Damage {
  readonly cuts: boolean;
  private readonly truncates: boolean;
  private readonly hugeBytes: number | undefined;

  constructor(faults: readonly Fault[]) {
    this.cuts = faults.some(({ kind }) => kind === 'cut');
    this.truncates = faults.some(({ kind }) => kind === 'truncatedBase64');
    this.hugeBytes = faults.find((fault) => fault.kind === 'hugeImage')?.bytes;
  }

  get inflates(): boolean {
    return this.hugeBytes !== undefined;
  }

  /** An image's base64 as it goes out: whole, or ended in the middle of a group of four. */
  base64(text: string): string {
    if (this.hugeBytes !== undefined) return HUGE_IMAGE;
    return this.truncates ? text.slice(0, (text.length >> 3) * 4 + 1) : text;
  }

  /** An answer's text with each huge image in its place, made while it is sent: memory stays flat. */
  *inflate(text: string): Generator<string> {
    const [first = '', ...rest] = text.split(HUGE_IMAGE);
    yield first;
    for (const piece of rest) {
      yield* hugeBase64(this.hugeBytes ?? 0);
      yield piece;
    }
  }
}

function* hugeBase64(bytes: number): Generator<string> {
  const chunk = Buffer.alloc(CHUNK_BYTES, 0x5a);
  JPEG_START.copy(chunk);
  for (let left = bytes; left > 0; left -= CHUNK_BYTES) {
    yield chunk.toString('base64', 0, Math.min(left, CHUNK_BYTES));
    chunk.fill(0x5a, 0, JPEG_START.length);
  }
}
