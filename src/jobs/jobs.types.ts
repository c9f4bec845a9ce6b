/** How a queue treats its jobs. Times are seconds. */
export interface WorkOptions {
  /** Tries after the first; then the job goes to the queue's dead letters. Default 5. */
  retryLimit?: number;
  /** First delay, doubled with jitter at each try. Default 2. */
  retryDelaySeconds?: number;
  /** Default 300. */
  retryDelayMaxSeconds?: number;
  /** Longest life of one try; a worker that died is noticed after it. Default 900. */
  expireSeconds?: number;
  /** Jobs fetched at once and run side by side, each succeeding or failing alone. Default 1. */
  batchSize?: number;
  /**
   * `short`: at most one waiting; `singleton`: at most one running; `stately`: both; `exclusive`: at most one waiting or
   * running. Counted per `singletonKey` where jobs have one. Cannot be changed once the queue exists. Default `standard`.
   */
  policy?: 'standard' | 'short' | 'singleton' | 'stately' | 'exclusive';
}

export interface SendOptions {
  /** With a policy other than `standard`: jobs of one key count as one. */
  singletonKey?: string;
  /** Not before this long from now. */
  startAfterSeconds?: number;
  /** Higher first. */
  priority?: number;
}

/** What a job is told about itself. */
export interface JobContext {
  id: string;
  /** 0 at the first try. */
  retryCount: number;
  /** Aborts when the job has expired or the process stops waiting for it. */
  signal: AbortSignal;
}

/** Works one job off. What it returns are counts for the job's line in the log. */
export type Work<Data extends object> = (
  data: Data,
  context: JobContext,
) => Promise<void | Record<string, number>>;

/** What one look of a watch found. */
export interface Looked {
  /** Summed up for the job's line in the log. */
  counts: Record<string, number>;
  /** Until the next look, where that is not the usual time; 0 where there is more. */
  pauseMs?: number;
}

export type Look = (signal: AbortSignal) => Promise<Looked>;
