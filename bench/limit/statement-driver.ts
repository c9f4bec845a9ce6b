/** How the limit is driven: pgbench where there is one. */
export interface StatementDriver {
  /** What the table calls it. */
  readonly name: string;
  /** @returns statements per second */
  run(seconds: number): Promise<number>;
  stop(): Promise<void>;
}
