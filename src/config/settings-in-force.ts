import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Config } from './config.js';
import { redactUrl } from './database-url.js';
import {
  SETTING_GROUP_NAMES,
  SETTING_GROUPS,
  type SettingGroup,
  type SettingSource,
} from './setting-groups.js';
import { isSecret, type Settings, settings } from './settings.js';

/** A setting as people may see it. */
export interface SettingInForce {
  name: string;
  group: SettingGroup;
  /** English, with names in backticks. */
  description: string;
  isSecret: boolean;
  /** Whether something other than the default was given. */
  isSet: boolean;
  /** In force, as text; null: there is none, or it is a secret. */
  value: string | null;
  isDefault: boolean;
  source: SettingSource;
}

const LOGIN = /\/\/[^@/]*@/g;

/** Every setting in the order of the schema. Of a secret only whether it is set, of the database's URL what leads nowhere by itself. */
export function settingsInForce(config: Config): SettingInForce[] {
  let group: SettingGroup = SETTING_GROUP_NAMES[0]!;
  return Object.entries(settings.shape).map(([name, schema]) => {
    group = SETTING_GROUP_NAMES.find((one) => SETTING_GROUPS[one].from === name) ?? group;
    const given = config.env[name as keyof Settings];
    const source = config.sources[name] ?? 'default';
    return {
      name,
      group,
      description: schema.description ?? '',
      isSecret: isSecret(schema),
      isSet: source !== 'default',
      value: isSecret(schema) ? databaseOf(name, given) : (textOf(given) ?? defaultOf(name, config)),
      isDefault: isDeepStrictEqual(given, (schema as z.ZodType).safeParse(undefined).data),
      source,
    };
  });
}

/** Where the database is, without who logs in there. */
function databaseOf(name: string, given: unknown): string | null {
  return name === 'DATABASE_URL' && typeof given === 'string' ? withoutLogin(redactUrl(given)) : null;
}

/** A list with commas, limits as `name=number`; undefined where nothing was given. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String).join(', ');
  if (typeof value !== 'object')
    return withoutLogin(typeof value === 'string' ? value : JSON.stringify(value));
  return Object.entries(value)
    .map(([limit, number]) => `${limit}=${String(number)}`)
    .join(', ');
}

/** Defaults that hang on other settings. */
function defaultOf(name: string, config: Config): string | null {
  const defaults: Partial<Record<string, string>> = {
    ROLLCALL_HOST: config.host,
    ROLLCALL_PUBLIC_URL: config.publicUrl,
    ROLLCALL_MANAGEMENT_URL: config.managementUrl,
    ROLLCALL_DRAIN_SECONDS: String(config.drainMs / 1000),
    ROLLCALL_IMAGE_DIR: config.imageDir,
  };
  const text = defaults[name];
  return text === undefined ? null : withoutLogin(text);
}

/** Of a URL that should not hold one, but may. */
function withoutLogin(text: string): string {
  return text.replace(LOGIN, '//');
}
