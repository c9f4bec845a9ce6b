import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const FILE = /^(\d{13})-([a-z0-9-]+)\.sql$/;
const OUTSIDE = /^-- no transaction\s*$/m;
const NEXT = /^-- next\s*$/m;
const BREAKS = /^-- breaks: *(.+?)\s*$/m;

/**
 * One file `migrations/<milliseconds>-<name>.sql`. Some of its lines say how it runs:
 * - `-- no transaction`, the first line: its parts run one by one, each on its own. After a killed run the file starts
 *   again, so each part must be safe to run twice.
 * - `-- next`: separates two parts. A part is one statement, or several that are applied together.
 * - `-- breaks: <what older releases can no longer do>`: a release that does not know the file refuses to start.
 */
export interface MigrationFile {
  /** As TypeORM records it, e.g. `core1764000000001`. */
  name: string;
  fileName: string;
  transaction: boolean;
  /** One part, unless the file runs without a transaction. */
  parts: string[];
  breaks: string | undefined;
}

export function migrationFiles(folder: string): MigrationFile[] {
  return readdirSync(folder)
    .sort()
    .flatMap((fileName) => {
      const [, timestamp, name] = FILE.exec(fileName) ?? [];
      return timestamp === undefined || name === undefined
        ? []
        : [readMigration(join(folder, fileName), `${camelCase(name)}${timestamp}`)];
    });
}

function readMigration(path: string, name: string): MigrationFile {
  const text = readFileSync(path, 'utf8');
  const transaction = OUTSIDE.exec(text)?.index !== 0;
  return {
    name,
    fileName: basename(path),
    transaction,
    parts: transaction ? [text] : text.split(NEXT).filter((part) => withoutComments(part) !== ''),
    breaks: BREAKS.exec(text)?.[1],
  };
}

/** The text without lines that are only a comment. */
export function withoutComments(sql: string): string {
  return sql.replace(/^\s*--.*$/gm, '').trim();
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
