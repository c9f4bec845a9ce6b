import { Injectable } from '@nestjs/common';
import type { TokenClient } from './auth.types.js';
import type { LiveClient } from './clients.repository.js';
import { Clients } from './clients.service.js';
import { type Credentials, idToCount } from './credentials.js';
import { FailureThrottle } from './failure-throttle.js';
import { Guesses } from './guesses.js';
import { KnownSecrets } from './known-secrets.js';
import { tooManyRequests } from './oauth-error.js';
import { findChosen, isGeneratedOf } from './secrets.js';

/** A reading, with the client that it names. */
interface Guess extends Credentials {
  readonly client: LiveClient | undefined;
}

/** Argon2 runs at a time. */
const RUNNING = 2;

/**
 * Decides whether a client is who it says it is (M1). The order matters: nothing can lock out a client that has the right
 * secret, and all refusals take the same work and time, whichever id they name.
 *
 * 1. A generated secret, or a chosen one that was right within the last day: yes, without database or argon2.
 * 2. The attempt is counted, and waits for its turn (`Guesses`).
 * 3. One argon2 run for each reading, against the chosen secrets or against none: yes or no.
 *
 * Every reading is tried, even after one was right.
 */
@Injectable()
export class ClientAuthentication {
  private readonly known = new KnownSecrets();
  private readonly guesses: Guesses;

  constructor(
    private readonly clients: Clients,
    throttle: FailureThrottle,
  ) {
    this.guesses = new Guesses(throttle, RUNNING);
  }

  /**
   * @param readings what the request may mean, see `TokenDemand`: one attempt, counted once
   * @param address remote address
   * @returns the client as it was before its secret was checked: who ends its tokens meanwhile ends the next one, too.
   * Undefined where the credentials are wrong.
   * @throws OAuthError too_many_requests
   */
  async authenticate(readings: readonly Credentials[], address: string): Promise<TokenClient | undefined> {
    const guesses = await Promise.all(
      readings.map(async (reading) => ({ ...reading, client: await this.clients.find(reading.clientId) })),
    );
    const [atOnce] = guesses.filter((guess) => this.isRightAtOnce(guess));
    if (atOnce?.client !== undefined) return atOnce.client;
    const clientId = idToCount(guesses[0]?.clientId ?? '');
    const guessed = await this.guesses.try(address, clientId, () => this.findChosen(guesses));
    if (guessed.result === 'throttled') throw tooManyRequests(guessed.retryAfterSeconds);
    return guessed.result === 'right' ? guessed.value : undefined;
  }

  /** Remembers a secret of the settings for good, so that no throttle can hold it up. */
  async prime(clientId: string, clientSecret: string): Promise<void> {
    const client = await this.clients.find(clientId);
    if (!client?.secrets.some(({ kind }) => kind === 'argon2id')) return;
    const chosen = await findChosen(client.secrets, clientSecret);
    if (chosen !== undefined) this.known.remember(clientId, clientSecret, chosen.id, true);
  }

  private isRightAtOnce({ client, clientSecret }: Guess): boolean {
    if (client === undefined) return false;
    return isGeneratedOf(client.secrets, clientSecret) || this.known.has(client, clientSecret);
  }

  private async findChosen(guesses: readonly Guess[]): Promise<LiveClient | undefined> {
    let right: LiveClient | undefined;
    for (const { client, clientId, clientSecret } of guesses) {
      const chosen = await findChosen(client?.secrets ?? [], clientSecret);
      if (chosen === undefined) continue;
      this.known.remember(clientId, clientSecret, chosen.id);
      right ??= client;
    }
    return right;
  }
}
