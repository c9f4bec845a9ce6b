import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

const FOLDER = join(projectRoot, 'clients/typescript');

test('compiles with the types of the platform alone, and plain Node imports what its package.json exports', () => {
  const tsc = createRequire(__filename).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', FOLDER], { stdio: 'pipe' });
  const script = `console.log(Object.keys(await import('@rollcall/client')).join())`;
  const names = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: FOLDER });
  expect(names.toString().trim().split(',').sort()).toEqual([
    'RefusedError',
    'SignatureError',
    'SignatureHeaderError',
    'SignatureMismatchError',
    'SignatureTimestampError',
    'createRollcallClient',
    'readFeed',
    'verifySignature',
  ]);
});
