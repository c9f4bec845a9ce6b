import { readFileSync } from 'node:fs';

/** Imported ahead of everything else: on an older Node the next import would fail with something nobody can read. */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const wanted = engines.node.replace('>=', '');

if (wanted.localeCompare(process.versions.node, 'en', { numeric: true }) > 0) {
  process.stderr.write(
    `Rollcall needs Node ${wanted} or newer; this is ${process.versions.node}. Get it from https://nodejs.org, or by: nvm install\n`,
  );
  process.exit(1);
}
