import { hashOfCanonical } from '../enroll-contract/canonical.js';
import type { Facts, FieldName, Outcome } from '../enroll-contract/types.js';
import { type Bound, type Opened, RULES } from './content.js';
import type { HashKeyer } from './known-hashes.js';

const OUTCOMES: readonly Outcome[] = ['accepted', 'rejected', 'conflict', 'unknown'];

/** What the sealed state says of a column; undefined where it does not say anything. */
type Says = (opened: Opened) => unknown;

const bound =
  <T>(say: (bound: Bound) => T) =>
  (opened: Opened): T | undefined =>
    opened.bound === null ? undefined : say(opened.bound);

const received =
  <Name extends FieldName>(name: Name) =>
  ({ content }: Opened) =>
    content.fields[name] ?? null;

/** Other rules may have derived something else from the same content. */
const derived =
  <T>(derive: (facts: Facts) => T) =>
  (opened: Opened) =>
    opened.bound?.rules === RULES ? (derive(opened.facts) ?? null) : undefined;

/** Longer search keys are cut: they would not fit an index page. */
export const MAX_NAME_KEY_CHARACTERS = 400;

/** The readable columns of `applicants` and of `changes`, by their names in our rows, and where the sealed state says the same. */
const SEALED_TOO = {
  outcome: bound(({ outcome }) => outcome),
  status: received('status'),
  flags: bound(({ flags }) => flags),
  firstReceivedAt: bound(({ firstReceivedAtMs }) => new Date(firstReceivedAtMs)),
  lastReceivedAt: bound(({ lastReceivedAtMs }) => new Date(lastReceivedAtMs)),
  firstName: received('firstName'),
  familyName: received('familyName'),
  nameKey: derived(({ nameKey }) => nameKey.slice(0, MAX_NAME_KEY_CHARACTERS)),
  gender: derived(({ gender }) => gender),
  nationality: received('nationality'),
  documentTypeCode: received('documentTypeCode'),
  issuingAuthority: received('issuingAuthority'),
  issueDate: derived(({ issueDate }) => issueDate?.date),
  issueDatePrecision: derived(({ issueDate }) => issueDate?.precision),
  birthGovernorate: derived(({ birthGovernorate }) => birthGovernorate),
  livePhotoPath: received('livePhotoPath'),
  idFrontScanPath: received('idFrontScanPath'),
  idBackScanPath: received('idBackScanPath'),
  photo: received('photo'),
  passportScanPath: received('passportScanPath'),
  event: bound(eventOf),
  previousOutcome: bound(({ previousOutcome }) => previousOutcome),
  changedFields: bound(({ changedFields }) => changedFields ?? undefined),
  revertsTo: bound(({ revertsTo }) => revertsTo),
  kind: bound(({ kind }) => kind),
  source: bound(({ source }) => source),
  receiptId: bound(({ receiptId }) => receiptId),
  elementIndex: bound(({ elementIndex }) => elementIndex),
  receivedAt: bound(({ receivedAtMs }) => new Date(receivedAtMs)),
} as const satisfies Record<string, Says>;

type SealedTooColumn = keyof typeof SEALED_TOO;
type SealedColumns = {
  [Name in SealedTooColumn]: Exclude<ReturnType<(typeof SEALED_TOO)[Name]>, undefined>;
};
const NAMES = Object.keys(SEALED_TOO) as SealedTooColumn[];

/** Raised by the database beside what a version brings: of an applicant that was here under two spellings (A34). */
const RAISED_LATER = 'guidTwice';

/** What a row says of the readable columns, as far as it was read. */
export type Readable = { readonly [Name in SealedTooColumn]?: unknown };

/** The columns of a row that say something else than its sealed state, with what that says. */
export function differingFrom(opened: Opened, row: Readable): Partial<SealedColumns> {
  const differing: Partial<Record<SealedTooColumn, unknown>> = {};
  for (const name of NAMES) {
    const value = row[name];
    if (value === undefined) continue;
    const sealed = SEALED_TOO[name](opened);
    if (sealed !== undefined && !isSame(value, sealed)) differing[name] = sealed;
  }
  return differing as Partial<SealedColumns>;
}

/**
 * Earlier releases did not seal the outcome of a version, but the hash of its content is of its outcome too.
 * @param hash as it is kept, hex; plain where the earlier release wrote it
 * @returns the outcome that the hash is of, if the row says another one; `unknown` where it is of none
 */
export function differingOutcome(
  opened: Opened,
  said: Outcome,
  hash: string,
  keyer: HashKeyer,
): { outcome?: Outcome } {
  if (opened.bound !== null) return {};
  const isOf = (outcome: Outcome) => {
    const plain = hashOfCanonical(opened.canonical, outcome);
    return hash === plain || keyer(plain).includes(hash);
  };
  return isOf(said) ? {} : { outcome: OUTCOMES.find(isOf) ?? 'unknown' };
}

function eventOf({ outcome, previousOutcome }: Bound): string {
  if (previousOutcome === null) return 'applicant.created';
  return outcome === previousOutcome ? 'applicant.updated' : 'applicant.outcome_changed';
}

/** Of two values of a column. */
function isSame(value: unknown, sealed: unknown): boolean {
  if (value === sealed) return true;
  if (sealed instanceof Date) {
    return value instanceof Date ? value.getTime() === sealed.getTime() : value === sealed.toISOString();
  }
  if (!Array.isArray(value) || !Array.isArray(sealed)) return false;
  const list = value.filter((flag) => flag !== RAISED_LATER || sealed.includes(flag));
  return list.length === sealed.length && list.every((item, at) => item === sealed[at]);
}
