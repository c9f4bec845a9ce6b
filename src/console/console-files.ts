import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** One built file, as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Compressed by the build; absent where it would gain nothing. */
  readonly zipped: Buffer | undefined;
}

/** The console as it was built: a few megabytes, read once, so that no stranger makes a process open files. */
export class ConsoleFiles {
  /** Undefined where the console is not built. */
  readonly page: string | undefined;
  private readonly assets = new Map<string, ConsoleFile>();

  /** @param folder where the build puts it */
  constructor(folder: string) {
    const page = join(folder, 'index.html');
    if (!existsSync(page)) return;
    this.page = readFileSync(page, 'utf8');
    const assets = join(folder, 'assets');
    const names = new Set(readdirSync(assets));
    for (const name of names) {
      const type = TYPES[extname(name)];
      if (type === undefined) continue;
      const zipped = names.has(`${name}.gz`) ? readFileSync(join(assets, `${name}.gz`)) : undefined;
      this.assets.set(name, { type, bytes: readFileSync(join(assets, name)), zipped });
    }
  }

  /** @param name of a file in the folder `assets` */
  asset(name: string): ConsoleFile | undefined {
    return this.assets.get(name);
  }
}
