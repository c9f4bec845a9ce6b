import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { lookup } from 'node:dns';
import { lookup as resolve } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Config } from '../config/config.js';

/** The target is an address that nothing may be sent to. Holds no address: where a name leads is nobody's business. */
export class TargetForbidden extends Error {
  readonly code = 'TARGET_FORBIDDEN';
  constructor() {
    super('The target is not a public address and not in ROLLCALL_WEBHOOK_ALLOW_CIDR');
  }
}

/**
 * Keeps what whoever makes endpoints can reach to public addresses and an allow-list (SSRF). A name is judged by the
 * addresses that the connection is then made to, so nothing can change between the look and the connection; URL parsers
 * have brought every spelling of an address (decimal, octal, hexadecimal) to its usual form before.
 */
@Injectable()
export class TargetGuard {
  private readonly allowed: [ipaddr.IPv4 | ipaddr.IPv6, number][];

  constructor(private readonly config: Config) {
    this.allowed = config.env.ROLLCALL_WEBHOOK_ALLOW_CIDR.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  /** Judges a host that is an address: no look-up is made for it. @throws TargetForbidden */
  check(target: URL): void {
    const host = hostOf(target);
    if (isIP(host) !== 0 && !this.permits(host, target)) throw new TargetForbidden();
  }

  /** Resolves names, for `connect`, to the addresses that are permitted; none: TargetForbidden. */
  lookup(target: URL): LookupFunction {
    return (hostname, options, callback) => {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error !== null) return callback(error, []);
        const permitted = addresses.filter(({ address }) => this.permits(address, target));
        const [first] = permitted;
        if (first === undefined) return callback(new TargetForbidden(), []);
        if (options.all === true) return callback(null, permitted);
        return callback(null, first.address, first.family);
      });
    };
  }

  /** The permitted addresses of the target, for clients that take no `lookup`. @throws TargetForbidden, and errors of DNS */
  async resolve(target: URL): Promise<string[]> {
    const addresses = await resolve(hostOf(target), { all: true });
    const permitted = addresses.filter(({ address }) => this.permits(address, target));
    if (permitted.length === 0) throw new TargetForbidden();
    return permitted.map(({ address }) => address);
  }

  private permits(address: string, { protocol }: URL): boolean {
    const parsed = ipaddr.process(address); // ::ffff:127.0.0.1 is 127.0.0.1
    const isAllowed = this.allowed.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    );
    // in production what travels in the clear stays within the organization
    return isAllowed || (isPublic(parsed) && !(this.config.production && CLEAR.has(protocol)));
  }
}

/** Without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

const CLEAR = new Set(['http:', 'nats:']);

/** The tables of reserved ranges miss old ways of writing IPv4 as IPv6 (`::127.0.0.1`): all that is routed begins with 2 or 3. */
const ROUTED = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(ROUTED));
}
