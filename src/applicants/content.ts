import type { Sealer } from '../crypto/sealer.js';
import type { Content } from '../enroll-contract/types.js';

/**
 * Seals the whole state of one version: its canonical text, UTF-8 JSON `{fields, extras}`. Bound to applicant and version, so that a
 * blob copied into another row, or an older blob put back, does not open.
 */
export function sealContent(sealer: Sealer, applicantId: string, version: number, canonical: string): Buffer {
  return sealer.seal(canonical, aadOf(applicantId, version));
}

/** @throws the sealer's UNSEAL_FAILED where the bytes are not those sealed for this applicant and version. */
export function openContent(
  sealer: Sealer,
  applicantId: string,
  version: number,
  sealed: Uint8Array,
): Content {
  return JSON.parse(sealer.reveal(sealed, aadOf(applicantId, version)).toString('utf8')) as Content;
}

function aadOf(applicantId: string, version: number): string {
  return `${applicantId}|${version}`;
}
