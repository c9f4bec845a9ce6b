import { Injectable } from '@nestjs/common';
import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from 'cockatiel';
import { setTimeout as pause } from 'node:timers/promises';
import type { LiveClient } from './clients.repository.js';
import { Clients } from './clients.service.js';
import { FailureThrottle } from './failure-throttle.js';
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
const WAITING = 100;
/** Throttled callers: ten guesses a second between all of them. */
const SLOW_STEP_MS = 100;
const SLOW_WAITING = 20;

/**
 * Decides whether a client is who it says it is (M1). In this order, so that nothing can lock out a client that has the
 * right secret, and so that all refusals take the same time:
 *
 * 1. a generated secret, or a chosen one found right within the last minute: yes, without database or argon2
 * 2. the attempt is counted; beyond the limit it goes to the slow lane, and is answered "throttled" unless it is right
 * 3. one argon2 run, against the chosen secrets or against none: yes or no
 */
@Injectable()
export class ClientAuthentication {
  private readonly known = new KnownSecrets();
  private readonly lane = bulkhead(RUNNING, WAITING);
  private readonly slowLane = bulkhead(1, SLOW_WAITING);

  constructor(
    private readonly clients: Clients,
    private readonly throttle: FailureThrottle,
  ) {}

  async authenticate(attempt: Attempt): Promise<Authentication> {
    const client = await this.clients.find(attempt.clientId);
    if (client !== undefined && this.isRightAtOnce(client, attempt.clientSecret))
      return authenticated(client);
    const counted = await this.throttle.count(attempt.address, attempt.clientId);
    if (counted.throttled) {
      const right = client !== undefined && hasChosen(client) && (await this.isRightSlowly(client, attempt));
      return right
        ? authenticated(client)
        : { result: 'throttled', retryAfterSeconds: counted.retryAfterSeconds };
    }
    const right = await within(this.lane, () => this.isChosen(client, attempt));
    if (right === 'full') return { result: 'throttled', retryAfterSeconds: 1 };
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

  private async isRightSlowly(client: LiveClient, attempt: Attempt): Promise<boolean> {
    const right = await within(this.slowLane, async () => {
      await pause(SLOW_STEP_MS);
      return this.isChosen(client, attempt);
    });
    return right === true;
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

async function within(lane: BulkheadPolicy, work: () => Promise<boolean>): Promise<boolean | 'full'> {
  try {
    return await lane.execute(work);
  } catch (error) {
    if (error instanceof BulkheadRejectedError) return 'full';
    throw error;
  }
}
