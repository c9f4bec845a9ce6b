import type { SettingFault } from '../../src/config/checks.js';
import { ConfigError, loadConfig, type SettingCheck } from '../../src/config/config.js';

/** 32 bytes, base64 without its padding. */
export const KEY = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
export const TENANT = {
  ENROLL_BASE_URL: 'https://enroll.example.org',
  ENROLL_TENANT_ID: 'tenant',
  ENROLL_TENANT_SECRET: 'of the tenant',
};
export const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://rollcall:p4ss@db:5432/rollcall?sslmode=verify-full',
  ROLLCALL_KEYS: `k1:${KEY}=`,
};

/** What `loadConfig` says of an environment; nothing where it takes it. */
export function faultsOf(env: NodeJS.ProcessEnv, checks: SettingCheck[] = []): SettingFault[] {
  try {
    loadConfig(env, checks);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}
