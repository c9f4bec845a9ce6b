import { Logger } from '@nestjs/common';
import { loadConfig } from '../../src/config/config.js';
import { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import type { ResilienceOptions } from '../../src/enroll-client/resilience-policy.js';

interface Given {
  env?: Record<string, string | undefined>;
  resilience?: Partial<ResilienceOptions>;
}

/** A client of this eNROLL, with waits of milliseconds. */
export function clientOf(
  enroll: { url: string; tenantId?: string; tenantSecret?: string },
  { env = {}, resilience = {} }: Given = {},
): EnrollClient {
  Logger.overrideLogger(false);
  const config = loadConfig({
    NODE_ENV: 'test',
    ENROLL_BASE_URL: enroll.url,
    ENROLL_TENANT_ID: enroll.tenantId ?? 'tenant',
    ENROLL_TENANT_SECRET: enroll.tenantSecret ?? 'tenant-secret',
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  });
  return EnrollClient.connect(config, undefined, { resilience: { delayMs: 5, ...resilience } });
}
