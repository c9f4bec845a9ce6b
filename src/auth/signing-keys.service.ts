import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { Listener } from '../db/listen.js';
import { patiently } from '../db/patience.js';
import { beginSigning, readSigningKeys, SIGNING_KEYS_CHANNEL } from './signing-keys.repository.js';
import { Snapshot } from './snapshot.js';

/** Clocks differ by so much (M2). */
const LEEWAY_SECONDS = 30;

/**
 * Which keys of the ring verify tokens beside its first one: the newest that signs (another replica may have it in front
 * already), and the one that signed before, for the life of a token. A key that stays in the ring to open old rows, and
 * leaks, is no way in.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  /** When each ends, in milliseconds since 1970. */
  private readonly ends: Snapshot<Map<string, number>>;

  constructor(
    private readonly connection: DataSource,
    private readonly ring: KeyRing,
    private readonly config: Config,
    private readonly listener: Listener,
  ) {
    this.ends = new Snapshot(() => this.read(), listener);
  }

  async onModuleInit(): Promise<void> {
    this.listener.onReconnected(() => this.ends.drop());
    await this.listener.on(SIGNING_KEYS_CHANNEL, () => this.ends.drop());
    this.ends.drop();
  }

  /** A server that starts signs with its first key from now on. Not for commands: they sign nothing. */
  async begin(): Promise<void> {
    await beginSigning(this.connection.manager, this.ring.current.id);
    this.ends.drop();
  }

  async verifies(keyId: string): Promise<boolean> {
    const ends = this.ends.current();
    const known = ends instanceof Promise ? await patiently(ends, () => this.ends.current()) : ends;
    return (known.get(keyId) ?? 0) > Date.now();
  }

  private async read(): Promise<Map<string, number>> {
    const [newest, before] = await readSigningKeys(this.connection.manager);
    const ends = new Map<string, number>();
    if (newest === undefined) return ends;
    ends.set(newest.keyId, Infinity);
    const leftSeconds =
      this.config.env.ROLLCALL_TOKEN_TTL_SECONDS + LEEWAY_SECONDS - newest.signingForSeconds;
    if (before !== undefined) ends.set(before.keyId, Date.now() + leftSeconds * 1000);
    return ends;
  }
}
