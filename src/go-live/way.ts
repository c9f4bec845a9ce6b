import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect as connectPlain, isIP } from 'node:net';
import { connect, TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';
import { isTlsFault } from '../crypto/tls-fault.js';
import { errnoOf, reasonOf } from '../db/errors.js';
import { failed, type Finding, ok, type Verdict, warning } from './finding.types.js';

const CONNECTS_WITHIN_MS = 5_000;
const DAY_MS = 86_400_000;
/** Clients of ACME renew when 30 days are left, or a third of the time: less than this means that it failed. */
const FEW_DAYS = 14;
const ISSUE = 'a certificate at the proxy (docs/operations.md)';

/** What a fault of a certificate means, by the code of Node or OpenSSL, and what to change at the proxy. */
const CERTIFICATE_FAULTS: Record<string, [found: string, fix: string]> = {
  CERT_HAS_EXPIRED: ['has expired', 'renew the certificate at the proxy'],
  CERT_NOT_YET_VALID: ['is not valid yet', 'the clock of whoever issued it, or ours'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['is signed by itself, so nobody trusts it', ISSUE],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'is of an authority that nobody trusts',
    `${ISSUE}; with --ca if eNROLL trusts yours`,
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'comes without those that lead to its authority, or the authority is one that nobody trusts',
    'let the proxy send the whole chain (fullchain.pem); with --ca if eNROLL trusts your authority',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: ['is for other names', 'a certificate at the proxy for this name'],
};

/** Where a URL leads. */
export interface Way {
  findings: Finding[];
  /** Some address takes calls, and has proved its name. */
  isOpen: boolean;
  /** What is sent there is encrypted, or does not leave this machine. */
  isPrivate: boolean;
}

/**
 * DNS, the ports, and the certificates of every address behind a URL.
 * @param ca PEM of authorities to trust instead of the usual ones
 */
export async function checkWay(base: URL, now: Date, ca?: string): Promise<Way> {
  const host = base.hostname.replace(/^\[|\]$/g, '');
  let addresses: string[];
  try {
    addresses = (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    const found = `${host} has no address (${errnoOf(error) ?? reasonOf(error)})`;
    const fix = 'DNS: an A or AAAA record';
    return { findings: [{ check: 'DNS', ...failed(found, fix) }], isOpen: false, isPrivate: false };
  }
  const isPlain = base.protocol === 'http:';
  const isHere = addresses.every((address) => rangeOf(address) === 'loopback');
  const findings: Finding[] = [{ check: 'DNS', ...addressVerdict(host, addresses) }];
  if (isPlain) {
    const say = isHere ? warning : failed;
    const found = 'the URL is not https: secrets and personal data travel in clear';
    findings.push({ check: 'TLS', ...say(found, `${ISSUE}, and https:// in ROLLCALL_PUBLIC_URL`) });
  }
  const ports = await Promise.all(addresses.map((address) => checkAddress(base, host, address, now, ca)));
  return {
    findings: [...findings, ...ports],
    isOpen: ports.some(({ status }) => status !== 'failed'),
    isPrivate: !isPlain || isHere,
  };
}

function addressVerdict(host: string, addresses: string[]) {
  const found = host === addresses[0] ? host : `${host} is ${addresses.join(', ')}`;
  const inside = addresses.filter((address) => rangeOf(address) !== 'unicast');
  if (inside.length === 0) return ok(found);
  const fix = 'DNS: an address of the internet, unless eNROLL reaches you by a private line';
  return warning(`${found}; nobody outside reaches ${inside.join(', ')}`, fix);
}

function rangeOf(address: string): string {
  return ipaddr.process(address).range();
}

async function checkAddress(
  { protocol, port }: URL,
  host: string,
  address: string,
  now: Date,
  ca?: string,
): Promise<Finding> {
  const isPlain = protocol === 'http:';
  const where = { host: address, port: Number(port || (isPlain ? 80 : 443)) };
  const check = isPlain ? `port of ${address}` : `TLS of ${address}`;
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = isPlain ? connectPlain(where) : connect({ ...where, ...name, ca });
  try {
    const signal = AbortSignal.timeout(CONNECTS_WITHIN_MS);
    await once(socket, isPlain ? 'connect' : 'secureConnect', { signal });
    return { check, ...(socket instanceof TLSSocket ? termVerdict(socket, now) : ok('open')) };
  } catch (error) {
    return { check, ...connectVerdict(error) };
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

function termVerdict(socket: TLSSocket, now: Date): Verdict {
  const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - now.getTime()) / DAY_MS);
  const found = `${socket.getProtocol() ?? 'TLS'}, the certificate is trusted and good for ${days} days`;
  if (days >= FEW_DAYS) return ok(found);
  return warning(found, 'renew the certificate at the proxy, and see why it was not renewed by itself');
}

function connectVerdict(error: unknown): Verdict {
  const code = errnoOf(error) ?? '';
  const [fault, fix] = CERTIFICATE_FAULTS[code] ?? [];
  if (fault !== undefined && fix !== undefined) return failed(`the certificate ${fault}`, fix);
  if (isTlsFault(code)) return failed(`no TLS that can be trusted (${code})`, ISSUE);
  const reason = code === 'ABORT_ERR' ? `none within ${CONNECTS_WITHIN_MS / 1000} s` : reasonOf(error);
  return failed(
    `no answer: ${reason}`,
    'let the proxy listen there, open the firewall, or take the address out of DNS',
  );
}
