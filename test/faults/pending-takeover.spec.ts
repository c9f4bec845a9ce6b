import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { loadConfig } from '../../src/config/config.js';
import { Committer } from '../../src/inbox/committer.js';
import type { Report } from '../../src/inbox/report.dto.js';
import { createServer } from '../../src/server.js';
import { KEYS, startApp } from '../harness/app.js';
import { eventually, startBuilt } from '../harness/processes.js';

jest.setTimeout(120_000);

const PART = 1000;

test('M8: the pending receipt of a killed worker is applied within ten seconds where another is idle', async () => {
  const rollcall = await startApp({ env: { ROLLCALL_ROLE: 'api' } });
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-takeover-'));
  const worker = { ROLLCALL_ROLE: 'worker', ROLLCALL_KEYS: KEYS, ROLLCALL_DATA_DIR: folder, PORT: '0' };
  // the second part takes so long that the kill comes in the middle of it
  await rollcall.sql(`
    create table held ();
    insert into held default values;
    create function hold() returns trigger language plpgsql as $$ begin
      if exists (select from held) and (select count(*) from applicants) > ${PART} then perform pg_sleep(7); end if;
      return null;
    end $$;
    create trigger hold after insert on changes for each statement execute function hold()`);
  jest.spyOn(rollcall.app.get(Committer), 'commit').mockRejectedValueOnce(new Error('a fault of ours'));
  const list = Array.from({ length: 3 * PART }, (_, n) => ({ applicantId: `taken-${n}`, status: 1 }));
  const report = (await (await rollcall.callback('success', list)).json()) as Report;
  expect(report).toMatchObject({ applied: 0, received: list.length });

  const killed = startBuilt('src/main.js', [], { ...worker, DATABASE_URL: rollcall.databaseUrl });
  killed.stdout?.resume();
  killed.stderr?.resume();
  const asleep = () => rollcall.sql("select from pg_stat_activity where wait_event = 'PgSleep'");
  await eventually(async () => (await asleep()).length > 0, 60_000);
  const config = loadConfig({
    ...worker,
    NODE_ENV: 'test',
    ROLLCALL_HOST: '127.0.0.1',
    ROLLCALL_LOG_LEVEL: 'silent',
  });
  const idle = await createServer(config, rollcall.databaseUrl, pino({ level: 'silent' }));
  await idle.init();
  const gone = once(killed, 'exit');
  killed.kill('SIGKILL');
  await gone;
  const killedMs = performance.now();
  await rollcall.sql('delete from held');
  const receipt = async () => (await rollcall.sql('select state, attempts, applied from receipts'))[0];
  await eventually(async () => (await receipt())?.state === 'applied' || undefined, 30_000);
  expect(performance.now() - killedMs).toBeLessThan(10_000);
  expect(await receipt()).toEqual({ state: 'applied', attempts: 2, applied: list.length });
  const [made] = await rollcall.sql('select count(*)::int as n, max(version) as newest from changes');
  expect(made).toEqual({ n: list.length, newest: 1 });
  await idle.close();
  await rollcall.stop();
  rmSync(folder, { recursive: true });
});
