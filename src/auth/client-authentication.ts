import { Injectable } from '@nestjs/common';
import { networkOf } from '../problem/address.js';
import type { LiveClient } from './clients.repository.js';
import { Clients } from './clients.service.js';
import { FailureThrottle } from './failure-throttle.js';
import { GuessLanes } from './guess-lanes.js';
import { KnownSecrets } from './known-secrets.js';
import { findChosen, isGeneratedOf } from './secrets.js';

/** Who asks for a token, from where. */
export interface Attempt {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Remote address. */
  readonly address: string;
}

export type Authentication =
  | { result: 'authenticated'; tokensValidFrom: number }
  | { result: 'refused' }
  | { result: 'throttled'; retryAfterSeconds: number };

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
 * 3. one argon2 run, against the chosen secrets or against none: yes or no
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

  async authenticate(attempt: Attempt): Promise<Authentication> {
    const client = await this.clients.find(attempt.clientId);
    if (client !== undefined && this.isRightAtOnce(client, attempt.clientSecret))
      return authenticated(client);
    const counted = await this.throttle.count(attempt.address, attempt.clientId);
    const lanes = counted.throttled ? this.slowLanes : this.lanes;
    const right = await lanes.run(networkOf(attempt.address), attempt.clientId, () =>
      this.isChosen(client, attempt),
    );
    if (counted.throttled) {
      if (right === true && client !== undefined) return authenticated(client);
      return { result: 'throttled', retryAfterSeconds: counted.retryAfterSeconds };
    }
    if (right === 'dropped') return { result: 'throttled', retryAfterSeconds: 1 };
    if (right) await this.throttle.forgive(attempt.address, attempt.clientId);
    return right && client !== undefined ? authenticated(client) : REFUSED;
  }

  /** Makes a secret from the settings known for good, so that no throttle ever stands before it. */
  async prime(clientId: string, clientSecret: string): Promise<void> {
    const client = await this.clients.find(clientId);
    if (client === undefined || !hasChosen(client)) return;
    const chosen = await findChosen(client.secrets, clientSecret);
    if (chosen !== undefined) this.known.remember(clientId, clientSecret, chosen.id, true);
  }

  private isRightAtOnce(client: LiveClient, secret: string): boolean {
    return isGeneratedOf(client.secrets, secret) || this.known.has(client, secret);
  }

  private async isChosen(
    client: LiveClient | undefined,
    { clientId, clientSecret }: Attempt,
  ): Promise<boolean> {
    const chosen = await findChosen(client?.secrets ?? [], clientSecret);
    if (chosen !== undefined) this.known.remember(clientId, clientSecret, chosen.id);
    return chosen !== undefined;
  }
}

/** With the client as it was when its secret was asked for: whoever ends tokens meanwhile ends the one that follows, too. */
function authenticated({ tokensValidFrom }: LiveClient): Authentication {
  return { result: 'authenticated', tokensValidFrom };
}

function hasChosen(client: LiveClient): boolean {
  return client.secrets.some(({ kind }) => kind === 'argon2id');
}
