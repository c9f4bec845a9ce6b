import { Injectable } from '@nestjs/common';
import { networkOf } from '../problem/address.js';
import type { TokenClient } from './auth.types.js';
import type { LiveClient } from './clients.repository.js';
import { Clients } from './clients.service.js';
import { type Credentials, idToCount } from './credentials.js';
import { FailureThrottle } from './failure-throttle.js';
import { GuessLanes } from './guess-lanes.js';
import { KnownSecrets } from './known-secrets.js';
import { findChosen, isGeneratedOf } from './secrets.js';

/** Who asks for a token, from where. */
export interface TokenAttempt {
  /** What the request may mean, see `TokenDemand`: it is one attempt, and counted once. */
  readonly readings: readonly Credentials[];
  /** Remote address. */
  readonly address: string;
}

export type Authentication =
  | { result: 'authenticated'; client: TokenClient }
  | { result: 'refused' }
  | { result: 'throttled'; retryAfterSeconds: number };

/** A reading, and the client that it names. */
interface Guess extends Credentials {
  readonly client: LiveClient | undefined;
}

const REFUSED: Authentication = { result: 'refused' };
/** Argon2 runs of 12 ms and 19 MiB each; the other threads of libuv's pool are left to files and DNS. */
const RUNNING = 2;
/** Throttled callers: ten guesses a second between all of them. */
const SLOW_STEP_MS = 100;

/**
 * Decides whether a client is who it says it is (M1). In this order, so that nothing can lock out a client that has the
 * right secret, and so that all refusals take the same work and time, whoever is asked for:
 *
 * 1. a generated secret, or a chosen one found right within the last day: yes, without database or argon2
 * 2. the attempt is counted; beyond the limit it goes to the slow lanes, and is answered "throttled" unless it is right
 * 3. one argon2 run for each reading, against the chosen secrets or against none: yes or no
 *
 * Every reading is tried, also once one was right.
 */
@Injectable()
export class ClientAuthentication {
  private readonly known = new KnownSecrets();
  private readonly lanes = new GuessLanes(RUNNING);
  private readonly slowLanes = new GuessLanes(1, SLOW_STEP_MS);

  constructor(
    private readonly clients: Clients,
    private readonly throttle: FailureThrottle,
  ) {}

  async authenticate({ readings, address }: TokenAttempt): Promise<Authentication> {
    const guesses = await Promise.all(readings.map((reading) => this.guess(reading)));
    const [atOnce] = guesses.filter((guess) => this.isRightAtOnce(guess));
    if (atOnce?.client !== undefined) return authenticated(atOnce.client);
    const clientId = idToCount(guesses[0]?.clientId ?? '');
    const counted = await this.throttle.count(address, clientId);
    const lanes = counted.throttled ? this.slowLanes : this.lanes;
    const right = await lanes.run(networkOf(address), clientId, () => this.findChosen(guesses));
    if (right === 'dropped' || (counted.throttled && right === undefined)) {
      const retryAfterSeconds = counted.throttled ? counted.retryAfterSeconds : 1;
      return { result: 'throttled', retryAfterSeconds };
    }
    if (right === undefined) return REFUSED;
    if (!counted.throttled) await this.throttle.forgive(address, clientId);
    return authenticated(right);
  }

  /** Makes a secret from the settings known for good, so that no throttle ever stands before it. */
  async prime(clientId: string, clientSecret: string): Promise<void> {
    const client = await this.clients.find(clientId);
    if (client === undefined || !hasChosen(client)) return;
    const chosen = await findChosen(client.secrets, clientSecret);
    if (chosen !== undefined) this.known.remember(clientId, clientSecret, chosen.id, true);
  }

  private async guess(reading: Credentials): Promise<Guess> {
    return { ...reading, client: await this.clients.find(reading.clientId) };
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

/** With the client as it was when its secret was asked for: whoever ends tokens meanwhile ends the one that follows, too. */
function authenticated({ clientId, tokensValidFrom }: LiveClient): Authentication {
  return { result: 'authenticated', client: { clientId, tokensValidFrom } };
}

function hasChosen(client: LiveClient): boolean {
  return client.secrets.some(({ kind }) => kind === 'argon2id');
}
