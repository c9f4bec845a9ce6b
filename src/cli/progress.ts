const BAR_CHARACTERS = 30;
const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 100;

/** Progress on standard error: one bar that is redrawn in a terminal; elsewhere a plain line now and then, fit for a log. */
export class ProgressBar {
  private readonly startedMs = performance.now();
  private shownMs = Number.NEGATIVE_INFINITY;
  private isDrawn = false;

  /** @param stream null: nothing is shown */
  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> | null) {}

  /** @param share 0 to 1 @param done what is counted for the rate per second */
  show(share: number, done: number, text: string): void {
    const now = performance.now();
    if (this.stream === null || now - this.shownMs < (this.stream.isTTY ? BAR_EVERY_MS : LINE_EVERY_MS))
      return;
    this.shownMs = now;
    const perSecond = Math.round((done * 1000) / Math.max(1, now - this.startedMs));
    const percent = String(Math.floor(share * 100)).padStart(3);
    const facts = `${percent} %  ${text}  ${perSecond}/s`;
    if (!this.stream.isTTY) {
      this.stream.write(`${facts.trim()}\n`);
      return;
    }
    const filled = Math.round(share * BAR_CHARACTERS);
    this.stream.write(`\r\x1b[K[${'='.repeat(filled).padEnd(BAR_CHARACTERS)}] ${facts}`);
    this.isDrawn = true;
  }

  /** Clears the bar, so that other lines can follow. */
  clear(): void {
    if (this.isDrawn) this.stream?.write('\r\x1b[K');
    this.isDrawn = false;
  }
}
