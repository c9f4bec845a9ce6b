import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './faults.js';
import type { Door } from './http-api.js';

/** The profile that is used where no other is named. */
export const DEFAULT_PROFILE = 'default';
const NAME = /^[\w-]{1,64}$/;

/** Whom `rollcall login` has logged in to: one file each, which its owner alone may read. */
export class Profiles {
  constructor(private readonly folder: string) {}

  has(name: string): boolean {
    return existsSync(this.fileOf(name));
  }

  /** @throws UsageError where there is none, or others may read it */
  read(name: string): Door {
    if (!this.has(name))
      throw new UsageError(`There is no profile "${name}": rollcall login --profile ${name}`);
    try {
      const { url, key } = JSON.parse(readFileSync(this.fileOf(name), 'utf8')) as Partial<Door>;
      if (typeof url === 'string' && typeof key === 'string') return { url, key };
    } catch {
      // said below: a message of the parser would repeat the key
    }
    throw new UsageError(`${this.fileOf(name)} cannot be read: log in again`);
  }

  /** @returns the file */
  write(name: string, door: Door): string {
    const file = this.fileOf(name);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(door, null, 2)}\n`, { mode: 0o600 });
    chmodSync(draft, 0o600);
    renameSync(draft, file);
    return file;
  }

  /** @returns whether there was one */
  remove(name: string): boolean {
    if (!this.has(name)) return false;
    rmSync(this.fileOf(name));
    return true;
  }

  private fileOf(name: string): string {
    if (!NAME.test(name)) throw new UsageError('A profile is named by letters, digits, "-" and "_"');
    return join(this.folder, `${name}.json`);
  }
}
