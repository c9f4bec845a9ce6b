import ipaddr from 'ipaddr.js';
import { decoded } from './database-url.js';
import { isRepetitiveKey, type KnownId, weaknessOf } from './weak-secrets.js';

/** One finding about one setting, with the fix in its text. */
export interface SettingFault {
  name: string;
  message: string;
}

/** Settings by name, as parsed. Those that are wrong or not set are missing. */
export type Given = Readonly<Record<string, unknown>>;

/** Settings that only make sense together. */
const TOGETHER = [
  ['ROLLCALL_CLIENT_ID', 'ROLLCALL_CLIENT_SECRET'],
  ['ROLLCALL_TLS_CERT_FILE', 'ROLLCALL_TLS_KEY_FILE'],
  ['ENROLL_BASE_URL', 'ENROLL_TENANT_ID', 'ENROLL_TENANT_SECRET'],
  ['ROLLCALL_S3_ACCESS_KEY_ID', 'ROLLCALL_S3_SECRET_ACCESS_KEY'],
  ['ROLLCALL_ALERT_WEBHOOK_URL', 'ROLLCALL_ALERT_WEBHOOK_SECRET'],
  ['ROLLCALL_SMTP_URL', 'ROLLCALL_ALERT_MAIL_FROM', 'ROLLCALL_ALERT_MAIL_TO'],
  ['ROLLCALL_OIDC_ISSUER', 'ROLLCALL_OIDC_CLIENT_ID', 'ROLLCALL_OIDC_CLIENT_SECRET'],
];

/** Settings that are a secret as a whole. */
const SECRETS = [
  'ROLLCALL_CLIENT_SECRET',
  'ROLLCALL_API_KEY',
  'ENROLL_TENANT_SECRET',
  'ROLLCALL_S3_SECRET_ACCESS_KEY',
  'ROLLCALL_ALERT_WEBHOOK_SECRET',
  'ROLLCALL_OIDC_CLIENT_SECRET',
];
/** Every URL that may hold a password. */
const URLS_WITH_PASSWORD = ['DATABASE_URL', 'ROLLCALL_SMTP_URL', 'ENROLL_PROXY_URL'];
/** Others know these, so no secret may be made of them. */
const IDS = [
  'ROLLCALL_CLIENT_ID',
  'ROLLCALL_OIDC_CLIENT_ID',
  'ENROLL_TENANT_ID',
  'ROLLCALL_S3_ACCESS_KEY_ID',
];

/** The widest private network is `10.0.0.0/8`. */
const WIDEST_IPV4_BITS = 8;
/** Nobody has that many public addresses: the widest block ever given to one operator is a /19. */
const WIDEST_IPV6_BITS = 16;
/** Unique local and link local addresses are private by kind, so these networks may be trusted whole. */
const LOCAL_IPV6 = [ipaddr.IPv6.parseCIDR('fc00::/7'), ipaddr.IPv6.parseCIDR('fe80::/10')];
/** All of IPv4, mapped into IPv6. */
const MAPPED_BITS = 96;
const MAPPED = ipaddr.IPv6.parse('::ffff:0:0');

/** @param wrong names of settings that already have a fault */
export function togetherFaults(given: Given, wrong: ReadonlySet<string>): SettingFault[] {
  return TOGETHER.flatMap((names): SettingFault[] => {
    const missing = names.filter((name) => !wrong.has(name) && isEmpty(given[name]));
    if (names.every((name) => missing.includes(name))) return [];
    const message = `set all of ${names.join(', ')}, or none of them`;
    return missing.map((name) => ({ name, message }));
  });
}

/** What does not fit of the two ports. */
export function portFaults({ PORT, ROLLCALL_MANAGEMENT_PORT: port, ...given }: Given): SettingFault[] {
  if (port === undefined) {
    return given['ROLLCALL_MANAGEMENT_HOST'] === undefined
      ? []
      : [
          {
            name: 'ROLLCALL_MANAGEMENT_HOST',
            message: 'has no effect without ROLLCALL_MANAGEMENT_PORT: set both',
          },
        ];
  }
  return port === PORT && port !== 0
    ? [{ name: 'ROLLCALL_MANAGEMENT_PORT', message: 'must be another port than PORT' }]
    : [];
}

/** What a receipt holds of a person is found by the versions that name it: they must not go before it. */
export function retentionFaults(given: Given): SettingFault[] {
  const [name, other] = ['ROLLCALL_KEEP_VERSIONS_DAYS', 'ROLLCALL_KEEP_RECEIPTS_DAYS'] as const;
  const daysOf = (days: unknown): number => (days === 0 ? Infinity : Number(days));
  if (!(daysOf(given[name]) < daysOf(given[other]))) return [];
  const message = `must be 0, or at least ${other}: by its versions a person is found in receipts, to be erased or held`;
  return [{ name, message }];
}

/** What contradicts our own TLS. */
export function tlsSettingFaults(given: Given): SettingFault[] {
  const name = 'ROLLCALL_TLS_CERT_FILE';
  if (given[name] === undefined) {
    return given['ROLLCALL_TLS_CLIENT_CA_FILE'] === undefined
      ? []
      : [
          {
            name: 'ROLLCALL_TLS_CLIENT_CA_FILE',
            message: `has no effect without ${name}: with TLS at a proxy, the proxy asks for client certificates`,
          },
        ];
  }
  return ['ROLLCALL_PUBLIC_URL', 'ROLLCALL_MANAGEMENT_URL']
    .filter((url) => textOf(given, url).startsWith('http:'))
    .map((url) => ({ name: url, message: `must start with https://, since ${name} is set` }));
}

/** Finds what is convenient in development and a hole in production. */
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
    ...(textOf(given, 'ROLLCALL_OIDC_ISSUER').startsWith('http:')
      ? [{ name: 'ROLLCALL_OIDC_ISSUER', message: 'must be https:// in production: it says who people are' }]
      : []),
  ];
}

function secretFaults(given: Given): SettingFault[] {
  const keys = textOf(given, 'ROLLCALL_KEYS');
  const ids = IDS.map((name) => ({ name, value: textOf(given, name) }));
  const weak = [
    ...URLS_WITH_PASSWORD.map((name) => [name, passwordWeakness(textOf(given, name), ids)] as const),
    ['ROLLCALL_KEYS', weaknessOf(keys) ?? keyWeakness(keys)] as const,
    ...SECRETS.map((name) => [name, weaknessOf(textOf(given, name), ids)] as const),
  ];
  return weak.flatMap(([name, message]) => (message === undefined ? [] : [{ name, message }]));
}

function passwordWeakness(text: string, ids: readonly KnownId[]): string | undefined {
  // with a socket the host is empty, but a URL with a password needs one
  const url = text.replace('@/', '@localhost/');
  if (!URL.canParse(url)) return undefined;
  const { username, password, searchParams } = new URL(url);
  const user = searchParams.get('user') ?? decoded(username);
  const secret = searchParams.get('password') ?? decoded(password);
  if (user === undefined || secret === undefined) {
    return 'its user or password has a % that encodes nothing: percent-encode reserved characters (% is %25)';
  }
  const weakness = weaknessOf(secret, [{ name: 'its user', value: user }, ...ids]);
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
  return proxies.some(isFarTooWide)
    ? [{ name, message: 'trusts far too many addresses: name those of your proxies, e.g. `10.0.0.0/8`' }]
    : [];
}

function isFarTooWide(range: string): boolean {
  const [text = '', given] = range.split('/', 2);
  const address = ipaddr.parse(text);
  if (!(address instanceof ipaddr.IPv6)) return Number(given ?? 32) < WIDEST_IPV4_BITS;
  const bits = Number(given ?? 128);
  if (bits <= MAPPED_BITS && MAPPED.match(address, bits)) return true;
  if (address.isIPv4MappedAddress()) return bits < MAPPED_BITS + WIDEST_IPV4_BITS;
  const isLocal = LOCAL_IPV6.some(([network, own]) => bits >= own && address.match(network, own));
  return !isLocal && bits < WIDEST_IPV6_BITS;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

function textOf(given: Given, name: string): string {
  const value = given[name];
  return typeof value === 'string' ? value : '';
}
