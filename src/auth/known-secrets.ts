import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { LiveClient } from './clients.repository.js';

const LIFE_MS = 86_400_000;
const MAX_KNOWN = 1_000;

/**
 * Chosen secrets that argon2 has found right within the last day: it runs once a day and not once a request, and a flood
 * of guesses cannot hold them up. They are kept as hashes under a key that only this process has. Each belongs to one
 * stored secret: a rotation ends it.
 */
export class KnownSecrets {
  private readonly key = createSecretKey(randomBytes(32));
  private readonly known = new Map<string, { secretId: string; untilMs: number }>();

  /** @param forever for a secret that this process has in its settings anyway */
  remember(clientId: string, secret: string, secretId: string, forever = false): void {
    const digest = this.digestOf(clientId, secret);
    if (this.known.get(digest)?.untilMs === Infinity) return;
    this.known.delete(digest);
    this.makeRoom();
    this.known.set(digest, { secretId, untilMs: forever ? Infinity : Date.now() + LIFE_MS });
  }

  has(client: LiveClient, secret: string): boolean {
    const entry = this.known.get(this.digestOf(client.clientId, secret));
    if (entry === undefined || entry.untilMs <= Date.now()) return false;
    return client.secrets.some(({ id }) => id === entry.secretId);
  }

  /** Forgets the oldest, but none that is known for good. */
  private makeRoom(): void {
    if (this.known.size < MAX_KNOWN) return;
    const [oldest] = [...this.known].find(([, { untilMs }]) => untilMs !== Infinity) ?? [];
    if (oldest !== undefined) this.known.delete(oldest);
  }

  private digestOf(clientId: string, secret: string): string {
    return createHmac('sha256', this.key).update(`${clientId.length}|${clientId}|${secret}`).digest('base64');
  }
}
