import { Injectable } from '@nestjs/common';
import { JwtSecretRequestType, JwtService, type JwtSignOptions, type JwtVerifyOptions } from '@nestjs/jwt';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import type { TokenClient } from './auth.types.js';
import type { LiveClient } from './clients.repository.js';
import { Clients } from './clients.service.js';
import { LEEWAY_SECONDS, SigningKeys } from './signing-keys.service.js';
import { SigningSecrets } from './signing-periods.js';

const AUDIENCE = 'rollcall:callbacks';
/** The one scope there is; it opens the callbacks and nothing else. */
export const CALLBACK_SCOPE = 'callbacks';
/** RFC 9068, 2.1: an access token, and no other JWT that the same key may have signed. */
const TYPE = 'at+jwt';
const MICROSECONDS = 1_000_000;
const MAX_TOKEN_LENGTH = 4096;
const MAX_REMEMBERED = 10_000;

const Claims = z.object({
  sub: z.string().min(1),
  client_id: z.string().min(1),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(1),
  scope: z.string(),
  /** `tokensValidFrom` of the client when it was issued; absent in tokens of older releases. */
  valid_from: z.number().optional(),
});
const KeyId = z.object({ kid: z.string() });
const SignedHeader = z.object({ header: KeyId });
const Complete = z.object({
  header: KeyId.extend({ typ: z.literal(TYPE) }),
  payload: Claims,
});

/** What a presented token is: `valid` only while its client is live. */
export type Verification =
  { result: 'valid'; clientId: string } | { result: 'invalid' } | { result: 'insufficient_scope' };

interface Remembered {
  clientId: string;
  scopes: string[];
  /** Seconds since 1970, leeway included. */
  endsAt: number;
  validFrom: number;
  keyId: string;
}

const INVALID: Verification = { result: 'invalid' };

/** Issues and verifies the access tokens of eNROLL's callbacks (M1, M2; RFC 9068). */
@Injectable()
export class Tokens {
  /** Signature and claims of a token never change, so they are verified once. Its end and its client are checked every time. */
  private readonly remembered = new Map<string, Remembered>();
  private readonly issuer: string;

  constructor(
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly clients: Clients,
    private readonly config: Config,
  ) {
    // A public URL that nobody set holds the port of this process, but a token must work on every replica (M1).
    this.issuer = config.env.ROLLCALL_PUBLIC_URL === undefined ? 'urn:rollcall:local' : config.publicUrl;
  }

  /** @returns the token and its life in seconds */
  async issue({
    clientId,
    tokensValidFrom,
  }: TokenClient): Promise<{ accessToken: string; expiresInSeconds: number }> {
    const kid = await this.keys.signing();
    const expiresInSeconds = this.config.env.ROLLCALL_TOKEN_TTL_SECONDS;
    const accessToken = this.jwt.sign(
      { client_id: clientId, scope: CALLBACK_SCOPE, valid_from: tokensValidFrom },
      {
        algorithm: 'HS256',
        header: { alg: 'HS256', typ: TYPE, kid },
        issuer: this.issuer,
        audience: AUDIENCE,
        subject: clientId,
        expiresIn: expiresInSeconds,
        jwtid: randomUUID(),
      },
    );
    return { accessToken, expiresInSeconds };
  }

  /** At once where token and client are held in memory. */
  verify(token: string): Verification | Promise<Verification> {
    const known = this.remembered.get(token) ?? this.takeApart(token);
    if (known === undefined) return INVALID;
    if (known.endsAt <= Date.now() / 1000) {
      this.remembered.delete(token);
      return INVALID;
    }
    // nearly all tokens are of the key that signs, which needs no look-up
    if (!this.keys.signs(known.keyId)) return this.verifyByOlderKey(known);
    const client = this.clients.find(known.clientId);
    return client instanceof Promise ? client.then((found) => verdict(known, found)) : verdict(known, client);
  }

  private async verifyByOlderKey(known: Remembered): Promise<Verification> {
    const [verifies, client] = await Promise.all([
      this.keys.verifies(known.keyId),
      this.clients.find(known.clientId),
    ]);
    return verifies ? verdict(known, client) : INVALID;
  }

  private takeApart(token: string): Remembered | undefined {
    if (token.length > MAX_TOKEN_LENGTH) return undefined;
    try {
      const complete: unknown = this.jwt.verify(token, {
        algorithms: ['HS256'],
        issuer: this.issuer,
        audience: AUDIENCE,
        clockTolerance: LEEWAY_SECONDS,
        complete: true,
      });
      const { header, payload: claims } = Complete.parse(complete);
      if (claims.sub !== claims.client_id) return undefined;
      const known = {
        clientId: claims.client_id,
        scopes: claims.scope.split(' '),
        endsAt: claims.exp + LEEWAY_SECONDS,
        validFrom: claims.valid_from ?? claims.iat * MICROSECONDS,
        keyId: header.kid,
      };
      this.remember(token, known);
      return known;
    } catch {
      // Whatever is wrong with it, the caller learns "invalid" and no more.
      return undefined;
    }
  }

  private remember(token: string, known: Remembered): void {
    if (this.remembered.size >= MAX_REMEMBERED) {
      const [oldest] = this.remembered.keys();
      if (oldest !== undefined) this.remembered.delete(oldest);
    }
    this.remembered.set(token, known);
  }
}

/**
 * The keys that tokens are signed with or verified with: the one that the `kid` names. `SigningKeys` says which `kid` signs, and
 * whether one still verifies.
 */
export function signingKeys(ring: KeyRing) {
  const secrets = new SigningSecrets(ring);
  return (
    purpose: JwtSecretRequestType,
    token: string | object | Buffer,
    options?: JwtVerifyOptions | JwtSignOptions,
  ) => {
    if (purpose === JwtSecretRequestType.SIGN) return secrets.of(SignedHeader.parse(options).header.kid);
    // whoever presents a token says which key it is of: nothing else is read of it yet
    const [header = ''] = z.string().parse(token).split('.', 1);
    return secrets.of(KeyId.parse(JSON.parse(Buffer.from(header, 'base64url').toString())).kid);
  };
}

function verdict({ clientId, scopes, validFrom }: Remembered, client: LiveClient | undefined): Verification {
  if (client === undefined || validFrom < client.tokensValidFrom) return INVALID;
  return scopes.includes(CALLBACK_SCOPE) ? { result: 'valid', clientId } : { result: 'insufficient_scope' };
}
