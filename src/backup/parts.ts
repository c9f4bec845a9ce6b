import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError } from './backup.errors.js';
import type { PartFile } from './manifest.js';

/** Its fastest level still takes 40 MB/s of a core at most, so sealed bytes, which hardly shrink, go without. */
const GZIP = { level: 1, chunkSize: 262_144 };
const ZIPPED = '.gz';

/**
 * Writes a stream into a file, which is durable once this resolves. The hash is that of the file, as `sha256sum` shows it.
 * @param file is compressed where its name ends with `.gz`
 * @param onChunk is called now and then
 */
export async function writePart(
  source: Readable,
  folder: string,
  file: string,
  onChunk: () => void = () => undefined,
): Promise<PartFile> {
  const hashing = new Hashing(onChunk);
  const target = createWriteStream(join(folder, file), { flags: 'wx', mode: 0o600, flush: true });
  if (file.endsWith(ZIPPED)) await pipeline(source, createGzip(GZIP), hashing.step, target);
  else await pipeline(source, hashing.step, target);
  return { file, ...hashing.sum() };
}

/**
 * Hands the content of a part to `target`, which must not keep it where this throws: the hash is known at the end.
 * @throws BackupError BACKUP_DAMAGED
 */
export async function readPart(
  part: PartFile,
  folder: string,
  target: Writable,
  onChunk?: () => void,
): Promise<void> {
  const hashing = new Hashing(onChunk);
  const source = createReadStream(join(folder, part.file), { highWaterMark: GZIP.chunkSize });
  try {
    if (part.file.endsWith(ZIPPED)) await pipeline(source, hashing.step, createGunzip(GZIP), target);
    else await pipeline(source, hashing.step, target);
  } catch (error) {
    // where the file was changed, that is the news, and not what gunzip or the database say to it
    await checkPart(part, folder);
    throw error;
  }
  judge(part, hashing.sum());
}

/** @throws BackupError BACKUP_DAMAGED */
export async function checkPart(part: PartFile, folder: string): Promise<void> {
  const hashing = new Hashing();
  try {
    await pipeline(
      createReadStream(join(folder, part.file)),
      hashing.step,
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const _ of chunks);
      },
    );
  } catch (cause) {
    throw new BackupError('BACKUP_DAMAGED', `${part.file} cannot be read`, { cause });
  }
  judge(part, hashing.sum());
}

function judge({ file, sha256 }: PartFile, found: { sha256: string }): void {
  if (found.sha256 !== sha256)
    throw new BackupError('BACKUP_DAMAGED', `${file} is not what was backed up: its SHA-256 differs`);
}

/** Counts and hashes what passes. */
class Hashing {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly onChunk: () => void = () => undefined) {}

  /** Of a pipeline. */
  readonly step = (chunks: AsyncIterable<Buffer>) => this.pass(chunks);

  sum(): Pick<PartFile, 'bytes' | 'sha256'> {
    return { bytes: this.bytes, sha256: this.hash.digest('hex') };
  }

  private async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.hash.update(chunk);
      this.bytes += chunk.length;
      this.onChunk();
      yield chunk;
    }
  }
}
