import { FIELD_NAMES } from '../enroll-contract/types.js';

/** What can be revealed: the fields of an applicant, by the names of the API. */
export const REVEALABLE_FIELDS = [...FIELD_NAMES, 'birthDate', 'extras'] as const;

export type RevealableField = (typeof REVEALABLE_FIELDS)[number];

/**
 * The states of a request to reveal, and its moves:
 *
 * | from | to | when |
 * |---|---|---|
 * | – | `waiting` | somebody asks, where `ROLLCALL_REVEAL_TWO_PERSONS` wants a second person |
 * | `waiting` | `approved` | somebody else approves it within an hour |
 * | `approved` | `used` | who asked reveals with it, once, within 15 minutes |
 * | `waiting`, `approved` | `expired` | its time is over |
 *
 * A day after its end a request is deleted; the audit keeps what was done.
 */
export const REVEAL_REQUEST_STATES = ['waiting', 'approved', 'used', 'expired'] as const;

export type RevealRequestState = (typeof REVEAL_REQUEST_STATES)[number];
