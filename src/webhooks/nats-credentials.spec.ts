import { readNatsCredentials } from './nats-credentials.js';

const FILE = `-----BEGIN NATS USER JWT-----
eyJ0eXAiOiJKV1QifQ.eyJqdGkiOiJYIn0.c2ln
------END NATS USER JWT------

************************* IMPORTANT *************************
NKEY Seed printed below can be used to sign and prove identity.

-----BEGIN USER NKEY SEED-----
SUAEXAMPLEEXAMPLEEXAMPLE
------END USER NKEY SEED------

*************************************************************
`;

describe('credentials for nats', () => {
  it.each([
    ['as they are handed out', FILE],
    ['with Windows line ends', FILE.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${FILE}`],
    ['without a line end at the end', FILE.trim()],
  ])('of a file %s are the same', (_what, given) => {
    expect(readNatsCredentials(given)).toEqual({ kind: 'file', text: `${FILE.trim()}\n` });
  });

  it('of a file without its seed, or without its JWT, are none', () => {
    expect(readNatsCredentials(FILE.split('-----BEGIN USER')[0]!)).toBeUndefined();
    expect(readNatsCredentials(FILE.replace(/^ey.*$/m, ''))).toBeUndefined();
  });

  it('are a user and a password that may hold anything, or a token; a line end behind them is no part of either', () => {
    expect(readNatsCredentials('app:p:a@s/s#w%\n')).toEqual({
      kind: 'password',
      user: 'app',
      password: 'p:a@s/s#w%',
    });
    expect(readNatsCredentials('s3cr3t-token\r\n')).toEqual({ kind: 'token', token: 's3cr3t-token' });
  });
});
