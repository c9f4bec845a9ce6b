import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto';
import { CryptoError } from './crypto.errors.js';
import { KeyRing } from './key-ring.js';

const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const TAG = { authTagLength: TAG_BYTES };
const POOLED_IVS = 1024;
/** UTF-8 of one UTF-16 code unit; two surrogates together take four bytes. */
const MAX_BYTES_PER_UNIT = 3;
/** Room for the texts of nearly all applicants. */
const ENCODED_BYTES = 16 * 1024;

interface OpeningKey {
  readonly key: KeyObject;
  readonly aadPrefix: string;
}

/**
 * Seals bytes with AES-256-GCM, so that they can only be opened in the place they were sealed for.
 *
 * Layout, in this order:
 *
 * | bytes | what |
 * |---|---|
 * | 1 | layout version, 1 |
 * | 1 | length n of the key id, 1-32 |
 * | n | key id, ASCII |
 * | 12 | iv, random |
 * | 16 | tag |
 * | rest | ciphertext, as long as the plaintext |
 *
 * The authenticated data is `<version>|<key id>|<aad>`. With random 96-bit ivs one key may seal 2^32 times (NIST
 * SP 800-38D, 8.3). At a thousand a second that takes seven weeks, at a million a day more than a decade.
 */
@Injectable()
export class Sealer {
  /** Of the key that seals. */
  readonly keyId: string;
  private readonly sealingKey: KeyObject;
  private readonly aadPrefix: string;
  private readonly head: Buffer;
  private readonly opening: ReadonlyMap<string, OpeningKey>;

  // Getting 12 random bytes at a time from the system would cost a third of the sealing.
  private readonly ivs = Buffer.allocUnsafeSlow(IV_BYTES * POOLED_IVS);
  private nextIv = this.ivs.length;
  private readonly encoded = Buffer.allocUnsafeSlow(ENCODED_BYTES);

  constructor(ring: KeyRing) {
    const { id, subKeys } = ring.current;
    this.keyId = id;
    this.sealingKey = subKeys.seal;
    this.aadPrefix = aadPrefix(id);
    this.head = Buffer.concat([Buffer.from([VERSION, id.length]), Buffer.from(id, 'latin1')]);
    this.opening = new Map(
      ring.keys.map((key) => [key.id, { key: key.subKeys.seal, aadPrefix: aadPrefix(key.id) }]),
    );
  }

  /**
   * @param plain text is sealed as UTF-8
   * @param aad names the place (table row and version); `reveal` must be given the same
   */
  seal(plain: string | Uint8Array, aad: string): Buffer {
    const iv = this.takeIv();
    const cipher = createCipheriv(ALGORITHM, this.sealingKey, iv, TAG);
    cipher.setAAD(Buffer.from(this.aadPrefix + aad));
    const ciphertext = cipher.update(typeof plain === 'string' ? this.bytesOf(plain) : plain);
    cipher.final();
    return Buffer.concat([this.head, iv, cipher.getAuthTag(), ciphertext]);
  }

  /**
   * @throws CryptoError UNSEAL_FAILED if the bytes were changed or sealed for another place, KEY_UNKNOWN if the ring lacks
   *   the key they name
   */
  reveal(sealed: Uint8Array, aad: string): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    const ivAt = 2 + (bytes[1] ?? 0);
    const tagAt = ivAt + IV_BYTES;
    const ciphertextAt = tagAt + TAG_BYTES;
    if (bytes[0] !== VERSION || bytes.length < ciphertextAt) {
      throw new CryptoError('UNSEAL_FAILED', 'These bytes are not sealed');
    }
    const keyId = bytes.toString('latin1', 2, ivAt);
    const opening = this.opening.get(keyId);
    if (opening === undefined) {
      throw new CryptoError(
        'KEY_UNKNOWN',
        `The key ring lacks key "${printable(keyId)}": add it to ROLLCALL_KEYS`,
      );
    }
    const decipher = createDecipheriv(ALGORITHM, opening.key, bytes.subarray(ivAt, tagAt), TAG);
    decipher.setAAD(Buffer.from(opening.aadPrefix + aad));
    decipher.setAuthTag(bytes.subarray(tagAt, ciphertextAt));
    const plain = decipher.update(bytes.subarray(ciphertextAt));
    try {
      decipher.final();
    } catch (cause) {
      throw new CryptoError('UNSEAL_FAILED', 'The sealed bytes were changed, or moved from another place', {
        cause,
      });
    }
    return plain;
  }

  /** As `reveal`; undefined where no key opens the bytes. */
  revealIfReadable(sealed: Uint8Array, aad: string): Buffer | undefined {
    try {
      return this.reveal(sealed, aad);
    } catch (error) {
      if (error instanceof CryptoError) return undefined;
      throw error;
    }
  }

  /** Whether bytes are sealed under the first key of the ring. */
  isCurrent(sealed: Uint8Array): boolean {
    return this.head.equals(sealed.subarray(0, this.head.length));
  }

  /** The same under the first key of the ring. The result was opened once more. @throws as `reveal` */
  reseal(sealed: Uint8Array, aad: string): Buffer {
    const plain = this.reveal(sealed, aad);
    const resealed = this.seal(plain, aad);
    if (!this.reveal(resealed, aad).equals(plain))
      throw new CryptoError('UNSEAL_FAILED', 'What was sealed does not open');
    return resealed;
  }

  /** UTF-8, good until the next call. A cipher takes twice as long to encode a text itself. */
  private bytesOf(text: string): Uint8Array {
    if (text.length * MAX_BYTES_PER_UNIT > this.encoded.length) return Buffer.from(text);
    return this.encoded.subarray(0, this.encoded.write(text));
  }

  private takeIv(): Buffer {
    if (this.nextIv === this.ivs.length) {
      randomFillSync(this.ivs);
      this.nextIv = 0;
    }
    const iv = this.ivs.subarray(this.nextIv, this.nextIv + IV_BYTES);
    this.nextIv += IV_BYTES;
    return iv;
  }
}

/** The id of the key that sealed these bytes, as far as they are sealed at all. */
export function keyIdOf(sealed: Uint8Array): string {
  return printable(Buffer.from(sealed.subarray(2, 2 + (sealed[1] ?? 0))).toString('latin1'));
}

function aadPrefix(keyId: string): string {
  return `${VERSION}|${keyId}|`;
}

/** A key id read from damaged bytes may hold anything. */
function printable(keyId: string): string {
  return keyId.replace(/[^A-Za-z0-9_-]/g, '?');
}
