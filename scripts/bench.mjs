import './node-version.mjs';
import './end-with-npm.mjs';
import { build } from './build.mjs';

await build();
process.setSourceMapsEnabled(true);
await import('../dist/bench/main.js');
