import { organizationAt } from '../../simulator/organization.js';
import type { Simulator } from '../../simulator/simulator.js';
import { type SimulatorOptions, startSimulator } from '../../simulator/start.js';
import type { GapDto, GapPageDto, RunDto } from '../../src/reconciliation/reconciliation.dto.js';
import type { RunState } from '../../src/reconciliation/reconciliation.types.js';
import { CLIENT, startApp, type TestApp } from '../harness/app.js';
import { type Ask, callerWithAll } from '../harness/clients.js';
import { eventually } from '../harness/processes.js';

const PATIENCE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Rollcall beside a stand-in for eNROLL that it may ask. */
export interface Reconciled {
  simulator: Simulator;
  rollcall: TestApp;
  ask: Ask;
  /** Asks for the last days by a run, and waits for its end. */
  run(body?: object): Promise<RunDto>;
  /** Starts a run of the last days. */
  start(body?: object): Promise<RunDto>;
  until(id: string, ...states: RunState[]): Promise<RunDto>;
  gaps(query?: string): Promise<GapDto[]>;
  stop(): Promise<void>;
}

export async function startReconciled(
  options: SimulatorOptions = {},
  env: Record<string, string> = {},
  route?: (databaseUrl: string) => Promise<string>,
): Promise<Reconciled> {
  const simulator = await startSimulator({ ...options });
  const rollcall = await startApp({
    env: {
      ENROLL_BASE_URL: simulator.url,
      ENROLL_TENANT_ID: simulator.tenantId,
      ENROLL_TENANT_SECRET: simulator.tenantSecret,
      ...env,
    },
    ...(route !== undefined && { route }),
  });
  simulator.register(organizationAt(rollcall.url, { clientId: CLIENT.id, clientSecret: CLIENT.secret }));
  const ask = callerWithAll(rollcall);
  // what is healed has images: fetching them would cost more than all the rest
  await ask('/api/v1/images/pause', { method: 'POST', body: '{}' });
  const start = async (body: object = {}) => {
    const range = { from: daysFromNow(-40), to: daysFromNow(1) };
    const { status, body: run } = await ask<RunDto>('/api/v1/reconciliation/runs', {
      method: 'POST',
      body: JSON.stringify({ ...range, ...body }),
    });
    if (status !== 202) throw new Error(`the run was answered ${status} ${JSON.stringify(run)}`);
    return run;
  };
  const until = (id: string, ...states: RunState[]) =>
    eventually(async () => {
      const { body } = await ask<RunDto>(`/api/v1/reconciliation/runs/${id}`);
      return states.includes(body.state) ? body : undefined;
    }, PATIENCE_MS);
  return {
    simulator,
    rollcall,
    ask,
    start,
    until,
    run: async (body) => until((await start(body)).id, 'completed', 'failed'),
    gaps: async (query = '') => {
      const items: GapDto[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const path = `/api/v1/reconciliation/gaps?limit=200${query}${cursor && `&cursor=${cursor}`}`;
        const page: GapPageDto = (await ask<GapPageDto>(path)).body;
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    },
    stop: async () => {
      await rollcall.stop();
      await simulator.close();
    },
  };
}

export function daysFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}
