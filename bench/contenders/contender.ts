import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../cluster.js';
import { median } from '../figures.js';
import { cpuOfPostgres, cpuOfProcess } from '../processes.js';

/** One interval of one contender; CPU in microseconds per applicant, NaN where it cannot be measured. */
export interface Round {
  applicantsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  serverCpuUs: number;
  postgresCpuUs: number;
}

/** One way to get applicants into Postgres. */
export interface Contender {
  run(seconds: number): Promise<Round>;
  stop(): Promise<void>;
}

/** Backends of pgbench end after it: until they are reaped, their CPU time is nowhere. */
const SETTLE_MS = 200;

/** What an interval wrote, and the CPU time that went into it. */
export async function withCpu(
  database: Database,
  serverPid: number,
  interval: () => Promise<Omit<Round, 'serverCpuUs' | 'postgresCpuUs'> & { applicants: number }>,
): Promise<Round> {
  const [serverBefore, postgresBefore] = [cpuOfProcess(serverPid), cpuOfPostgres(database.backendPid)];
  const { applicants, ...round } = await interval();
  await pause(SETTLE_MS);
  const perApplicant = (seconds: number): number => (seconds / applicants) * 1e6;
  return {
    ...round,
    serverCpuUs: perApplicant(cpuOfProcess(serverPid) - serverBefore),
    postgresCpuUs: perApplicant(cpuOfPostgres(database.backendPid) - postgresBefore),
  };
}

/** Rounds in turn, so that whatever else the machine does meets all contenders alike. */
export async function alternate<Name extends string>(
  contenders: Partial<Record<Name, Contender>>,
  rounds: number,
  seconds: number,
): Promise<Partial<Record<Name, Round[]>>> {
  const results: Partial<Record<Name, Round[]>> = {};
  for (let round = 0; round < rounds; round++) {
    for (const [name, contender] of Object.entries<Contender | undefined>(contenders)) {
      if (contender === undefined) continue;
      const of = (results[name as Name] ??= []);
      of.push(await contender.run(seconds));
    }
  }
  return results;
}

/** The median of one figure over rounds. */
export function middle(rounds: Round[], figure: keyof Round): number {
  return median(rounds.map((round) => round[figure]));
}

/** Ratios of rounds that were next to each other. */
export function ratios(rounds: Round[], base: Round[]): number[] {
  return rounds.map((round, at) => round.applicantsPerSecond / (base[at]?.applicantsPerSecond ?? Number.NaN));
}
