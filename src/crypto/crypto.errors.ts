/** Why sealed bytes or the key ring were refused. */
export type CryptoErrorCode =
  'RING_INVALID' | 'UNSEAL_FAILED' | 'KEY_UNKNOWN' | 'KEY_WRONG' | 'KEY_MISSING' | 'KEY_RETIRED';

/** Messages name key ids and fixes, never key material, plaintext or the AAD (it may hold an applicant's id). */
export class CryptoError extends Error {
  override readonly name = 'CryptoError';

  constructor(
    readonly code: CryptoErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
