import { isOfEnroll } from './problem/request-url.js';

/** What load balancers and those who verify our signatures ask: open everywhere. */
const OF_ALL = /^\/(health|\.well-known)(?=[/?]|$)/;

/**
 * Whether a port is silent about a URL where there are two: the public one answers what eNROLL calls, the other one the rest.
 * @param url as `normalUrl` spells it
 */
export function isHiddenAt(port: 'public' | 'management', url: string): boolean {
  if (OF_ALL.test(url)) return false;
  return isOfEnroll(url) === (port === 'management');
}
