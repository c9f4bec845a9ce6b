import { Injectable } from '@nestjs/common';
import { equals, sha256 } from '../crypto/constant-time.js';
import { CredentialHash } from '../crypto/credential-hash.js';
import type { ApiKeyEntity } from './api-keys.entity.js';

/** What a key may do, and from when on, where and how often it may not: all that its seal binds. */
export type ApiKeyRights = Pick<
  ApiKeyEntity,
  'name' | 'scopes' | 'expiresAt' | 'allowAddresses' | 'requestsPerMinute'
>;

/** Of a key that ends only by itself, opens from anywhere, and has the common limit. */
export const UNLIMITED = { expiresAt: null, allowAddresses: null, requestsPerMinute: null } as const;

export interface ApiKeyProof {
  hash: string;
  seal: string;
}

/**
 * Makes rows of `api_keys` that open, and knows them again. `hash` says which key a row is of, `seal` binds what the key may
 * do to it. Nobody makes either without the key ring, so a row that was written or widened by SQL opens nothing.
 */
@Injectable()
export class ApiKeySeal {
  constructor(private readonly hashes: CredentialHash) {}

  /** The row of a key, under the first key of the ring. */
  rowOf(key: string, rights: ApiKeyRights): ApiKeyRights & ApiKeyProof & { digest: Buffer } {
    const digest = sha256(key);
    return { ...rights, digest, ...this.proofOf(digest, rights) };
  }

  /** The same of a key of which only the SHA-256 is known. */
  proofOf(digest: Buffer, rights: ApiKeyRights): ApiKeyProof {
    const [hash] = this.hashes.ofDigest('api-key', digest.toString('hex'));
    return { hash, seal: this.seals(hash, rights)[0] };
  }

  /** Whether we wrote the row as it is. */
  isSealed(row: ApiKeyRights & Pick<ApiKeyEntity, 'hash' | 'seal'>): row is typeof row & ApiKeyProof {
    const { hash, seal } = row;
    return hash !== null && seal !== null && this.seals(hash, row).some((right) => equals(right, seal));
  }

  /** What to write instead where the row is ours but of an older key of the ring; undefined where there is nothing to do. */
  renewed(row: ApiKeyRights & Pick<ApiKeyEntity, 'digest' | 'hash' | 'seal'>): ApiKeyProof | undefined {
    if (!this.isSealed(row)) return undefined;
    const digest = row.digest.toString('hex');
    // else somebody could have his own key sealed here
    if (!this.hashes.ofDigest('api-key', digest).includes(row.hash)) return undefined;
    const proof = this.proofOf(row.digest, row);
    return proof.seal === row.seal ? undefined : proof;
  }

  /** The hashes under which a key may be stored. */
  hashesOf(key: string): readonly string[] {
    return this.hashes.candidates('api-key', key);
  }

  private seals(hash: string, rights: ApiKeyRights): readonly [string, ...string[]] {
    const { name, scopes, expiresAt, allowAddresses, requestsPerMinute } = rights;
    const bound = [hash, name, scopes, expiresAt?.getTime() ?? null, allowAddresses, requestsPerMinute];
    return this.hashes.candidates('api-key-seal', JSON.stringify(bound));
  }
}
