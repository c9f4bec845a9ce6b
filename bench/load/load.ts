import { percentile, sum } from '../figures.js';
import type { Applicants } from './applicants.js';
import { Lane, type Plan } from './lane.js';

/** What one interval of load came to. */
export interface Measured {
  seconds: number;
  callbacks: number;
  applicants: number;
  applicantsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Steady load of one plan on one server; the applicants that it has sent are known from one interval to the next. */
export class Load {
  private readonly lanes: Lane[];

  constructor(
    private readonly port: number,
    token: string,
    applicants: Applicants,
    plan: Plan,
  ) {
    this.lanes = Array.from(
      { length: plan.connections },
      (_, lane) => new Lane(applicants, plan, lane, token),
    );
  }

  async run(seconds: number): Promise<Measured> {
    const startedMs = performance.now();
    const tallies = await Promise.all(
      this.lanes.map((lane) => lane.run(this.port, { untilMs: startedMs + seconds * 1000 })),
    );
    const took = (performance.now() - startedMs) / 1000;
    const applicants = sum(tallies.map((tally) => tally.applicants));
    const latencies = tallies.flatMap((tally) => tally.latenciesMs).sort((a, b) => a - b);
    return {
      seconds: took,
      callbacks: sum(tallies.map((tally) => tally.callbacks)),
      applicants,
      applicantsPerSecond: applicants / took,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
    };
  }
}
