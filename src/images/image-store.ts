/** Why a store did not do what it was asked. Never holds a path or a credential. */
export type StoreFaultReason = 'absent' | 'full' | 'read_only' | 'refused' | 'unreachable';

/** Stable codes, shown in the status of the mirror. */
export const STORE_FAULT_CODES = {
  absent: 'IMAGE_STORE_LOST_IT',
  full: 'IMAGE_STORE_FULL',
  read_only: 'IMAGE_STORE_READ_ONLY',
  refused: 'IMAGE_STORE_REFUSED',
  unreachable: 'IMAGE_STORE_UNREACHABLE',
} as const satisfies Record<StoreFaultReason, string>;

export class StoreFault extends Error {
  readonly code: (typeof STORE_FAULT_CODES)[StoreFaultReason];

  constructor(
    readonly reason: StoreFaultReason,
    cause?: unknown,
  ) {
    super(`the image store: ${reason}`, { cause });
    this.code = STORE_FAULT_CODES[reason];
  }
}

/** An image as a store holds it. */
export interface SealedImage {
  /** Of the plaintext, hexadecimal. */
  sha256: string;
  sealed: Buffer;
}

/**
 * Where sealed images are kept, under the SHA-256 of their plaintext (64 hexadecimal digits); parts of other files under the
 * SHA-256 of their name. Disk and S3 keep the same promises, and one suite checks them on both. Every method throws
 * `StoreFault` and nothing else.
 */
export interface ImageStore {
  readonly kind: 'disk' | 's3';
  /**
   * All are durable once it resolves; none may be if it throws. Readers see an image whole or not at all. Putting the same
   * again is harmless.
   */
  put(images: readonly SealedImage[]): Promise<void>;
  /** @throws StoreFault `absent` if there is no such image */
  get(sha256: string): Promise<Buffer>;
  /** Whether there is such an image, intact or not. */
  has(sha256: string): Promise<boolean>;
  /** Removing an image that is not there is no fault. */
  remove(sha256: string): Promise<void>;
  close(): void;
}

/** Waits for all of them even if one fails, so that nothing goes on after an error. @throws the first error */
export async function all(works: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) if (end.status === 'rejected') throw end.reason;
}

const SHA256 = /^[0-9a-f]{64}$/;

/** The place of an image below the store's root: two levels of 256, so that no folder holds more than some thousands. */
export function placeOf(sha256: string): string {
  if (!SHA256.test(sha256)) throw new TypeError('not a SHA-256 in hexadecimal digits');
  return `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}
