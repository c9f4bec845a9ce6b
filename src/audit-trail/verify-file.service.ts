import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ChainWalk, type Tampering } from './chain.js';
import { endFault, headFault } from './heads.js';

const BEGINNING = z.object({
  audit: z.string(),
  first: z.int(),
  last: z.int(),
  before: z.string().regex(/^[0-9a-f]{64}$/),
  keys: z.array(z.record(z.string(), z.unknown())),
});
const LINE = z.union([
  z.object({
    n: z.int(),
    hash: z.string(),
    id: z.string(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    reason: z.string().nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  }),
  z.object({ head: z.string() }),
  z.object({ end: z.string() }),
]);

/** What an exported file shows. `line` counts from 1. */
export interface FileVerdict {
  issuer: string;
  first: number;
  last: number;
  heads: number;
  tampering: (Tampering & { line: number }) | null;
}

/**
 * Follows the chain of an exported file, without a database.
 * @param trusted the public keys of the installation, fetched apart; else those that the file brings along
 * @throws Error where the file is not an export of the audit
 */
export async function verifyFile(path: string, trusted?: readonly object[]): Promise<FileVerdict> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  let file: ExportedChain | undefined;
  for await (const text of lines) {
    if (file === undefined) file = ExportedChain.begin(path, text);
    else if (file.take(text) !== null) break;
  }
  if (file === undefined) throw noExport(path);
  return file.verdict(trusted ?? file.beginning.keys);
}

/** The lines of a file, taken one by one. */
class ExportedChain {
  private readonly walk: ChainWalk;
  private readonly hashes = new Map<number, string>();
  private readonly signed: { jws: string; line: number; isEnd: boolean }[] = [];
  private line = 1;
  private tampering: FileVerdict['tampering'] = null;

  private constructor(readonly beginning: z.infer<typeof BEGINNING>) {
    const { first, before } = beginning;
    this.walk = new ChainWalk(first - 1, before);
    this.hashes.set(first - 1, before);
  }

  /** @throws Error where this is not the first line of an export */
  static begin(path: string, text: string): ExportedChain {
    const read = BEGINNING.safeParse(parsed(text));
    if (!read.success) throw noExport(path);
    return new ExportedChain(read.data);
  }

  /** @returns what is wrong with this line */
  take(text: string): FileVerdict['tampering'] {
    this.line += 1;
    const { data } = LINE.safeParse(parsed(text));
    if (data === undefined) return this.broken({ n: this.walk.n + 1, entry: null, what: 'changed' });
    if ('n' in data) {
      const tampering = this.walk.take(data);
      if (tampering !== undefined) return this.broken(tampering);
      this.hashes.set(this.walk.n, this.walk.hash);
    } else {
      const isEnd = 'end' in data;
      this.signed.push({ jws: isEnd ? data.end : data.head, line: this.line, isEnd });
    }
    return null;
  }

  async verdict(keys: readonly object[]): Promise<FileVerdict> {
    const { audit: issuer, first, last, before } = this.beginning;
    const isWhole = this.signed.some(({ isEnd }) => isEnd) && this.walk.n >= last;
    if (this.tampering === null && !isWhole) {
      this.line += 1;
      this.broken({ n: this.walk.n + 1, entry: null, what: 'removed' });
    }
    const { n, hash } = this.walk;
    for (const { jws, line, isEnd } of this.tampering === null ? this.signed : []) {
      const isFalse = isEnd
        ? await endFault(jws, keys, { first, before, n, hash })
        : await headFault(jws, keys, this.hashes);
      if (isFalse) this.tampering ??= { n: this.walk.n, entry: null, what: 'signature', line };
    }
    return { issuer, first, last, heads: this.signed.length, tampering: this.tampering };
  }

  private broken(tampering: Tampering): FileVerdict['tampering'] {
    this.tampering = { ...tampering, line: this.line };
    return this.tampering;
  }
}

function noExport(path: string): Error {
  return new Error(`${path} is no export of the audit`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
