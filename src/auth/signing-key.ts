import { JwtSecretRequestType } from '@nestjs/jwt';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { KeyRing } from '../crypto/key-ring.js';

const Header = z.object({ kid: z.string() });

/**
 * The key a token is signed with (the ring's first) or verified with (the one its `kid` names; whether
 * that one still verifies is for `SigningKeys` to say). A `KeyObject`: with a string or bytes jsonwebtoken is 25 times slower.
 * @throws Error where the header is unreadable or names a key that is not in the ring
 */
export function signingKey(
  ring: KeyRing,
  purpose: JwtSecretRequestType,
  token: string | object | Buffer,
): KeyObject {
  if (purpose === JwtSecretRequestType.SIGN) return ring.current.subKeys.token;
  const [header = ''] = z.string().parse(token).split('.', 1);
  const { kid } = Header.parse(JSON.parse(Buffer.from(header, 'base64url').toString()));
  const key = ring.find(kid);
  if (key === undefined) throw new Error('The token names a key that is not in the ring');
  return key.subKeys.token;
}
