import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readRetiredKeys } from './key-checks.repository.js';
import { KeyRing } from './key-ring.js';
import { Sealer } from './sealer.js';
import { type PublicJwk, publicJwkOf, publicJwks } from './statement-keys.js';

/** The public keys of what we state, those of retired keys too: what a key has signed stays verifiable after it is gone. */
@Injectable()
export class PublishedKeys {
  constructor(
    private readonly connection: DataSource,
    private readonly ring: KeyRing,
    private readonly sealer: Sealer,
  ) {}

  /** @throws CryptoError UNSEAL_FAILED where somebody changed what is kept of a retired key */
  async all(): Promise<PublicJwk[]> {
    const kept = (await readRetiredKeys(this.connection)).map(
      ({ keyId, sealed }) => JSON.parse(this.sealer.reveal(sealed, placeOf(keyId)).toString()) as PublicJwk,
    );
    const held = await publicJwks(this.ring);
    return [...held, ...kept.filter(({ kid }) => !held.some((one) => one.kid === kid))];
  }

  /** What to keep of a key that is retired. @throws Error where the ring does not hold it */
  async keepsakeOf(keyId: string): Promise<Buffer> {
    const key = this.ring.find(keyId);
    if (key === undefined) throw new Error('a key that is not in the ring');
    return this.sealer.seal(JSON.stringify(await publicJwkOf(key)), placeOf(keyId));
  }
}

function placeOf(keyId: string): string {
  return `retired_keys|${keyId}`;
}
