import './node-version.mjs';
import './end-with-npm.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, root } from './build.mjs';
import { consoleSizes, MAX_FIRST_LOAD_KB, MAX_LAZY_KB } from './console-sizes.mjs';

// the browser of the tests, which is written in TypeScript
register('../test/harness/typescript-loader.mjs', import.meta.url);
const { axeViolations, languageSwitchMs, lighthouseScores, listMs, liveMs, takePictures } =
  await import('./console-measures.mjs');
const { openBrowser } = await import('../test/harness/browser.ts');

const HELP = `npm run console:check -- [--link URL] [--count 500] [--only sizes,axe,times,lighthouse] [--json]

Builds the console, starts a demo of its own, and measures what docs/console.md promises; the exit code is 1 where a bar is missed.
--link: the one-time link of a server that runs already, as one with a million applicants. Lighthouse runs where it is installed:
npm install --no-save lighthouse@12.8.2
--only pictures makes those of README.md anew.`;

const REST_WITHIN_MS = 180_000;
const PARTS = ['sizes', 'axe', 'times', 'lighthouse'];

const { values } = parseArgs({
  options: {
    link: { type: 'string' },
    count: { type: 'string', default: '500' },
    only: { type: 'string', default: PARTS.join() },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else await check();

async function check() {
  const parts = values.only.split(',');
  await build();
  const results = parts.includes('sizes') ? sizes() : [];
  if (parts.some((part) => part !== 'sizes')) {
    const demo = values.link === undefined ? await startDemo() : { link: values.link, stop: () => undefined };
    try {
      results.push(...(await inBrowser(demo.link, parts)));
    } finally {
      await demo.stop();
    }
  }
  tell(results);
}

function sizes() {
  const { pages, lazy } = consoleSizes(join(root, 'dist', 'console'));
  return [
    atMost('first load, largest page', pages[0].kb, MAX_FIRST_LOAD_KB, 'kB', pages[0].page),
    atMost('file loaded later, largest', lazy[0].kb, MAX_LAZY_KB, 'kB', lazy[0].file),
  ];
}

async function inBrowser(link, parts) {
  const port = await freePort();
  const base = link.replace(/first#.*/, '');
  const browser = await openBrowser([`--remote-debugging-port=${port}`]);
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.locator('nav').first().waitFor();
    await page.waitForFunction(isAtRest, base, { timeout: REST_WITHIN_MS, polling: 1_000 });
    const session = {
      browser,
      port,
      base,
      cookies: await page.context().cookies(),
    };
    const results = [];
    if (parts.includes('times')) {
      const { coldMs, filterMs } = await listMs(session);
      results.push(atMost('language switch', await languageSwitchMs(session), 300, 'ms'));
      results.push(atMost('applicants, rows visible', coldMs, 1500, 'ms'));
      results.push(atMost('applicants, filtered', filterMs, 400, 'ms'));
      results.push(atMost('live event on the screen', await liveMs(session), 2000, 'ms'));
    }
    if (parts.includes('axe')) {
      for (const { name, violations } of await axeViolations(session))
        results.push(atMost(`axe ${name}`, violations.length, 0, '', violations[0]));
    }
    if (parts.includes('pictures')) await takePictures(session, join(root, 'docs', 'pictures'));
    if (parts.includes('lighthouse')) results.push(...(await lighthouseResults(session)));
    return results;
  } finally {
    await browser.close();
  }
}

/** In the page: a server that still fetches the images of five hundred people shares the cores with the browser. */
async function isAtRest(base) {
  const answer = await fetch(new URL('../api/v1/images/status', base));
  return answer.ok && (await answer.json()).counts.wanted === 0;
}

async function lighthouseResults(session) {
  const scores = await lighthouseScores(session);
  if (scores === undefined) {
    console.error('lighthouse is not installed, and not run: npm install --no-save lighthouse@12.8.2');
    return [];
  }
  return scores.flatMap(({ name, performance, accessibility, bestPractices }) => [
    atLeast(`performance ${name}`, performance, 95),
    atLeast(`accessibility ${name}`, accessibility, 100),
    atLeast(`best practices ${name}`, bestPractices, 100),
  ]);
}

/** A demo with a database and ports of its own. @returns its one-time link, once all people are there */
async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-console-check-'));
  const ports = ['--port', await freePort(), '--simulator-port', await freePort()].map(String);
  const args = [...ports, '--count', values.count, '--withhold', '20', '--data-dir', join(folder, 'demo')];
  const demo = spawn(process.execPath, [join(root, 'scripts', 'demo.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (demo.exitCode === null) {
      demo.kill('SIGTERM');
      await once(demo, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  for await (const text of demo.stdout) {
    said += text;
    if (!said.includes('Ctrl+C stops both')) continue;
    demo.stdout.resume();
    return { link: /http\S+\/console\/first#\S+/.exec(said)[0], stop };
  }
  await stop();
  throw new Error(`the demo ended: ${said}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function atMost(what, value, bar, unit, note = '') {
  return { what, value: round(value), bar: `<= ${bar}`, unit, ok: value <= bar, note };
}

function atLeast(what, value, bar) {
  return { what, value: round(value), bar: `>= ${bar}`, unit: '', ok: value >= bar, note: '' };
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function tell(results) {
  if (results.some(({ ok }) => !ok)) process.exitCode = 1;
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else
    for (const { what, value, bar, unit, ok, note } of results)
      console.log(
        `${ok ? 'ok  ' : 'MISS'}  ${what.padEnd(44)} ${`${value} ${unit}`.padStart(10)}  ${bar.padEnd(8)} ${note}`,
      );
}
