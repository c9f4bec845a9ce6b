import { Logger } from '@nestjs/common';
import { loadConfig } from '../../src/config/config.js';
import { EnrollClient } from '../../src/enroll-client/enroll-client.service.js';
import type { SteadinessOptions } from '../../src/enroll-client/steadiness.js';

interface Given {
  env?: Record<string, string | undefined>;
  steadiness?: Partial<SteadinessOptions>;
}

/** A client of this eNROLL, with waits of milliseconds. */
export function clientOf(
  enroll: { url: string; tenantId?: string; tenantSecret?: string },
  { env = {}, steadiness = {} }: Given = {},
): EnrollClient {
  Logger.overrideLogger(false);
  const config = loadConfig({
    NODE_ENV: 'test',
    ENROLL_BASE_URL: enroll.url,
    ENROLL_TENANT_ID: enroll.tenantId ?? 'tenant',
    ENROLL_TENANT_SECRET: enroll.tenantSecret ?? 'tenant-secret',
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  });
  return EnrollClient.connect(config, undefined, { steadiness: { delayMs: 5, ...steadiness } });
}
