import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { projectRoot } from '../../src/config/root.js';

const PACKED = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin');
const FOLDER = join(projectRoot, 'node_modules', '.cache', 'chromium');

/** A Chromium, and what it needs around it. */
interface Chromium {
  executablePath: string;
  env: Record<string, string>;
}

/**
 * The Chromium that npm has brought, with the libraries and fonts that a bare machine lacks; unpacked once. The package's own way
 * would let two processes that start at once run half a file. Undefined where it does not run: there the system's Chrome is used.
 */
export async function packedChromium(): Promise<Chromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  if (!existsSync(FOLDER)) await unpack();
  return {
    executablePath: join(FOLDER, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib'),
      ...(!existsSync('/etc/fonts') && { FONTCONFIG_PATH: join(FOLDER, 'fonts') }),
    },
  };
}

async function unpack(): Promise<void> {
  await mkdir(dirname(FOLDER), { recursive: true });
  const unpacked = await mkdtemp(`${FOLDER}-`);
  await unzip('chromium.br', join(unpacked, 'chromium'));
  await chmod(join(unpacked, 'chromium'), 0o755);
  for (const name of ['al2023', 'fonts']) {
    const tar = join(unpacked, `${name}.tar`);
    await unzip(`${name}.tar.br`, tar);
    await mkdir(join(unpacked, name));
    await promisify(execFile)('tar', ['-xf', tar, '-C', join(unpacked, name)]);
    await rm(tar);
  }
  // another process may have been as fast
  await rename(unpacked, FOLDER).catch(() => rm(unpacked, { recursive: true }));
}

async function unzip(name: string, to: string): Promise<void> {
  await pipeline(createReadStream(join(PACKED, name)), createBrotliDecompress(), createWriteStream(to));
}
