#!/usr/bin/env node
import { createWriteStream, type WriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { readWishes, UsageError, type Wishes } from './command.js';
import type { Listeners } from './callbacks.js';
import { Output } from './output.js';
import type { Simulator } from './simulator.js';
import { startSimulator } from './start.js';

const stopped = new AbortController();
process.once('SIGINT', () => stopped.abort());
process.once('SIGTERM', () => stopped.abort());

process.exitCode = await run(process.argv.slice(2));

async function run(argv: readonly string[]): Promise<number> {
  try {
    return await simulate(readWishes(argv));
  } catch (error) {
    if (!(error instanceof UsageError && error.shown))
      process.stderr.write(`simulator: ${(error as Error).message}\n`);
    return error instanceof UsageError ? error.exitCode : 1;
  }
}

async function simulate(wishes: Wishes): Promise<number> {
  const output = new Output(wishes.json);
  const simulator = await startSimulator(wishes.simulator);
  try {
    if (wishes.remember > 0) {
      simulator.remember(wishes.remember, Date.now() - wishes.rememberDays * 86_400_000);
    }
    output.listening(simulator);
    const good = wishes.count === 0 || (await enroll(simulator, wishes, output));
    if (!wishes.exit && !stopped.signal.aborted) await once(stopped.signal, 'abort');
    return good ? 0 : 1;
  } finally {
    await simulator.close();
  }
}

/** True where every answer was the one the contract asks for. */
async function enroll(simulator: Simulator, wishes: Wishes, output: Output): Promise<boolean> {
  const tests = wishes.test ? await simulator.test() : { success: 200, fail: 200 };
  if (wishes.test) output.tested(tests);
  const acknowledgements = wishes.ackFile === undefined ? undefined : createWriteStream(wishes.ackFile);
  const report = await simulator.enroll(wishes.count, {
    mix: wishes.mix,
    delivery: wishes.delivery,
    acknowledged: acknowledgements && writeTo(acknowledgements),
    progress: (sofar) => output.progress(sofar),
    signal: stopped.signal,
  });
  if (acknowledgements !== undefined) await closed(acknowledgements);
  if (wishes.withheldFile !== undefined) {
    writeFileSync(wishes.withheldFile, `${JSON.stringify(simulator.withheld(), null, 2)}\n`);
  }
  output.report(report, simulator.state());
  return report.surprises === 0 && tests.success === 200 && tests.fail === 200;
}

function writeTo(stream: WriteStream): NonNullable<Listeners['acknowledged']> {
  return ({ enrollment: { applicantId }, revision, isUpdate }, { id, scenario }) =>
    stream.write(`${JSON.stringify({ applicantId, revision, isUpdate, scenario, callback: id })}\n`);
}

async function closed(stream: WriteStream): Promise<void> {
  stream.end();
  await once(stream, 'close');
}
