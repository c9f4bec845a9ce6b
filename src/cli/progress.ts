const BAR_CHARACTERS = 30;
const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 100;

/** Progress on standard error: one bar that is redrawn in a terminal; elsewhere a plain line now and then, fit for a log. */
export class ProgressBar {
  private startedMs = performance.now();
  private shownMs = Number.NEGATIVE_INFINITY;
  private share = 0;
  private isDrawn = false;

  /** @param stream null: nothing is shown; on a terminal the empty bar shows at once that something goes on */
  constructor(private readonly stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> | null) {
    if (stream?.isTTY) this.draw(stream, 0, '  0 %');
  }

  /** @param share 0 to 1 @param done what is counted for the rate per second */
  show(share: number, done: number, text: string): void {
    const now = performance.now();
    // a second walk, e.g. after one that counted, begins at the beginning
    if (share < this.share) [this.startedMs, this.shownMs] = [now, Number.NEGATIVE_INFINITY];
    this.share = share;
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
    this.draw(this.stream, share, facts);
  }

  /** Clears the bar, so that other lines can follow. */
  clear(): void {
    if (this.isDrawn) this.stream?.write('\r\x1b[K');
    this.isDrawn = false;
  }

  private draw(stream: Pick<NodeJS.WriteStream, 'write'>, share: number, facts: string): void {
    const filled = Math.round(Math.min(1, Math.max(0, share)) * BAR_CHARACTERS);
    stream.write(`\r\x1b[K[${'='.repeat(filled).padEnd(BAR_CHARACTERS)}] ${facts}`);
    this.isDrawn = true;
  }
}
