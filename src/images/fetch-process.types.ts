import type { Config } from '../config/config.js';
import type { OnTried } from '../enroll-client/enroll-client.types.js';
import type { Fetched } from './fetch.js';
import type { ClaimedImage } from './mirror.repository.js';

/** What the process that fetches images does for its owner. */
export interface FetchProcess {
  /** Comes first, and once. */
  open(settings: Config['env']): Promise<void>;
  /** @param id by which `abort` ends it */
  fetch(id: number, claimed: readonly ClaimedImage[]): Promise<Fetched>;
  abort(id: number): void;
}

/** What the owner does for that process. */
export interface FetchOwner {
  /** Those of these hashes whose bytes are in the store already. */
  stored(sha256s: string[]): Promise<string[]>;
  tried: OnTried;
}
