import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import { KeyRing } from '../crypto/key-ring.js';
import type { KeyDto, KeyListDto, ResealDto } from './keys.dto.js';
import { endlessStatements, keysEverUsed } from './keys.repository.js';
import { Places } from './places.service.js';
import { ResealJob } from './reseal-job.service.js';
import {
  countUnopened,
  listUnopened,
  readReseals,
  type ResealRow,
  startReseals,
} from './reseals.repository.js';

const SHOWN_ROWS = 100;

/** The keys of the ring as their administrators meet them. */
@Injectable()
export class Keys {
  constructor(
    private readonly connection: EntityManager,
    private readonly ring: KeyRing,
    private readonly places: Places,
    private readonly job: ResealJob,
    private readonly audit: Audit,
  ) {}

  /** Those of the ring, in its order, and those that were retired. */
  async list(): Promise<KeyListDto> {
    const known = await keysEverUsed(this.connection);
    const byId = new Map(known.map((row) => [row.id, row]));
    const held = this.ring.keys.map(({ id }, at): KeyDto => {
      const { firstUsedAt = null, signedAt = null, retiredAt = null } = byId.get(id) ?? {};
      const state = at === 0 ? 'current' : retiredAt === null ? 'opens' : 'retired';
      return { id, state, inRing: true, firstUsedAt, signedAt, retiredAt };
    });
    const gone = known
      .filter(({ id }) => this.ring.find(id) === undefined)
      .map((row): KeyDto => ({ ...row, state: 'retired', inRing: false }));
    return { items: [...held, ...gone], nextCursor: null };
  }

  /** How far everything has gone over to the first key. */
  async progress(): Promise<ResealDto> {
    const rows = await readReseals(this.connection);
    const unopened = await countUnopened(this.connection, null);
    const places = rows.map(({ keyId: _, ...row }) => ({ ...row, unopened: unopened.get(row.place) ?? 0 }));
    return {
      keyId: rows[0]?.keyId ?? null,
      state: stateOf(rows, this.ring.current.id),
      waitsForKeys: rows.length === 0 ? [] : await this.job.otherKeys(),
      places,
      rows: await listUnopened(this.connection, SHOWN_ROWS),
    };
  }

  /** Begins, or begins again: whatever is of another key goes over to the first one, and everything is looked at. */
  async reseal(by: string): Promise<ResealDto> {
    const { id } = this.ring.current;
    await this.connection.transaction(async (tx) => {
      await endlessStatements(tx);
      const places: { name: string; total: number }[] = [];
      for (const place of this.places.all) places.push({ name: place.name, total: await place.total(tx) });
      await startReseals(tx, id, places);
      await this.audit.record(tx, { actor: by, action: 'key.reseal', subject: `key:${id}` });
    });
    this.job.wake();
    return this.progress();
  }
}

/** What a run has come to. */
export function stateOf(rows: readonly ResealRow[], currentId: string): ResealDto['state'] {
  if (rows.length === 0) return 'none';
  if (rows.some(({ keyId }) => keyId !== currentId)) return 'outdated';
  return rows.every(({ finishedAt }) => finishedAt !== null) ? 'finished' : 'running';
}
