import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet, type JWK } from 'jose';
import { z } from 'zod';
import { CryptoError } from '../crypto/crypto.errors.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { publicJwks, signStatement } from '../crypto/statement-keys.js';
import { errnoOf } from '../db/errors.js';
import { BackupError } from './backup.errors.js';

export const MANIFEST = 'manifest.json';
const TYPE = 'rollcall-backup+jws';

const Name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const PartFile = z.object({
  /** Below the folder of the backup. */
  file: z.string().regex(/^[a-z0-9_.-]+$/),
  bytes: z.int(),
  sha256: Sha256,
});
const Manifest = z.object({
  format: z.literal(1),
  id: z.uuid(),
  installation: z.string(),
  release: z.string(),
  /** All rows are as of this time. */
  takenAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Keys that the ring needs, with the thumbprint (RFC 7638) of the public key that each signs with. */
  keys: z.array(z.object({ id: z.string(), kid: z.string() })),
  /** In an order in which foreign keys hold. */
  tables: z.array(
    PartFile.extend({ name: Name, columns: z.array(Name), partitioned: z.boolean(), rows: z.int() }),
  ),
  partitions: z.array(
    z.object({
      name: Name,
      parent: Name,
      bound: z.string().regex(/^FOR VALUES FROM \('[\d :+.-]+'\) TO \('[\d :+.-]+'\)$/),
    }),
  ),
  sequences: z.array(z.object({ name: Name, value: z.string().regex(/^\d+$/) })),
  images: PartFile.extend({ images: z.int(), imageBytes: z.int(), missing: z.int() }).nullable(),
});

/** What is in a backup. */
export type Manifest = z.infer<typeof Manifest>;
export type PartFile = z.infer<typeof PartFile>;
export type BackedUpTable = Manifest['tables'][number];

/**
 * Signs and writes it, so that it is there whole or not at all. It is signed with the key that signs statements: whoever has
 * the ring can verify it on another machine without a database, and whoever keeps backups can with the public keys alone,
 * who could not forge one. A keyed hash would need the ring for both.
 */
export async function writeManifest(folder: string, manifest: Manifest, ring: KeyRing): Promise<void> {
  const jws = await signStatement(ring, TYPE, manifest);
  const arriving = join(folder, `${MANIFEST}.part`);
  const file = await open(arriving, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ backup: manifest, jws }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(arriving, join(folder, MANIFEST));
}

/**
 * What was signed.
 * @param keys public keys of the installation
 * @throws BackupError BACKUP_INCOMPLETE, BACKUP_SIGNATURE
 */
export async function readManifest(folder: string, keys: readonly object[]): Promise<Manifest> {
  const { jws } = await readFiles(folder);
  try {
    const known = createLocalJWKSet({ keys: keys as JWK[] });
    const { payload, protectedHeader } = await compactVerify(jws, known);
    if (protectedHeader.typ !== TYPE) throw new Error(`it is a ${protectedHeader.typ}`);
    return Manifest.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new BackupError(
      'BACKUP_SIGNATURE',
      `${join(folder, MANIFEST)} was changed, or was signed by another installation`,
      { cause },
    );
  }
}

/**
 * The same, where the ring has every key that the backup needs.
 * @throws BackupError, and CryptoError KEY_MISSING or KEY_WRONG naming the key
 */
export async function openManifest(folder: string, ring: KeyRing): Promise<Manifest> {
  const published = await publicJwks(ring);
  for (const { id, kid } of (await readFiles(folder)).backup.keys) {
    const at = ring.keys.findIndex((key) => key.id === id);
    if (at < 0)
      throw new CryptoError(
        'KEY_MISSING',
        `This backup holds data sealed with key "${id}", which is not in the key ring: add "${id}:<its key>" to ROLLCALL_KEYS`,
      );
    if (published[at]?.kid !== kid)
      throw new CryptoError(
        'KEY_WRONG',
        `Key "${id}" is not the one of this backup: put the value that its installation has into ROLLCALL_KEYS`,
      );
  }
  return readManifest(folder, published);
}

/** As it stands there; only its signature makes it worth believing. */
async function readFiles(folder: string): Promise<{ backup: Pick<Manifest, 'keys'>; jws: string }> {
  const path = join(folder, MANIFEST);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (!['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')) throw error;
    throw new BackupError(
      'BACKUP_INCOMPLETE',
      `${folder} is no whole backup: it has no ${MANIFEST}, which is written last`,
    );
  });
  try {
    return z.object({ backup: Manifest.pick({ keys: true }), jws: z.string() }).parse(JSON.parse(text));
  } catch (cause) {
    throw new BackupError('BACKUP_SIGNATURE', `${path} was changed: it cannot be read`, { cause });
  }
}
