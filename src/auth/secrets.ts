import { hash, type Options, parseOptions } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { equals, sha256 } from '../crypto/constant-time.js';

/** `sha256`: 256 random bits that Rollcall made. `argon2id`: any other text, so one that somebody chose. */
export type SecretKind = 'sha256' | 'argon2id';

export interface SecretDigest {
  readonly kind: SecretKind;
  /** SHA-256 in hex, or an argon2id hash in PHC format. */
  readonly digest: string;
}

const GENERATED = /^rcs_[A-Za-z0-9_-]{43}$/;
const SALT_BYTES = 16;
/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 12 ms. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
const DUMMY: Options = { ...ARGON2, salt: Buffer.alloc(SALT_BYTES, 'rollcall') };

/**
 * A new client secret, API key, session, invitation or first link: 256 random bits under a prefix that secret scanners can look for.
 */
export function generateSecret(prefix: 'rcs' | 'rca' | 'rcu' | 'rci' | 'rcf' = 'rcs'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/**
 * How a secret is stored.
 * @param beside the other live secrets of the client: a chosen one is hashed with their salt, so that one argon2 run checks
 *   a guess against all of them and the time does not tell how many there are
 */
export async function digestSecret(
  secret: string,
  beside: readonly SecretDigest[] = [],
): Promise<SecretDigest> {
  if (GENERATED.test(secret)) return { kind: 'sha256', digest: sha256(secret).toString('hex') };
  const neighbour = beside.find(({ kind }) => kind === 'argon2id');
  const recipe = neighbour ? recipeOf(neighbour.digest) : { ...ARGON2, salt: randomBytes(SALT_BYTES) };
  return { kind: 'argon2id', digest: await argon2(secret, recipe) };
}

/** True where the secret is a generated one and among those stored; a few microseconds. */
export function isGeneratedOf(secrets: readonly SecretDigest[], secret: string): boolean {
  const digest = sha256(secret).toString('hex');
  return secrets.some((stored) => stored.kind === 'sha256' && equals(stored.digest, digest));
}

/**
 * The chosen secret among those stored that this text is. Runs argon2 once, even where nothing is stored: the time of a
 * refusal must not tell whether the client exists.
 */
export async function findChosen<T extends SecretDigest>(
  secrets: readonly T[],
  secret: string,
): Promise<T | undefined> {
  const chosen = secrets.filter(({ kind }) => kind === 'argon2id');
  // One recipe in practice: `digestSecret` gives the secrets of one client the same salt.
  const recipes = new Map(
    chosen.map(({ digest }) => [digest.slice(0, digest.lastIndexOf('$')), recipeOf(digest)]),
  );
  if (recipes.size === 0) recipes.set('', DUMMY);
  let found: T | undefined;
  for (const recipe of recipes.values()) {
    const digest = await argon2(secret, recipe);
    found ??= chosen.find((stored) => equals(stored.digest, digest));
  }
  return found;
}

/** The text as bytes: a C string would end at U+0000, and `secret` + `%00` must be another secret. */
async function argon2(secret: string, recipe: Options): Promise<string> {
  return hash(Buffer.from(secret, 'utf8'), recipe);
}

/** The parameters and salt of a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>`. */
function recipeOf(digest: string): Options {
  const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(digest);
  const salt = Buffer.from(digest.split('$')[4] ?? '', 'base64');
  return { memoryCost, timeCost, parallelism, outputLen, salt };
}
