import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { KeyRing } from '../crypto/key-ring.js';
import { PublishedKeys } from '../crypto/published-keys.service.js';
import { Problem } from '../problem/problem.js';
import { KeyUses } from './key-uses.service.js';
import type { RetiredDto } from './keys.dto.js';
import { endlessStatements, mayHaveSealed, retireKey } from './keys.repository.js';
import { countUnopened, readReseals } from './reseals.repository.js';

/** Of `uses`: what `endCredentials` ends. */
const ENDED_ON_REQUEST = ['sessions', 'invitations', 'recoveryCodes'];

/** Ends keys of the ring. */
@Injectable()
export class KeyRetirement {
  constructor(
    private readonly connection: EntityManager,
    private readonly ring: KeyRing,
    private readonly uses: KeyUses,
    private readonly published: PublishedKeys,
    private readonly audit: Audit,
  ) {}

  /**
   * Ends a key: from then on the ring may lack it.
   * @param endCredentials ends sessions, invitations and recovery codes that may hang on it
   * @throws Problem NOT_FOUND; CONFLICT for the first key, and where not everything has gone over; KEY_IN_USE with counts by place
   */
  async retire(id: string, endCredentials: boolean, by: string): Promise<RetiredDto> {
    if (id === this.ring.current.id)
      throw new Problem('CONFLICT', 'It is the first key of the ring, which seals');
    if (this.ring.find(id) === undefined) throw new Problem('NOT_FOUND', 'The ring has no such key');
    const others = await this.uses.otherKeys();
    if (others.includes(id)) throw new Problem('CONFLICT', 'Another server still seals with it');
    const unopened = await countUnopened(this.connection, id);
    await this.connection.transaction(async (tx) => {
      await endlessStatements(tx);
      const since = this.uses.since(await readReseals(tx));
      // of files in the store only a pass over all of them knows the key
      if (await mayHaveSealed(tx, id, since))
        throw new Problem(
          'CONFLICT',
          'A server may have sealed with it since everything began to go over: reseal again',
        );
      if (endCredentials) await this.uses.endCredentials(tx, since);
      const uses = await this.uses.of(tx, id, since, unopened);
      if (Object.keys(uses).length > 0) throw new Problem('KEY_IN_USE', said(uses), { extra: { uses } });
      if (!(await retireKey(tx, id, by, await this.published.keepsakeOf(id)))) throw new Problem('NOT_FOUND');
      const detail = { endCredentials, unopened: sum(unopened) };
      await this.audit.record(tx, { actor: by, action: 'key.retire', subject: `key:${id}`, detail });
    });
    return { id, state: 'retired', unopened: sum(unopened) };
  }
}

function said(uses: Record<string, number>): string {
  const counts = Object.entries(uses).map(([place, n]) => `${place}: ${n}`);
  const hints = [
    (uses.accessTokens ?? 0) > 0 && 'Access tokens end by themselves.',
    ENDED_ON_REQUEST.some((place) => (uses[place] ?? 0) > 0) &&
      'Sessions end within 12 hours; endCredentials ends them, invitations and recovery codes now.',
  ];
  return [`It is still in use. ${counts.join(', ')}.`, ...hints.filter(Boolean)].join(' ');
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, n) => total + n, 0);
}
