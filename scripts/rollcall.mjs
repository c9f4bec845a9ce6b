import './node-version.mjs';
import './end-with-npm.mjs';
import { build } from './build.mjs';
import { readEnvFile } from './env-file.mjs';

readEnvFile();
await build();
process.setSourceMapsEnabled(true);
await import('../dist/src/cli/main.js');
