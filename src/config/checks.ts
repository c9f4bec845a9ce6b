import { isPublished, isRepetitive, isRepetitiveKey } from './weak-secrets.js';

/** One finding about one setting, with the fix in its text. */
export interface SettingFault {
  name: string;
  message: string;
}

/** Settings by name, as parsed; one that is wrong or not set is not there. */
export type Given = Readonly<Record<string, unknown>>;

/** Settings that mean something only together. */
const TOGETHER = [
  ['ROLLCALL_CLIENT_ID', 'ROLLCALL_CLIENT_SECRET'],
  ['ENROLL_BASE_URL', 'ENROLL_TENANT_ID', 'ENROLL_TENANT_SECRET'],
  ['ROLLCALL_S3_ACCESS_KEY_ID', 'ROLLCALL_S3_SECRET_ACCESS_KEY'],
  ['ROLLCALL_ALERT_WEBHOOK_URL', 'ROLLCALL_ALERT_WEBHOOK_SECRET'],
  ['ROLLCALL_SMTP_URL', 'ROLLCALL_ALERT_MAIL_FROM', 'ROLLCALL_ALERT_MAIL_TO'],
];

/** Each secret with the id that it goes with, where it goes with one. */
const SECRETS: Readonly<Record<string, string | undefined>> = {
  ROLLCALL_CLIENT_SECRET: 'ROLLCALL_CLIENT_ID',
  ROLLCALL_API_KEY: undefined,
  ENROLL_TENANT_SECRET: 'ENROLL_TENANT_ID',
  ROLLCALL_S3_SECRET_ACCESS_KEY: 'ROLLCALL_S3_ACCESS_KEY_ID',
  ROLLCALL_ALERT_WEBHOOK_SECRET: undefined,
};
const EVERYBODY = /\/0+$/;
const A_NUMBER = /^\d+$/;

/** @param wrong names of settings that have a fault already */
export function togetherFaults(given: Given, wrong: ReadonlySet<string>): SettingFault[] {
  return TOGETHER.flatMap((names): SettingFault[] => {
    const missing = names.filter((name) => !wrong.has(name) && isEmpty(given[name]));
    if (names.every((name) => missing.includes(name))) return [];
    const message = `set all of ${names.join(', ')}, or none of them`;
    return missing.map((name) => ({ name, message }));
  });
}

/** What is a convenience elsewhere, and a hole in production. */
export function productionFaults(given: Given, wrong: ReadonlySet<string>): SettingFault[] {
  const required = [
    ['DATABASE_URL', 'required in production: the embedded Postgres is for development'],
    ['ROLLCALL_KEYS', 'required in production, e.g. "k1:$(openssl rand -base64 32)"'],
  ] as const;
  return [
    ...required.flatMap(([name, message]) =>
      given[name] === undefined && !wrong.has(name) ? [{ name, message }] : [],
    ),
    ...secretFaults(given),
    ...proxyFaults(given),
  ];
}

function secretFaults(given: Given): SettingFault[] {
  const faults: SettingFault[] = [];
  const say = (name: string, message: string) => faults.push({ name, message });
  if (isPublished(textOf(given, 'DATABASE_URL'))) say('DATABASE_URL', PUBLISHED);
  else if (isRepetitive(passwordOf(textOf(given, 'DATABASE_URL'))))
    say('DATABASE_URL', `its password ${REPETITIVE}`);
  const keys = textOf(given, 'ROLLCALL_KEYS');
  if (isPublished(keys)) say('ROLLCALL_KEYS', PUBLISHED);
  else if (keys.split(',').some((pair) => isRepetitiveKey(pair.slice(pair.indexOf(':') + 1)))) {
    say('ROLLCALL_KEYS', `holds a key that anybody can guess: make one with \`openssl rand -base64 32\``);
  }
  for (const [name, idName] of Object.entries(SECRETS)) {
    const secret = textOf(given, name);
    if (isPublished(secret)) say(name, PUBLISHED);
    else if (isRepetitive(secret)) say(name, REPETITIVE);
    else if (secret !== '' && idName !== undefined && isSame(secret, textOf(given, idName))) {
      say(name, `is the same as ${idName}: set your own`);
    }
  }
  return faults;
}

const PUBLISHED = 'is a published example value: set your own';
const REPETITIVE = 'repeats a few characters, which anybody can guess: set your own';

function proxyFaults(given: Given): SettingFault[] {
  const name = 'ROLLCALL_TRUST_PROXY';
  const proxies = (given[name] ?? []) as readonly string[];
  if (proxies.some((proxy) => A_NUMBER.test(proxy))) {
    const message =
      'counts proxies, and so believes whoever reaches the port: name their addresses, e.g. `10.0.0.0/8`';
    return [{ name, message }];
  }
  return proxies.some((proxy) => EVERYBODY.test(proxy))
    ? [{ name, message: 'believes everybody: name the addresses of your proxies, e.g. `10.0.0.0/8`' }]
    : [];
}

function isSame(secret: string, id: string): boolean {
  return secret.toLowerCase() === id.toLowerCase();
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function textOf(given: Given, name: string): string {
  const value = given[name];
  return typeof value === 'string' ? value : '';
}

function passwordOf(url: string): string {
  return URL.canParse(url) ? new URL(url).password : '';
}
