import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { newKey } from '../crypto/new-key.js';
import { Problem } from '../problem/problem.js';
import type { RotatedKeyDto } from './keys.dto.js';
import { Keys } from './keys.service.js';

/** New keys of the ring. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly config: Config,
    private readonly local: LocalSecrets,
    private readonly keys: Keys,
    private readonly audit: Audit,
  ) {}

  /** Whether Rollcall keeps the ring itself, in its data directory. */
  get isKeptHere(): boolean {
    return this.config.env.ROLLCALL_KEYS === undefined;
  }

  /** Puts a new key at the front of the ring that Rollcall keeps. @throws Problem KEYS_IN_SETTINGS */
  async rotate(by: string): Promise<RotatedKeyDto> {
    if (!this.isKeptHere) throw new Problem('KEYS_IN_SETTINGS');
    const { id, pair } = await this.propose();
    await this.audit.record(null, { actor: by, action: 'key.rotate', subject: `key:${id}` });
    this.local.putFirst(pair);
    return { id, sealsAfter: 'restart' };
  }

  /** A key with an id that none had before; `pair` is what the ring takes. */
  async propose(): Promise<{ id: string; pair: string }> {
    const ring = KeyRing.parse(this.config.env.ROLLCALL_KEYS ?? this.local.keyRing());
    const { items } = await this.keys.list();
    return newKey([...ring.keys, ...items].map(({ id }) => id));
  }
}
