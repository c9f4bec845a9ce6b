import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Whether an address, in any spelling, is one of those that are meant. */
export type AddressTest = (address: string) => boolean;

const FORWARDED_FOR = /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;]*)/i;
const QUOTED = /^"(.*)"$/;
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const IPV4_AND_PORT = /^([\d.]+):\d{1,5}$/;
const RANGE = /^([^/%]+)(?:\/(\d{1,3}))?$/;
const ZONE = /%.*$/;
const IPV6_NETWORK_BITS = 64;
const log = new Logger('Proxy');

/**
 * The one spelling of an address, however a socket or a proxy writes it: with a port, in brackets, in quotes, as `for=` of
 * RFC 7239, as IPv4 mapped into IPv6, with a zone. Undefined for anything else, such as `unknown` and `_hidden`.
 */
export function canonicalAddress(written: string): string | undefined {
  if (isIPv4(written)) return written;
  const [, inForwarded = written] = FORWARDED_FOR.exec(written) ?? [];
  const text = inForwarded.trim().replace(QUOTED, '$1').trim();
  const host = BRACKETED.exec(text)?.[1] ?? IPV4_AND_PORT.exec(text)?.[1] ?? text;
  if (isIPv4(host)) return host;
  const bare = host.replace(ZONE, '');
  if (!isIPv6(bare)) return undefined;
  const parsed = ipaddr.process(bare);
  return parsed.kind() === 'ipv4' ? parsed.toString() : (parsed as ipaddr.IPv6).toRFC5952String();
}

/** The caller's address, behind the trusted proxies. If they name none that can be read, the address that connected. */
export function addressOf(request: FastifyRequest): string {
  return canonicalAddress(request.ip) ?? peerOf(request);
}

/**
 * What counts as one caller: an IPv4 address, or the network of an IPv6 address, since one holder has all 2^64 addresses.
 * @param address as `addressOf` gives it
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/${IPV6_NETWORK_BITS}`).toString();
}

/** Whether a text is an address or a CIDR range, as `isWithin` reads them. */
export function isRange(text: string): boolean {
  const [, address = '', bits = '0'] = RANGE.exec(text) ?? [];
  return (isIPv4(address) && Number(bits) <= 32) || (isIPv6(address) && Number(bits) <= 128);
}

/**
 * Serves as Fastify's `trustProxy`, too, and tells whom an API key lets in.
 * @param ranges addresses and CIDR ranges
 */
export function isWithin(ranges: readonly string[]): AddressTest {
  const named = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = isIPv4(address) ? '32' : '128'] = range.split('/', 2);
    named.addSubnet(address, Number(bits), familyOf(address));
  }
  return (written) => {
    const address = canonicalAddress(written);
    return address !== undefined && named.check(address, familyOf(address));
  };
}

/** Warns once of a proxy that is not trusted, or of a caller that claims to be one. */
export function warnOfUntrustedProxy(fastify: FastifyInstance, trust: AddressTest): void {
  let warned = false;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined && !trust(peerOf(request))) {
      warned = true;
      log.warn(
        { code: 'PROXY_NOT_TRUSTED', peer: peerOf(request) },
        'This address sends X-Forwarded-For but is not trusted. If it is your proxy, name it in ROLLCALL_TRUST_PROXY: until then all its callers count as one',
      );
    }
    done();
  });
}

function peerOf(request: FastifyRequest): string {
  const peer = request.raw.socket.remoteAddress ?? '';
  return canonicalAddress(peer) ?? peer;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
