import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorState } from '../simulator/simulator.js';
import { freePort } from './processes.js';

const LOOKS = 3000;
const LOOK_EVERY_MS = 20;

/** What `simulator/` tells its tenant, as settings of Rollcall. */
export const TENANT = {
  ENROLL_TENANT_ID: 'simulated-tenant',
  ENROLL_TENANT_SECRET: 'simulated-tenant-secret',
};

/** eNROLL's side as its own process. */
export class SimulatorProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /** @param flags of the command, e.g. `--remember 1000` */
  static async start(...flags: string[]): Promise<SimulatorProcess> {
    const port = await freePort();
    const program = join(import.meta.dirname, '..', 'simulator', 'main.js');
    const child = spawn(process.execPath, [program, '--port', String(port), ...flags], { stdio: 'ignore' });
    const simulator = new SimulatorProcess(child, `http://127.0.0.1:${port}`);
    for (let look = 0; look < LOOKS; look += 1) {
      if ((await simulator.state().catch(() => undefined)) !== undefined) return simulator;
      await pause(LOOK_EVERY_MS);
    }
    child.kill('SIGKILL');
    throw new Error('the simulator does not start');
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async state(): Promise<SimulatorState> {
    return (await (await fetch(`${this.url}/__simulator/state`)).json()) as SimulatorState;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}
