import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { Listener } from '../db/listen.js';
import { noteSigning, readSigningKeys, SIGNING_KEYS_CHANNEL } from './signing-keys.repository.js';
import { CachedTable } from './cached-table.js';

/** Clocks differ; the contract allows this much (M2). */
export const LEEWAY_SECONDS = 30;
const NOTE_EVERY_SECONDS = 60;
/** The last note may be older than the last token: by one interval, and by one more where a note failed. */
const NOTED_WITHIN_SECONDS = 2 * NOTE_EVERY_SECONDS;

/**
 * Which keys of the ring verify tokens beside its first one: those that a replica signs with, or signed with less than the
 * life of a token ago. Every server notes its own key once a minute, so replicas with different first keys may run side by
 * side for any time. A key that stays in the ring only to open old rows, and leaks, is no way in.
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
    listener: Listener,
  ) {
    this.ends = new CachedTable(() => this.read(), listener);
  }

  async onModuleInit(): Promise<void> {
    await this.ends.dropOn(SIGNING_KEYS_CHANNEL);
  }

  onModuleDestroy(): void {
    clearInterval(this.noting);
  }

  /** Called by a server that starts: it signs with its first key from now on. Commands sign nothing. */
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
    return ((await this.ends.patiently()).get(keyId) ?? 0) > Date.now();
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
