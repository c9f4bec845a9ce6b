/** How a queue treats its jobs. Times are seconds. */
export interface WorkOptions {
  /** Tries after the first; then the job goes to the queue's dead letters. Default 5. */
  retryLimit?: number;
  /** Longest life of one try. Default 900. */
  expireSeconds?: number;
  /**
   * `short`: at most one job waits; `exclusive`: at most one waits or runs. Counted for each `singletonKey` where jobs have
   * one. Cannot be changed once the queue exists. Default: no limit.
   */
  policy?: 'short' | 'exclusive';
}

export interface SendOptions {
  /** Where the queue has a policy: jobs of one key count as one. */
  singletonKey?: string;
  startAfterSeconds?: number;
}

/** What a job learns about itself. */
export interface JobContext {
  /** 0 at the first try. */
  retryCount: number;
  /** Aborts when the job has expired or the process stops waiting for it. */
  signal: AbortSignal;
}

/** Does one job. It returns counts for the job's line in the log. */
export type Work<Data extends object> = (
  data: Data,
  context: JobContext,
) => Promise<void | Record<string, number>>;

/** The polls that follow the feed have names that begin with this. */
export const FOLLOWERS = 'feed.';

/** What one poll found. */
export interface PollResult {
  /** Summed up for the job's line in the log. While one is above 0 the poll keeps its pace. */
  counts: Record<string, number>;
  /** Until the next poll, where that is not the usual time; 0 where there is more. */
  pauseMs?: number | undefined;
}

export type Poll = (signal: AbortSignal) => Promise<PollResult>;

/** What this release declares: a queue, or a poll. Both where the work of a queue is done every minute as well. */
export interface Declared {
  name: string;
  kind: 'job' | 'poll';
  /** Five fields, on the clock of Cairo. */
  cron: string | null;
  /** How often it looks. A poll that sleeps looks when it is woken. */
  everySeconds: number | null;
}
