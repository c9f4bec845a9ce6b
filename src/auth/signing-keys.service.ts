import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { Listener } from '../db/listen.js';
import { noteSigning, readSigningKeys, SIGNING_KEYS_CHANNEL } from './signing-keys.repository.js';
import { isWithin, kidOf, PERIOD_MS, periodOf } from './signing-periods.js';
import { CachedTable } from './cached-table.js';

/** Clocks differ; the contract allows this much (M2). */
export const LEEWAY_SECONDS = 30;
const NOTE_EVERY_SECONDS = 60;
/** The last note may be older than the last token: by one interval, and by one more where a note failed. */
const NOTED_WITHIN_SECONDS = 2 * NOTE_EVERY_SECONDS;

interface Signing {
  /** From when on it signs; its periods count from here. Milliseconds since 1970, as the next. */
  sinceMs: number;
  /** When the last token ends that it has signed. */
  endsMs: number;
}

/**
 * Which keys sign, and which verify. The first key of the ring signs; every thirty days it does so with another key made from it,
 * and the one before verifies until its last token has ended.
 *
 * Which keys of the ring verify tokens beside its first one: those that a replica signs with, or signed with less than the
 * life of a token ago. Every server notes its own key once a minute, so replicas with different first keys may run side by
 * side for any time. A key that stays in the ring only to open old rows, and leaks, is no way in.
 */
@Injectable()
export class SigningKeys implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger('SigningKeys');
  private noting: NodeJS.Timeout | undefined;
  private readonly keys: CachedTable<Map<string, Signing>>;
  /** From when on the first key signs, in milliseconds since 1970; undefined until it was read. */
  private sinceMs: number | undefined;

  constructor(
    private readonly connection: DataSource,
    private readonly ring: KeyRing,
    private readonly config: Config,
    listener: Listener,
  ) {
    this.keys = new CachedTable(() => this.read(), listener);
  }

  async onModuleInit(): Promise<void> {
    await this.keys.dropOn(SIGNING_KEYS_CHANNEL);
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
    this.keys.drop();
  }

  /** The `kid` that signs now. */
  async signing(): Promise<string> {
    this.sinceMs ??= (await this.keys.patiently()).get(this.ring.current.id)?.sinceMs;
    if (this.sinceMs === undefined) throw new Error('the first key of the ring is not noted');
    const period = Math.max(0, Math.floor((Date.now() - this.sinceMs) / PERIOD_MS));
    return kidOf({ keyId: this.ring.current.id, period });
  }

  /** Whether this `kid` signs now, as far as memory knows. */
  signs(kid: string): boolean {
    const signing = periodOf(kid);
    if (signing?.keyId !== this.ring.current.id || this.sinceMs === undefined) return false;
    return isWithin(signing.period, this.sinceMs, Date.now());
  }

  /** Whether a token of this `kid` may still be valid: it signs, or did less than the life of a token ago. */
  async verifies(kid: string): Promise<boolean> {
    const signing = periodOf(kid);
    if (signing === undefined) return false;
    const key = (await this.keys.patiently()).get(signing.keyId);
    if (key === undefined) return false;
    const nowMs = Date.now();
    const isHeld = signing.keyId === this.ring.current.id || key.endsMs > nowMs;
    // clocks of replicas differ: another one may sign with the next key already
    return isHeld && isWithin(signing.period, key.sinceMs, nowMs, LEEWAY_SECONDS * 1000, this.livesMs());
  }

  /** Whether any token of a key of the ring may still be valid. */
  async verifiesAny(keyId: string): Promise<boolean> {
    return ((await this.keys.patiently()).get(keyId)?.endsMs ?? 0) > Date.now();
  }

  private livesMs(): number {
    return (this.config.env.ROLLCALL_TOKEN_TTL_SECONDS + LEEWAY_SECONDS) * 1000;
  }

  private async read(): Promise<Map<string, Signing>> {
    const keys = await readSigningKeys(this.connection.manager);
    return new Map(
      keys.map(({ keyId, signedBeforeSeconds, sinceSeconds }) => {
        const sinceMs = Date.now() - sinceSeconds * 1000;
        if (signedBeforeSeconds === null) return [keyId, { sinceMs, endsMs: 0 }];
        const leftMs = this.livesMs() + (NOTED_WITHIN_SECONDS - signedBeforeSeconds) * 1000;
        return [keyId, { sinceMs, endsMs: Date.now() + leftMs }];
      }),
    );
  }
}
