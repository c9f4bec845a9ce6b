import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Config } from '../config/config.js';
import { minuteLimiter, retryAfterSecondsOf } from '../db/minute-limiter.js';
import { networkOf } from '../problem/address.js';
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
  /** By the number that a key may ask; nearly all keys share the setting's. */
  private readonly perKey = new Map<number, Allowance>();

  constructor(
    private readonly connection: DataSource,
    private readonly config: Config,
  ) {
    const { env } = config;
    this.refusals = this.allowance('refusals', env.ROLLCALL_API_REFUSALS_PER_MINUTE);
    this.perAddress = this.allowance('address', env.ROLLCALL_API_ADDRESS_PER_MINUTE);
  }

  /** Counts a request without a valid key. @throws Problem TOO_MANY_REQUESTS */
  async refuse(network: string): Promise<void> {
    await spend(this.refusals, network, 'This address has asked too often without a valid API key');
  }

  /** `work` with a link that an address shows: an unknown one counts as a wrong key does. */
  async countLinks<T>(address: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Problem && error.code === 'INVITATION_INVALID')
        await this.refuse(networkOf(address));
      throw error;
    }
  }

  /**
   * Counts a request with a valid key.
   * @param perMinute how often this key may ask; null: as often as the setting says
   * @throws Problem TOO_MANY_REQUESTS
   */
  async admit(network: string, keyName: string, perMinute: number | null = null): Promise<void> {
    await spend(this.perAddress, network, 'This address has asked too often within the last minute');
    const ofKey = this.ofKey(perMinute ?? this.config.env.ROLLCALL_API_REQUESTS_PER_MINUTE);
    await spend(ofKey, keyName, 'This API key has asked too often within the last minute');
  }

  private ofKey(perMinute: number): Allowance {
    const allowance = this.perKey.get(perMinute) ?? this.allowance('key', perMinute);
    this.perKey.set(perMinute, allowance);
    return allowance;
  }

  private allowance(prefix: string, points: number): Allowance {
    return new Allowance(minuteLimiter(this.connection, { table: 'api_rates', prefix, points }));
  }
}

async function spend(allowance: Allowance, key: string, detail: string): Promise<void> {
  try {
    await allowance.spend(key);
  } catch (error) {
    throw new Problem('TOO_MANY_REQUESTS', detail, { retryAfterSeconds: retryAfterSecondsOf(error) });
  }
}
