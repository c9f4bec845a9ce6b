import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot } from '../../src/config/root.js';

/** The sources of what runs in production. */
const SOURCES = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .map((name) => join('src', name));

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');

/** Without comments, which may speak of anything. */
const code = new Map(
  SOURCES.map((file) => [file, read(file).replace(/\/\*[^]*?\*\/|(?<=^|[\s;{(,])\/\/.*$/gm, '')]),
);

const filesWith = (pattern: RegExp) =>
  [...code].filter(([, text]) => pattern.test(text)).map(([file]) => relative('src', file));

test('nothing of src makes code from text, or asks a shell', () => {
  expect(SOURCES.length).toBeGreaterThan(300);
  expect(filesWith(/\beval\(|new Function\(|from 'node:vm'|\bimport\((?!')/)).toEqual([]);
  expect(filesWith(/\bshell: true|\bexec\(['"`]|\bexecSync\(|promisify\(exec\)/)).toEqual([]);
  // the command that prints the key ring, the embedded Postgres, and the process that fetches images: each by a list of arguments
  expect(filesWith(/from 'node:child_process'/).sort()).toEqual([
    'config/keys-command.ts',
    'db/embedded/account.ts',
    'db/embedded/binaries.ts',
    'db/embedded/cluster.ts',
    'db/embedded/processes.ts',
    'db/embedded/server.ts',
    'images/image-fetcher.service.ts',
  ]);
});

test('nothing of src uses a weak hash, a weak cipher or guessable numbers', () => {
  expect(filesWith(/['"`](md5|sha1|sha-1|ripemd\w*|des|rc4|bf)['"`]/i)).toEqual([]);
  const ciphers = [...code.values()].flatMap((text) => text.match(/['"](aes|chacha)[\w-]*['"]/gi) ?? []);
  expect([...new Set(ciphers)]).toEqual(["'aes-256-gcm'"]);
  expect(filesWith(/createCipher\(|pseudoRandomBytes|RSA_PKCS1_PADDING/)).toEqual([]);
  // delays that are spread are no secret
  expect(filesWith(/Math\.random\(/).sort()).toEqual([
    'enroll-client/resilience-policy.ts',
    'webhooks/retry-delay.ts',
  ]);
});

test('nothing lowers the version, the ciphers or the checks of TLS', () => {
  const touching = filesWith(
    /minVersion|maxVersion|secureProtocol|\bciphers\b|TLS_REJECT|rejectUnauthorized: false|checkServerIdentity: \(|insecureHTTPParser/,
  );
  // it raises them (test/e2e/tls.spec.ts)
  expect(touching.filter((file) => file !== 'tls.ts')).toEqual([]);
  for (const file of [
    'Dockerfile',
    'docker-compose.yml',
    'ops/proxy/Caddyfile',
    'package.json',
    'scripts/start.mjs',
  ])
    expect([
      file,
      /tls-min|tls_insecure|insecure_skip_verify|--inspect|insecure-http-parser/.test(read(file)),
    ]).toEqual([file, false]);
});

test('no source names a host that it would call', () => {
  const hosts = [...code.values()].flatMap((text) =>
    [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map(([, host = '']) => host),
  );
  // examples of the documentation, and names that only this machine has
  const others = hosts.filter((host) => host.includes('.') && !/(^|\.)example(\.org)?$/.test(host));
  // names of XML, a licence and of standards
  expect([...new Set(others)].sort()).toEqual([
    'schemas.openid.net',
    'schemas.openxmlformats.org',
    'www.apache.org',
    'www.standardwebhooks.com',
  ]);
});

test('the documentation page keeps no key', () => {
  expect(read('src/openapi.ts')).toContain('persistAuthorization: false');
});

test('the rules of types and comparisons are on', () => {
  const rules = read('eslint.config.mjs');
  for (const rule of ["eqeqeq: 'error'", "no-explicit-any': 'error'", 'recommendedTypeChecked'])
    expect(rules).toContain(rule);
  const { compilerOptions } = JSON.parse(read('tsconfig.json')) as {
    compilerOptions: Record<string, unknown>;
  };
  expect(compilerOptions).toMatchObject({ strict: true, noUncheckedIndexedAccess: true });
});

test('the inventory of cryptography names every file that uses it', () => {
  const [, inventory = ''] = read('docs/security.md').split('\n## Inventory of cryptography\n');
  const [own = ''] = inventory.split('\n## ');
  // names are given by UUIDs, which is no cryptography
  const users = [...code]
    .filter(([, text]) => {
      const [, imported = ''] = /import (?:type )?\{([^}]*)\} from 'node:crypto'/.exec(text) ?? [];
      const used = imported.split(',').map((name) => name.replace(/\btype\b/, '').trim());
      return (
        used.some((name) => name !== '' && name !== 'randomUUID') ||
        /from '(jose|@node-rs\/argon2|otpauth|openid-client)'/.test(text)
      );
    })
    .map(([file]) => file);
  expect(users.length).toBeGreaterThan(15);
  expect(users.filter((file) => !own.includes(`\`${file}\``))).toEqual([]);
});
