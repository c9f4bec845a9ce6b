import type { ImageField } from '../enroll-contract/types.js';

/**
 * The states of an image, and its moves:
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `wanted` | a version names a path that its applicant did not have before |
 * | `wanted` | `fetched` | its bytes are sealed and durable in the store |
 * | `wanted` | `missing` | eNROLL does not know the path; it is asked again twice, in case the file comes late |
 * | `wanted` | `not_image` | what eNROLL gave has no magic bytes of JPEG, PNG, WebP or PDF (M10) |
 * | `wanted` | `failed` | refused for ever (path, size), or given up: `MAX_ATTEMPTS` damaged answers, or three days of others (`MAX_LATE_ATTEMPTS`) |
 * | `fetched` | `wanted` | a reading finds that the store has lost the bytes, or that they do not open |
 * | `missing`, `not_image`, `failed` | `wanted` | an operator asks for another try |
 * | `fetched` | `wanted` | an operator asks for it again; its bytes are shown until new ones are there |
 * | `wanted`, fetched before | `fetched` | new bytes are there, or eNROLL has none any more and the old ones stay |
 *
 * An outage of the store, refused credentials and the pauses of the breaker change no state, however long they last. A
 * request that fails because eNROLL is away counts as a try.
 */
export const IMAGE_STATES = ['wanted', 'fetched', 'missing', 'not_image', 'failed'] as const;

export type ImageState = (typeof IMAGE_STATES)[number];

/** The states that a retry sends back to `wanted` unless it names others. */
export const UNFETCHED_STATES = ['missing', 'not_image', 'failed'] as const satisfies ImageState[];
/** The states that a retry can send back to `wanted`; `fetched` only for one applicant at a time. */
export const RETRYABLE_STATES = [...UNFETCHED_STATES, 'fetched'] as const satisfies ImageState[];

export type RetryableState = (typeof RETRYABLE_STATES)[number];

/** An image that a version of an applicant names; `path` null: the version names none any more. */
export interface NamedImage {
  applicantId: string;
  field: ImageField;
  version: number;
  path: string | null;
}

export const IMAGE_SIZES = ['thumb', 'full'] as const;
export type ImageSize = (typeof IMAGE_SIZES)[number];
