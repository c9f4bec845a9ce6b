import ipaddr from 'ipaddr.js';

/** Of a house's own networks. */
const PRIVATE = ['loopback', 'linkLocal', 'private', 'uniqueLocal'];

/**
 * @param setting ROLLCALL_TRUST_PROXY: addresses and ranges, or how many proxies stand in a row before us
 * @returns whose word Fastify takes for the address that connected to it
 */
export function trustedProxies(
  setting: string[],
): false | string[] | ((address: string, hop: number) => boolean) {
  if (setting.length === 0) return false;
  const [count = ''] = setting;
  if (setting.length > 1 || !/^\d+$/.test(count)) return setting;
  // a client that has a private address too is no proxy, so its word does not count
  return (address, hop) =>
    hop < Number(count) && ipaddr.isValid(address) && PRIVATE.includes(ipaddr.process(address).range());
}
