import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import {
  SignatureError,
  SignatureHeaderError,
  SignatureMismatchError,
  SignatureTimestampError,
  verifySignature,
} from './src/signature.js';

/** The independent implementation signs; ours verifies. */
const newSecret = () => `whsec_${randomBytes(24).toString('base64')}`;
const SECRET = newSecret();
const BODY = JSON.stringify({ type: 'applicant.created', data: { applicantId: 'a-1', name: 'منى' } });

function signed(body = BODY, { secret = SECRET, at = new Date(), id = 'msg_1' } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}
const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000);

describe('verifySignature', () => {
  it.each([
    ['text', BODY],
    ['bytes', Buffer.from(BODY)],
    ['nothing', ''],
  ])('takes a body of %s that the standard implementation signed', async (_, body) => {
    await verifySignature(body, signed(body.toString()), SECRET);
  });

  it('takes bytes that are no UTF-8 for what they are', async () => {
    const headers = signed('\ufffd');
    await verifySignature('\ufffd', headers, SECRET);
    await expect(verifySignature(Uint8Array.of(0xff), headers, SECRET)).rejects.toThrow(
      SignatureMismatchError,
    );
  });

  it.each([
    ['of Fetch', (headers: Record<string, string>) => new Headers(headers)],
    ['of Node', (headers: Record<string, string>) => ({ ...headers, 'set-cookie': ['a', 'b'] })],
    [
      'in any case',
      (headers: Record<string, string>) =>
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value])),
    ],
  ])('takes headers %s', async (_, shape) => {
    await verifySignature(BODY, shape(signed()), SECRET);
  });

  it('takes a secret without its prefix', async () => {
    await verifySignature(BODY, signed(), SECRET.replace('whsec_', ''));
  });

  it('refuses another secret, naming neither', async () => {
    const refusal = verifySignature(BODY, signed(), newSecret());
    await expect(refusal).rejects.toThrow(SignatureMismatchError);
    await expect(refusal).rejects.not.toThrow(/whsec_/);
  });

  it.each([
    ['body', BODY.replace('a-1', 'a-2'), {}],
    ['body with a blank behind it', `${BODY} `, {}],
    ['id', BODY, { 'webhook-id': 'msg_2' }],
    ['timestamp', BODY, { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 1) }],
  ])('refuses a changed %s', async (_, body, changed) => {
    await expect(verifySignature(body, { ...signed(), ...changed }, SECRET)).rejects.toThrow(
      SignatureMismatchError,
    );
  });

  describe('while a secret is rotated', () => {
    const next = newSecret();
    const both = () => {
      const headers = signed();
      return {
        ...headers,
        'webhook-signature': `${signed(BODY, { secret: next })['webhook-signature']} ${headers['webhook-signature']}`,
      };
    };

    it.each([
      ['the old one', SECRET],
      ['the new one', next],
      ['both', [next, SECRET]],
    ])('a request signed with both is taken by who knows %s', async (_, secrets) => {
      await verifySignature(BODY, both(), secrets);
    });

    it('who knows both takes a request signed with either', async () => {
      await verifySignature(BODY, signed(), [next, SECRET]);
      await verifySignature(BODY, signed(BODY, { secret: next }), [next, SECRET]);
    });
  });

  it('passes over signatures of other versions and what is no base64', async () => {
    const own = signed()['webhook-signature'];
    await verifySignature(BODY, { ...signed(), 'webhook-signature': `v1a,abcd v1,*** ${own}` }, SECRET);
    const foreign = { ...signed(), 'webhook-signature': own.replace('v1,', 'v2,') };
    await expect(verifySignature(BODY, foreign, SECRET)).rejects.toThrow(SignatureMismatchError);
  });

  it('refuses a signature that is cut short', async () => {
    const own = signed()['webhook-signature'];
    for (const cut of ['v1,', own.slice(0, 11)]) {
      await expect(verifySignature(BODY, { ...signed(), 'webhook-signature': cut }, SECRET)).rejects.toThrow(
        SignatureMismatchError,
      );
    }
  });

  it.each([-310, 310])('refuses what was signed %d s from now', async (seconds) => {
    const headers = signed(BODY, { at: secondsFromNow(seconds) });
    await expect(verifySignature(BODY, headers, SECRET)).rejects.toThrow(SignatureTimestampError);
    await verifySignature(BODY, headers, SECRET, { toleranceSeconds: 600 });
  });

  it.each([-290, 290])('takes what was signed %d s from now', async (seconds) => {
    await verifySignature(BODY, signed(BODY, { at: secondsFromNow(seconds) }), SECRET);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
    'names %s where it is missing or empty',
    async (name) => {
      for (const value of [undefined, '']) {
        const refusal = verifySignature(BODY, { ...signed(), [name]: value }, SECRET);
        await expect(refusal).rejects.toThrow(SignatureHeaderError);
        await expect(refusal).rejects.toThrow(name);
      }
    },
  );

  it.each(['soon', '-5', '1e9', '1700000000.5', '99999999999999'])(
    'refuses the timestamp %s',
    async (timestamp) => {
      const refusal = verifySignature(BODY, { ...signed(), 'webhook-timestamp': timestamp }, SECRET);
      await expect(refusal).rejects.toThrow(SignatureHeaderError);
    },
  );

  it('gives all refusals one class and each its name', async () => {
    const refusal: unknown = await verifySignature(BODY, {}, SECRET).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SignatureError);
    expect(String(refusal)).toBe('SignatureHeaderError: the header webhook-id is missing');
  });

  it.each(['', 'whsec_', 'whsec_not base64!'])(
    'a secret "%s" is a mistake of the receiver',
    async (secret) => {
      await expect(verifySignature(BODY, signed(), secret)).rejects.toThrow(TypeError);
    },
  );
});
