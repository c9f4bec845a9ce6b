import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Config } from '../config/config.js';

/** Nothing may be sent to the target. It names no address: callers must not learn what a name resolves to. */
export class TargetForbidden extends Error {
  readonly code = 'TARGET_FORBIDDEN';
  constructor() {
    super(
      'The target is not a public address and not in ROLLCALL_WEBHOOK_ALLOW_CIDR, or not a host of ROLLCALL_WEBHOOK_HOSTS',
    );
  }
}

/**
 * Keeps endpoints to public addresses, allowed private ones and, where they are listed, known hosts (SSRF). A name is checked by the very addresses that the
 * connection is then made to, so nothing can change in between; the URL parser has already brought every spelling of an
 * address (decimal, octal, hexadecimal) to its usual form.
 */
@Injectable()
export class TargetGuard {
  private readonly allowed: [ipaddr.IPv4 | ipaddr.IPv6, number][];

  constructor(private readonly config: Config) {
    this.allowed = config.env.ROLLCALL_WEBHOOK_ALLOW_CIDR.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  /** Checks the host by its name, and by its address where it is one, without a look-up. @throws TargetForbidden */
  check(target: URL): void {
    const host = hostOf(target);
    if (!this.knows(host)) throw new TargetForbidden();
    if (isIP(host) !== 0 && !this.permits(host, target)) throw new TargetForbidden();
  }

  /** Resolves the target for the client of a connection, to its permitted addresses; none: TargetForbidden. */
  lookup(target: URL): LookupFunction {
    return (_hostname, { all }, callback) => {
      this.resolve(target).then(
        ([first, ...others]) =>
          all === true ? callback(null, [first, ...others]) : callback(null, first.address, first.family),
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    };
  }

  /** The permitted addresses of the target. @throws TargetForbidden, and errors of DNS */
  async resolve(target: URL): Promise<[LookupAddress, ...LookupAddress[]]> {
    const host = hostOf(target);
    if (!this.knows(host)) throw new TargetForbidden();
    const addresses = await lookup(host, { all: true });
    const [first, ...others] = addresses.filter(({ address }) => this.permits(address, target));
    if (first === undefined) throw new TargetForbidden();
    return [first, ...others];
  }

  /** Whether the host is listed, or none is. A dot at the end says that the name is whole, and changes nothing. */
  private knows(host: string): boolean {
    const { ROLLCALL_WEBHOOK_HOSTS: listed } = this.config.env;
    const name = host.replace(/\.$/, '');
    return (
      listed.length === 0 ||
      listed.some((known) => (known.startsWith('*.') ? name.endsWith(known.slice(1)) : name === known))
    );
  }

  private permits(address: string, { protocol }: URL): boolean {
    const parsed = ipaddr.process(address); // ::ffff:127.0.0.1 is 127.0.0.1
    const isAllowed = this.allowed.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    );
    // in production unencrypted traffic stays within the organization
    return isAllowed || (isPublic(parsed) && !(this.config.production && CLEAR.has(protocol)));
  }
}

/** Without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

const CLEAR = new Set(['http:', 'nats:']);

/** The tables of reserved ranges miss old ways of writing IPv4 as IPv6 (`::127.0.0.1`): every routed address begins with 2 or 3. */
const ROUTED = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address instanceof ipaddr.IPv4 || address.match(ROUTED));
}
