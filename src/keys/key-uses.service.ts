import { Injectable } from '@nestjs/common';
import { CredentialKeys } from '../auth/credential-keys.service.js';
import type { Tx } from '../db/tx.js';
import { Problem } from '../problem/problem.js';
import { stateOf } from './keys.service.js';
import { Places } from './places.service.js';
import { ResealJob } from './reseal-job.service.js';
import type { ResealRow } from './reseals.repository.js';

/** What still hangs on a key. */
@Injectable()
export class KeyUses {
  constructor(
    private readonly places: Places,
    private readonly credentials: CredentialKeys,
    private readonly job: ResealJob,
  ) {}

  /** Keys with which other servers seal at present. */
  otherKeys(): Promise<string[]> {
    return this.job.otherKeys();
  }

  /** Ends sessions, invitations and recovery codes that are older. */
  endCredentials(tx: Tx, since: Date): Promise<void> {
    return this.credentials.end(tx, since);
  }

  /** When the run began that has brought everything over. @throws Problem CONFLICT */
  since(rows: readonly ResealRow[]): Date {
    const [first] = rows;
    if (
      first === undefined ||
      stateOf(rows, this.job.keyId) !== 'finished' ||
      rows.length < this.places.all.length
    )
      throw new Problem(
        'CONFLICT',
        'Not everything has gone over to the first key: `rollcall keys reseal` brings it over',
      );
    return new Date(Math.min(...rows.map(({ startedAt }) => startedAt.getTime())));
  }

  /** By place; none where nothing uses it. A row that the key does not open is no use of it. */
  async of(
    tx: Tx,
    id: string,
    since: Date,
    unopened: ReadonlyMap<string, number>,
  ): Promise<Record<string, number>> {
    const uses: Record<string, number> = await this.credentials.uses(tx, id, since);
    for (const place of this.places.all)
      uses[place.name] = (await place.uses(tx, id)) - (unopened.get(place.name) ?? 0);
    return Object.fromEntries(Object.entries(uses).filter(([, n]) => n > 0));
  }
}
