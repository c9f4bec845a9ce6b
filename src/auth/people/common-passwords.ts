import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { projectRoot } from '../../config/root.js';

const FILE = join(projectRoot, 'data', 'common-passwords.txt.gz');
let common: ReadonlySet<string> | undefined;

/**
 * Whether it is among the 43,804 commonest leaked passwords of twelve characters and more, in upper or lower case (ASVS 6.2.4 and
 * 6.2.12). Source: data/README.md. The first question reads the file, in about 40 ms.
 */
export function isCommonPassword(password: string): boolean {
  common ??= new Set(gunzipSync(readFileSync(FILE)).toString().trimEnd().split('\n'));
  return common.has(password.normalize('NFKC').toLowerCase());
}
