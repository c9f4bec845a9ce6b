import { compactVerify, createLocalJWKSet, type JWK } from 'jose';
import { z } from 'zod';

const HEAD = z.object({ n: z.number(), hash: z.string() });

/**
 * Whether a signed head is not what the chain says: signed by none of these keys, or of another hash.
 * @param hashes of the links by their numbers
 */
export async function headFault(
  jws: string,
  keys: readonly object[],
  hashes: ReadonlyMap<number, string>,
): Promise<boolean> {
  try {
    const { payload } = await compactVerify(jws, createLocalJWKSet({ keys: keys as JWK[] }));
    const { n, hash } = HEAD.parse(JSON.parse(new TextDecoder().decode(payload)));
    return hashes.get(n) !== hash;
  } catch {
    return true;
  }
}
