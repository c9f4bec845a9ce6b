import './node-version.mjs';
import './end-with-npm.mjs';
import { build } from './build.mjs';
import { readEnvFile } from './env-file.mjs';

const fromFile = readEnvFile();
if (fromFile > 0 && process.stderr.isTTY) process.stderr.write(`${fromFile} settings come from .env\n`);
await build();
process.setSourceMapsEnabled(true);
await import('../dist/src/main.js');
