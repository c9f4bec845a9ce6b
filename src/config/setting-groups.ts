import type { Settings } from './settings.js';

/** Where the value of a setting came from: a variable of the environment (a checkout's `.env` counts as such), the file that `…_FILE` names, or `ROLLCALL_KEYS_COMMAND`. */
export const SETTING_SOURCES = ['environment', 'file', 'command', 'default'] as const;
export type SettingSource = (typeof SETTING_SOURCES)[number];

/** The topics of the settings, in their order: the setting that each begins with, and its heading in docs/configuration.md. */
export const SETTING_GROUPS = {
  listening: { from: 'NODE_ENV', title: 'Where it listens' },
  database: { from: 'ROLLCALL_DATA_DIR', title: 'The database' },
  keys: { from: 'ROLLCALL_KEYS', title: 'Keys and first credentials' },
  callers: { from: 'ROLLCALL_SEARCHES_PER_MINUTE', title: 'What callers may do' },
  singleSignOn: { from: 'ROLLCALL_OIDC_ISSUER', title: 'Single sign-on' },
  log: { from: 'ROLLCALL_LOG_LEVEL', title: 'The log' },
  tls: { from: 'ROLLCALL_TLS_CERT_FILE', title: 'TLS and who may call' },
  enroll: { from: 'ENROLL_BASE_URL', title: 'The query API of eNROLL' },
  images: { from: 'ROLLCALL_IMAGE_STORE', title: 'Images' },
  handingOn: { from: 'ROLLCALL_WEBHOOK_ALLOW_CIDR', title: 'Handing on' },
  alerts: { from: 'ROLLCALL_ALERTS_OFF', title: 'Alerts' },
  keeping: { from: 'ROLLCALL_KEEP_RECEIPTS_DAYS', title: 'How long things are kept' },
} as const satisfies Record<string, { from: keyof Settings; title: string }>;

export type SettingGroup = keyof typeof SETTING_GROUPS;
export const SETTING_GROUP_NAMES = Object.keys(SETTING_GROUPS) as SettingGroup[];
