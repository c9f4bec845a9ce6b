import { performance } from 'node:perf_hooks';

const BUSY_ABOVE = 0.8;
const MIN_CALLBACKS = 5;
const WINDOW_MS = 100;

/** Tells when callbacks leave this process hardly a free moment. */
export class Rush {
  private utilization = performance.eventLoopUtilization();
  private callbacks: number;
  private sampledMs = performance.now();
  private was = false;

  /** @param answered counts the callbacks that this process has answered */
  constructor(private readonly answered: () => number) {
    this.callbacks = answered();
  }

  /** Whether it was so in the last tenth of a second. Without callbacks it is not, however busy the loop. */
  isOn(): boolean {
    const now = performance.now();
    if (now - this.sampledMs < WINDOW_MS) return this.was;
    const [utilization, callbacks] = [performance.eventLoopUtilization(), this.answered()];
    const isBusy = performance.eventLoopUtilization(utilization, this.utilization).utilization > BUSY_ABOVE;
    this.was = isBusy && callbacks - this.callbacks >= MIN_CALLBACKS;
    this.utilization = utilization;
    this.callbacks = callbacks;
    this.sampledMs = now;
    return this.was;
  }
}
