import type { DeliveryReport } from './report.js';
import type { Simulator, SimulatorState } from './simulator.js';

/** What the command tells: text for people, or one line of JSON per event. Progress goes to stderr, and only to a terminal. */
export class Output {
  constructor(private readonly json: boolean) {}

  listening({ url, tenantId, tenantSecret }: Simulator): void {
    this.tell({ event: 'listening', url, tenantId, tenantSecret }, [
      `eNROLL's stand-in listens on ${url}`,
      `  ENROLL_BASE_URL=${url} ENROLL_TENANT_ID=${tenantId} ENROLL_TENANT_SECRET=${tenantSecret}`,
    ]);
  }

  tested(answers: { success: number; fail: number }): void {
    this.tell({ event: 'tested', ...answers }, [
      `Callback-Test: success URL ${answers.success}, fail URL ${answers.fail}`,
    ]);
  }

  progress({ callbacks, elements, elementsPerSecond }: DeliveryReport): void {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r${callbacks} callbacks, ${elements} elements, ${elementsPerSecond} elements/s `);
  }

  report(report: DeliveryReport, state: SimulatorState): void {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    this.tell({ event: 'report', ...report, held: state.held, withheld: state.withheld }, [
      `${report.callbacks} callbacks with ${report.elements} elements in ${report.durationMs / 1000} s: ` +
        `${report.callbacksPerSecond} callbacks/s, ${report.elementsPerSecond} elements/s`,
      `  answers      ${listed(report.byStatus)}`,
      `  scenarios    ${listed(report.byScenario)}`,
      `  acknowledged ${report.acknowledgedElements} elements; the organization says ${listed(report.answered)}`,
      `  latency      p50 ${report.latencyMs.p50} ms, p99 ${report.latencyMs.p99} ms, max ${report.latencyMs.max} ms`,
      `  retries ${report.retries}, token requests ${report.tokenRequests}, withheld ${listed(state.withheld)}`,
      ...report.firstSurprises.map(
        ({ scenario, expected, status, failure }) =>
          `  ! ${scenario}: ${status === 0 ? `no answer (${failure ?? '?'})` : status} instead of ${expected}`,
      ),
    ]);
  }

  private tell(event: Record<string, unknown>, lines: string[]): void {
    process.stdout.write(`${this.json ? JSON.stringify(event) : lines.join('\n')}\n`);
  }
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name}: ${count}`)
    .join(', ');
}
