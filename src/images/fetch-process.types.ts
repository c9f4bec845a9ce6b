import type { Config } from '../config/config.js';
import type { OnTried } from '../enroll-client/enroll-client.types.js';
import type { Fetched } from './fetch.js';
import type { ClaimedImage } from './mirror.repository.js';

/** What the process that fetches images does for its owner. */
export interface FetchProcess {
  /** Called first, and once. */
  open(settings: Config['env']): Promise<void>;
  fetch(claimed: readonly ClaimedImage[]): Promise<Fetched>;
  /** Breaks off all that is under way: a process has one run at a time, which fetches on several lanes. */
  abort(): void;
}

/** What the owner does for the process. */
export interface FetchOwner {
  /** Which of these hashes are in the store already. */
  stored(sha256s: string[]): Promise<string[]>;
  tried: OnTried;
}
