import { performance } from 'node:perf_hooks';
import type { Metrics } from './metrics.js';

const BUSY_ABOVE = 0.8;
const MIN_CALLBACKS = 5;
const WINDOW_MS = 100;

/** Says whether callbacks keep the event loop of this process busy. */
export class EventLoopPressure {
  private utilization = performance.eventLoopUtilization();
  private callbacks: number;
  private sampledMs = performance.now();
  private wasHigh = false;

  constructor(private readonly metrics: Pick<Metrics, 'answeredCallbacks'>) {
    this.callbacks = metrics.answeredCallbacks;
  }

  /** Whether it was high in the last tenth of a second. Without callbacks it is not, however busy the loop is. */
  isHigh(): boolean {
    const now = performance.now();
    if (now - this.sampledMs < WINDOW_MS) return this.wasHigh;
    const utilization = performance.eventLoopUtilization();
    const { answeredCallbacks } = this.metrics;
    const isBusy = performance.eventLoopUtilization(utilization, this.utilization).utilization > BUSY_ABOVE;
    this.wasHigh = isBusy && answeredCallbacks - this.callbacks >= MIN_CALLBACKS;
    this.utilization = utilization;
    this.callbacks = answeredCallbacks;
    this.sampledMs = now;
    return this.wasHigh;
  }
}
