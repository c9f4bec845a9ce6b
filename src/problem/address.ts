import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/** Tells whether `X-Forwarded-For` of this address is believed. */
export type Trust = (address: string) => boolean;

const FORWARDED_FOR = /(?:^|;)\s*for\s*=\s*("[^"]*"|[^;]*)/i;
const QUOTED = /^"(.*)"$/;
const BRACKETED = /^\[([^\]]*)\](?::\d{1,5})?$/;
const IPV4_AND_PORT = /^([\d.]+):\d{1,5}$/;
const ZONE = /%.*$/;
const IPV6_NETWORK_BITS = 64;
const log = new Logger('Proxy');

/**
 * The one spelling of an address, however a socket or a proxy writes it: with a port, in brackets, in quotes, as `for=` of
 * RFC 7239, IPv4 in IPv6 clothes, with a zone. Undefined for all else, such as `unknown` and `_hidden`.
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

/** Who asks: the address behind the proxies that are trusted. Where they name none that can be read: who connected. */
export function addressOf(request: FastifyRequest): string {
  return canonicalAddress(request.ip) ?? peerOf(request);
}

/**
 * What counts as one caller: an IPv4 address, or the network of an IPv6 address, since its holder has all 2^64.
 * @param address as `addressOf` gives it
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  return ipaddr.IPv6.networkAddressFromCIDR(`${address}/${IPV6_NETWORK_BITS}`).toString();
}

/**
 * For Fastify's `trustProxy`.
 * @param setting ROLLCALL_TRUST_PROXY: addresses and ranges
 */
export function trustOf(setting: readonly string[]): Trust {
  const trusted = new BlockList();
  for (const range of setting) {
    const [address = '', bits = isIPv4(address) ? '32' : '128'] = range.split('/', 2);
    trusted.addSubnet(address, Number(bits), familyOf(address));
  }
  return (written) => {
    const address = canonicalAddress(written);
    return address !== undefined && trusted.check(address, familyOf(address));
  };
}

/** Says once that a proxy stands before this process whose word does not count, or that somebody claims to be one. */
export function warnOfUntrustedProxy(fastify: FastifyInstance, trust: Trust): void {
  let warned = false;
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (!warned && request.headers['x-forwarded-for'] !== undefined && !trust(peerOf(request))) {
      warned = true;
      log.warn(
        { code: 'PROXY_NOT_TRUSTED', peer: peerOf(request) },
        'X-Forwarded-For of this address is not believed. If it is your proxy, name it in ROLLCALL_TRUST_PROXY: until then all its callers count as one',
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
