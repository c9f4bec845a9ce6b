import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { Problem } from '../problem/problem.js';
import { Allowance } from './allowance.js';

/**
 * How often the management API may be called within a minute: without a valid key by one address, with one by one address,
 * and with one key. Refusals are counted apart, so that wrong keys never use up the limit of right ones.
 */
@Injectable()
export class ApiLimits {
  private readonly refusals: Allowance;
  private readonly perAddress: Allowance;
  private readonly perKey: Allowance;

  constructor(connection: DataSource, { env }: Config) {
    const limit = (prefix: string, points: number) =>
      new Allowance(minuteLimiter(connection, { table: 'api_rates', prefix, points }));
    this.refusals = limit('refusals', env.ROLLCALL_API_REFUSALS_PER_MINUTE);
    this.perAddress = limit('address', env.ROLLCALL_API_ADDRESS_PER_MINUTE);
    this.perKey = limit('key', env.ROLLCALL_API_REQUESTS_PER_MINUTE);
  }

  /** Counts a request without a valid key. @throws Problem TOO_MANY_REQUESTS */
  async refuse(network: string): Promise<void> {
    await spend(this.refusals, network, 'This address has asked too often without a valid API key');
  }

  /** Counts a request with a valid key. @throws Problem TOO_MANY_REQUESTS */
  async admit(network: string, keyName: string): Promise<void> {
    await spend(this.perAddress, network, 'This address has asked too often within the last minute');
    await spend(this.perKey, keyName, 'This API key has asked too often within the last minute');
  }
}

async function spend(allowance: Allowance, key: string, detail: string): Promise<void> {
  try {
    await allowance.spend(key);
  } catch (error) {
    throw new Problem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: retryAfterSecondsOf(error) });
  }
}
