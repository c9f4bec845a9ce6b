import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { Listener } from '../db/listen.js';
import { patiently } from '../db/patience.js';
import { noteSigning, readSigningKeys, SIGNING_KEYS_CHANNEL } from './signing-keys.repository.js';
import { CachedTable } from './cached-table.js';

/** Clocks differ by so much (M2). */
const LEEWAY_SECONDS = 30;
const NOTE_EVERY_SECONDS = 60;
/** What was last noted may be older than the last token: by one note, and by one that failed. */
const NOTED_WITHIN_SECONDS = 2 * NOTE_EVERY_SECONDS;

/**
 * Which keys of the ring verify tokens beside its first one: those that a replica signs with, or did less than the life of a
 * token ago. Every server notes its own once a minute, so it does not matter how long replicas with different
 * first keys run side by side. A key that stays in the ring to open old rows, and leaks, is no way in.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('SigningKeys');
  private noting: NodeJS.Timeout | undefined;
  /** When each ends, in milliseconds since 1970. */
  private readonly ends: CachedTable<Map<string, number>>;

  constructor(
    private readonly connection: DataSource,
    private readonly ring: KeyRing,
    private readonly config: Config,
    private readonly listener: Listener,
  ) {
    this.ends = new CachedTable(() => this.read(), listener);
  }

  async onModuleInit(): Promise<void> {
    this.listener.onReconnected(() => this.ends.drop());
    await this.listener.on(SIGNING_KEYS_CHANNEL, () => this.ends.drop());
    this.ends.drop();
  }

  onModuleDestroy(): void {
    clearInterval(this.noting);
  }

  /** A server that starts signs with its first key from now on. Not for commands: they sign nothing. */
  async begin(): Promise<void> {
    await this.note();
    this.noting = setInterval(() => {
      this.note().catch((err: unknown) => this.log.warn({ err }, 'Which key signs could not be noted'));
    }, NOTE_EVERY_SECONDS * 1000).unref();
  }

  private async note(): Promise<void> {
    await noteSigning(this.connection.manager, this.ring.current.id);
    this.ends.drop();
  }

  async verifies(keyId: string): Promise<boolean> {
    const ends = this.ends.current();
    const known = ends instanceof Promise ? await patiently(ends, () => this.ends.current()) : ends;
    return (known.get(keyId) ?? 0) > Date.now();
  }

  private async read(): Promise<Map<string, number>> {
    const { ROLLCALL_TOKEN_TTL_SECONDS: lifeSeconds } = this.config.env;
    const keys = await readSigningKeys(this.connection.manager);
    return new Map(
      keys.map(({ keyId, signedBeforeSeconds }) => {
        const leftSeconds = lifeSeconds + LEEWAY_SECONDS + NOTED_WITHIN_SECONDS - signedBeforeSeconds;
        return [keyId, Date.now() + leftSeconds * 1000];
      }),
    );
  }
}
