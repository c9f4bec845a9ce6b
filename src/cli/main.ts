#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { tryAddressesPatiently } from '../config/connecting.js';
import { runCommand } from './program.js';

const LINGER_MILLISECONDS = 3000;

// The heap may double between two full collections, not grow fourfold: a backfill of 100,000 applicants takes 270 MB
// instead of 420, at the same rate. V8 reads the flag at each collection.
setFlagsFromString('--heap-growing-percent=100');

// through `exit`, so that a database server that was started for this command stops with it
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
tryAddressesPatiently();
// `rollcall … | head` is not a failure
process.stdout.on('error', ({ code = 'failed' }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(0);
  process.stderr.write(`The output could not be written (${code})\n`);
  process.exit(1);
});
// a lost note on standard error is no reason to stop
process.stderr.on('error', () => undefined);

process.exitCode = await runCommand(process.argv.slice(2));
setTimeout(() => process.exit(), LINGER_MILLISECONDS).unref();
