import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import type { RequestSpec } from './dialect.js';
import type { OutgoingRequest } from './enroll-transport.js';
import { fillBody, fillPath, fillQuery, type TemplateValues } from './template.js';

/** The tenant's settings that are missing. */
export function missingSettings({ env }: Config): string[] {
  const needed = ['ENROLL_BASE_URL', 'ENROLL_TENANT_ID', 'ENROLL_TENANT_SECRET'] as const;
  return needed.filter((name) => env[name] === undefined);
}

/**
 * The tenant's settings. `baseUrl` has no slash at its end.
 * @throws Problem ENROLL_NOT_CONFIGURED with the settings that are missing
 */
export function tenantOf(config: Config) {
  const missing = missingSettings(config);
  if (missing.length > 0) throw new Problem('ENROLL_NOT_CONFIGURED', `Set ${missing.join(', ')}`);
  const {
    ENROLL_BASE_URL: url = '',
    ENROLL_TENANT_ID: tenantId,
    ENROLL_TENANT_SECRET: tenantSecret,
  } = config.env;
  return { baseUrl: url.replace(/\/+$/, ''), tenantId, tenantSecret };
}

/** One request of the dialect with its values filled in. */
export function spellRequest(
  call: string,
  spec: RequestSpec,
  baseUrl: string,
  values: TemplateValues,
): OutgoingRequest {
  const query = fillQuery(spec.query ?? {}, values, spec.arrays).toString();
  const body = spec.body === undefined ? undefined : JSON.stringify(fillBody(spec.body, values));
  return {
    call,
    method: spec.method,
    url: `${baseUrl}${fillPath(spec.path, values)}${query === '' ? '' : `?${query}`}`,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...spec.headers },
    body,
  };
}

/**
 * Checks an id for eNROLL and returns it unchanged.
 * @throws Problem BAD_REQUEST for blank, over-long or unprintable text, and for `.` and `..`, which a URL would resolve
 */
export function checkId(id: string, name: string): string {
  if (id.trim() === '' || [...id].length > 128 || /^\.{1,2}$|[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(id)) {
    throw new Problem('BAD_REQUEST', `${name} must be 1 to 128 printable characters`);
  }
  return id;
}
