import { databaseUrlFault, redactUrl, withLibpqMeaning } from './database-url.js';

const NEEDLE = 'Zx9QqSecret';
const AT = '127.0.0.1:5432/x';

describe('a password that was not percent-encoded', () => {
  test.each([
    `postgres://rollcall:1234#${NEEDLE}@${AT}`,
    `postgres://rollcall:1234?${NEEDLE}@${AT}`,
    `postgres://rollcall:1234?${NEEDLE}=1@${AT}`,
    `postgres://rollcall:1234/${NEEDLE}@${AT}`,
    `postgres://rollcall:ab#${NEEDLE}@${AT}`,
    `postgres://rollcall:ab/${NEEDLE}@${AT}`,
    `postgres://rollcall:ab/cd@${NEEDLE}@${AT}`,
    `postgres://rollcall:${NEEDLE}%zz@${AT}`,
    `postgres://rollcall:${NEEDLE} with blanks#@${AT}`,
    `"postgres://rollcall:${NEEDLE}@${AT}"`,
    `jdbc:postgresql://${AT}?user=rollcall&password=${NEEDLE}`,
    `host=127.0.0.1 user=rollcall password=${NEEDLE} dbname=x`,
  ])('is a fault that says how, and is not shown: %s', (url) => {
    expect(databaseUrlFault(url)).toMatch(/percent-encoded|quotes|must be a URL/);
    expect(databaseUrlFault(url)).not.toContain(NEEDLE);
    expect(redactUrl(url)).not.toContain(NEEDLE);
  });

  test.each([
    [`postgres://rollcall:p@${NEEDLE}@${AT}`, 'postgres://***'],
    [`postgres://rollcall:${NEEDLE}@${AT}`, `postgres://rollcall:***@${AT}`],
    [`postgres://${AT}?user=rollcall&password=${NEEDLE}`, `postgres://${AT}?***&***`],
    [
      `postgres://r:pw@${AT}?sslpassword=${NEEDLE}&sslmode=require`,
      `postgres://r:***@${AT}?***&sslmode=require`,
    ],
    [`postgres://r:pw@${AT}?passfile=/${NEEDLE}`, `postgres://r:***@${AT}?***`],
  ])('%s is taken, and shown as %s', (url, shown) => {
    expect(databaseUrlFault(url)).toBeUndefined();
    expect(redactUrl(url)).toBe(shown);
  });
});

test.each([
  ['postgres://u:p@a:1,b:2/x', /several hosts/],
  ['postgres://u:p@/x?host=a,b', /several hosts/],
  [`postgres://u:p@${AT}?sslmode=maybe`, /sslmode=maybe: must be one of disable, /],
  [`postgres://u:p@${AT}?sslmode=verify-ca`, /sslrootcert/],
  [`postgres://u:p@${AT}?sslrootcert=system`, /needs sslmode=verify-full/],
  [`postgres://u:p@${AT}?sslmode=require&sslrootcert=system`, /needs sslmode=verify-full/],
  [
    `postgres://u:p@${AT}?sslrootcert=/nowhere/ca.crt`,
    /sslrootcert=\/nowhere\/ca\.crt: the file cannot be read \(ENOENT\)/,
  ],
  [`postgres://u:p@${AT}?target_session_attrs=standby`, /target_session_attrs=standby: Rollcall writes/],
])('%s: the fault names the part and its fix', (url, fault) => {
  expect(databaseUrlFault(url)).toMatch(fault);
});

test.each([
  'postgresql:///db?host=/run/postgresql&user=u&password=p',
  `postgres://u:p@${encodeURIComponent('/run/postgresql')}/db`,
  `postgres://u@${AT}?target_session_attrs=read-write&channel_binding=require&schema=public`,
  `postgres://u:p%40ss%2Fw%23rd%25@[::1]:5432/db?sslmode=verify-full&sslrootcert=system`,
  `postgres://127.0.0.1/x?user=u&password=a@b`,
])('%s is taken as it is', (url) => {
  expect(databaseUrlFault(url)).toBeUndefined();
});

test('sslmode means to node-postgres what it means to libpq', () => {
  const of = (parameters: string) => new URL(withLibpqMeaning(`postgres://u:p@${AT}?${parameters}`)).search;
  expect(of('sslmode=require')).toBe('?sslmode=require&uselibpqcompat=true');
  expect(of('sslmode=allow')).toBe('?sslmode=prefer&uselibpqcompat=true');
  expect(of('sslmode=verify-full&sslrootcert=system')).toBe('?sslmode=verify-full&uselibpqcompat=true');
  expect(of('sslmode=no-verify')).toBe('?sslmode=no-verify');
  expect(of('x=1')).toBe('?x=1');
});
