import type { Config } from '../config/config.js';
import { Problem } from '../problem/problem.js';
import type { RequestSpec } from './dialect.js';
import type { OutgoingRequest } from './enroll-transport.js';
import { fillBody, fillPath, fillQuery, type TemplateValues } from './template.js';

/** What a tenant needs to be asked. */
export interface Tenant {
  /** Without a trailing slash. */
  baseUrl: string;
  tenantId: string;
  tenantSecret: string;
}

/** @throws Problem ENROLL_NOT_CONFIGURED naming the settings that are missing */
export function tenantOf({ env }: Config): Tenant {
  const { ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET } = env;
  if (ENROLL_BASE_URL === undefined || ENROLL_TENANT_ID === undefined || ENROLL_TENANT_SECRET === undefined) {
    const needed = { ENROLL_BASE_URL, ENROLL_TENANT_ID, ENROLL_TENANT_SECRET };
    const missing = Object.entries(needed).filter(([, value]) => value === undefined);
    throw new Problem('ENROLL_NOT_CONFIGURED', `Set ${missing.map(([name]) => name).join(', ')}`);
  }
  return {
    baseUrl: ENROLL_BASE_URL.replace(/\/+$/, ''),
    tenantId: ENROLL_TENANT_ID,
    tenantSecret: ENROLL_TENANT_SECRET,
  };
}

/** One request of the dialect, spelled out for a tenant. */
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
 * Checks an id on its way to eNROLL and returns it unchanged.
 * @throws Problem BAD_REQUEST for blank, over-long or unprintable text, and for `.` and `..`, which a path would resolve
 */
export function checkId(id: string, name: string): string {
  if (id.trim() === '' || [...id].length > 128 || /^\.{1,2}$|[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(id)) {
    throw new Problem('BAD_REQUEST', `${name} must be 1 to 128 printable characters`);
  }
  return id;
}
