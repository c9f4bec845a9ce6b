import { Injectable } from '@nestjs/common';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { errnoOf, reasonOf } from '../db/errors.js';

const OWNER_ONLY = 0o600;
const KEYS = 'keys';
const CREDENTIALS = 'credentials.json';
const Credentials = z.object({ clientId: z.string(), clientSecret: z.string(), apiKey: z.string() });

/** The first client's credentials and the first API key, if none were configured. */
export type LocalCredentials = z.infer<typeof Credentials>;

/** The generated secrets cannot be kept. The message names the fix. */
class DataFolderError extends Error {
  readonly code = 'DATA_DIR_UNUSABLE';
  constructor(folder: string, cause: unknown) {
    super(
      `The folder ${folder} cannot be used (${reasonOf(cause)}). Make it readable and writable, point ROLLCALL_DATA_DIR at ` +
        'another folder, or set ROLLCALL_KEYS, ROLLCALL_CLIENT_ID, ROLLCALL_CLIENT_SECRET and ROLLCALL_API_KEY.',
      { cause },
    );
  }
}

/**
 * Secrets that Rollcall makes itself outside production. They are kept in the data directory, readable only by its owner, so
 * that every start uses the same ones.
 */
@Injectable()
export class LocalSecrets {
  private readonly folder: string;

  constructor(config: Config) {
    this.folder = resolve(config.env.ROLLCALL_DATA_DIR);
  }

  /** `<data dir>/keys`: a key ring, of one key where this call makes it. */
  keyRing(): string {
    return this.readOrCreate(KEYS, () => `local:${randomBytes(32).toString('base64')}\n`).trim();
  }

  /** Where the key ring is kept. */
  get keysFile(): string {
    return join(this.folder, KEYS);
  }

  /** Puts another key before those of the ring. A crash leaves the ring of before or this one. */
  putFirst(pair: string): void {
    const ring = `${pair},${this.keyRing()}\n`;
    const draft = `${this.keysFile}.${randomUUID()}`;
    const file = openSync(draft, 'wx', OWNER_ONLY);
    try {
      writeFileSync(file, ring);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, this.keysFile);
  }

  hasKeyRing(): boolean {
    return readIfThere(join(this.folder, 'keys')) !== undefined;
  }

  /**
   * `<data dir>/credentials.json`, made at the first call.
   * @param create runs only if nothing is kept yet
   */
  credentials(create: () => LocalCredentials): LocalCredentials {
    const text = this.readOrCreate(CREDENTIALS, () => `${JSON.stringify(create(), null, 2)}\n`);
    return Credentials.parse(JSON.parse(text));
  }

  /** The same where they were made already, for a command. */
  madeCredentials(): LocalCredentials | undefined {
    const text = readIfThere(join(this.folder, CREDENTIALS));
    return text === undefined ? undefined : Credentials.parse(JSON.parse(text));
  }

  /** If several processes start at once, the first one wins: a link never replaces an existing name. */
  private readOrCreate(name: string, create: () => string): string {
    const path = join(this.folder, name);
    try {
      const kept = readIfThere(path);
      if (kept !== undefined) return kept;
      mkdirSync(this.folder, { recursive: true });
      publish(path, create());
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new DataFolderError(this.folder, error);
    }
  }
}

function publish(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: OWNER_ONLY, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
