import { isRepetitiveKey, weaknessOf } from './weak-secrets.js';

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
/** No private network is as wide: `10.0.0.0/8` and `fc00::/7` are the widest. */
const NARROWEST_OF_MANY = 7;

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
  const keys = textOf(given, 'ROLLCALL_KEYS');
  const weak = [
    ['DATABASE_URL', passwordWeakness(textOf(given, 'DATABASE_URL'))],
    ['ROLLCALL_KEYS', weaknessOf(keys) ?? keyWeakness(keys)],
    ...Object.entries(SECRETS).map(([name, idName]) => {
      const id = idName === undefined ? undefined : { name: idName, value: textOf(given, idName) };
      return [name, weaknessOf(textOf(given, name), id)] as const;
    }),
  ] as const;
  return weak.flatMap(([name, message]) => (message === undefined ? [] : [{ name, message }]));
}

function passwordWeakness(text: string): string | undefined {
  // a socket has no host, which no URL may lack beside a password
  const url = text.replace('@/', '@localhost/');
  if (!URL.canParse(url)) return undefined;
  const { username, password, searchParams } = new URL(url);
  const user = { name: 'its user', value: searchParams.get('user') ?? decodeURIComponent(username) };
  const weakness = weaknessOf(searchParams.get('password') ?? decodeURIComponent(password), user);
  return weakness === undefined ? undefined : `its password ${weakness}`;
}

function keyWeakness(ring: string): string | undefined {
  return ring.split(',').some((pair) => isRepetitiveKey(pair.slice(pair.indexOf(':') + 1)))
    ? 'holds a key that anybody can guess: make one with `openssl rand -base64 32`'
    : undefined;
}

function proxyFaults(given: Given): SettingFault[] {
  const name = 'ROLLCALL_TRUST_PROXY';
  const proxies = (given[name] ?? []) as readonly string[];
  return proxies.some((proxy) => Number(proxy.split('/')[1]) < NARROWEST_OF_MANY)
    ? [{ name, message: 'believes far too many: name the addresses of your proxies, e.g. `10.0.0.0/8`' }]
    : [];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function textOf(given: Given, name: string): string {
  const value = given[name];
  return typeof value === 'string' ? value : '';
}
