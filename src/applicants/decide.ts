import type { KeyedHashes } from '../crypto/keyed-hash.js';
import type { CallbackKind, Content, Element, FieldName, Outcome } from '../enroll-contract/types.js';
import { canonicalJson, hashOfCanonical } from '../enroll-contract/canonical.js';
import type { HashKeyer, KnownHashes, VersionHashes } from './known-hashes.js';
import { outcomeOf } from './outcome.js';

/** The applicant as it stands, as far as a decision needs it. */
export interface Current {
  version: number;
  outcome: Outcome;
  flags: string[];
  known: KnownHashes;
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  /** Opens the sealed content; called only where the decision needs it. */
  open(): Content;
}

/** How an element arrived. */
export interface Arrival {
  kind: CallbackKind;
  receivedAt: Date;
  /** For eNROLL's answer to a query of ours: when we asked. A callback received since then is newer. */
  asOf: Date | null;
  /** Another applicantId holds the same idNumber (A22). */
  samePerson: boolean;
  /** Fields that an explicit null clears (A12, A13). */
  nullsClear: ReadonlySet<FieldName>;
  /** Keys hashes of this applicant's content. */
  keyer: HashKeyer;
}

export type ChangeEvent = 'applicant.created' | 'applicant.updated' | 'applicant.outcome_changed';

/** A version to be written. */
export interface Version {
  result: 'created' | 'updated';
  version: number;
  event: ChangeEvent;
  content: Content;
  /** `canonicalJson(content)`: what is hashed and sealed. */
  canonical: string;
  outcome: Outcome;
  previousOutcome: Outcome | null;
  /** Names of contract fields and extras whose value differs from the version before, and `outcome`. */
  changedFields: string[];
  /** What this delivery adds to the flags that follow from the content. */
  flags: string[];
  /** The earlier version whose content this one repeats (A11). */
  revertsTo: number | null;
  hashes: VersionHashes;
}

export type Decision = Version | { result: 'duplicate' | 'stale'; version: number };

/**
 * What becomes of one element, given what we know of its applicant. Pure.
 *
 * | applicant | content                     | isUpdate | becomes                                   |
 * |-----------|-----------------------------|----------|-------------------------------------------|
 * | unknown   | any                         | false    | created                                   |
 * | unknown   | any                         | true     | created, flag `firstSeenAsUpdate` (A7)    |
 * | known     | changes nothing             | any      | duplicate (A8)                            |
 * | known     | equals an earlier version   | false    | stale (A9)                                |
 * | known     | equals an earlier version   | true     | updated, flag `revertsTo` (A11); stale where it was received before the current version |
 * | known     | an answer, overtaken since  | any      | stale                                     |
 * | known     | new                         | any      | updated (A10), `outcome_changed` (A18)    |
 */
export function decide(current: Current | null, element: Element, arrival: Arrival): Decision {
  const cleared = element.nulls.filter((name) => arrival.nullsClear.has(name));
  const outcome = outcomeOf(arrival.kind, element.fields.status, current?.outcome);
  const canonical = canonicalJson(element);
  const delivery: Delivery = {
    element,
    cleared,
    outcome,
    canonical,
    // Clearing a field is not the same delivery as leaving it out.
    hash: arrival.keyer(
      hashOfCanonical(canonical, cleared.length > 0 ? `${outcome}|${cleared.join()}` : outcome),
    ),
    flags: deliveryFlags(element, cleared, current, arrival),
  };
  return current === null ? create(delivery, arrival) : decideOnKnown(current, delivery, arrival);
}

/** An element as it was delivered, before it is seen beside its applicant. */
interface Delivery {
  element: Element;
  /** Fields that this delivery clears. */
  cleared: FieldName[];
  outcome: Outcome;
  canonical: string;
  hash: KeyedHashes;
  flags: string[];
}

function create(
  { element, cleared, outcome, canonical, hash, flags }: Delivery,
  { keyer }: Arrival,
): Version {
  const [content] = cleared.length > 0 ? keyer(hashOfCanonical(canonical, outcome)) : hash;
  return {
    result: 'created',
    version: 1,
    event: 'applicant.created',
    content: { fields: element.fields, extras: element.extras },
    canonical,
    outcome,
    previousOutcome: null,
    changedFields: [...Object.keys(element.fields), ...Object.keys(element.extras)],
    flags,
    revertsTo: null,
    hashes: { content, delivered: hash[0] },
  };
}

function decideOnKnown(current: Current, delivery: Delivery, arrival: Arrival): Decision {
  const { receivedAt, asOf } = arrival;
  const { element, outcome } = delivery;
  const { newest } = current.known;
  // A plain redelivery of the newest content is known by its hash, without opening the row.
  if (delivery.hash.includes(newest.delivered)) return { result: 'duplicate', version: current.version };
  const before = current.open();
  const content = merge(before, element, delivery.cleared);
  const canonical = canonicalJson(content);
  const hashes = { content: arrival.keyer(hashOfCanonical(canonical, outcome)), delivered: delivery.hash };
  if (hashes.content.includes(newest.content)) return { result: 'duplicate', version: current.version };

  if (asOf !== null && asOf < current.lastReceivedAt) return { result: 'stale', version: current.version };
  const earlier = current.known.earlier(hashes);
  const late = receivedAt < current.lastReceivedAt;
  if (earlier !== null && (!element.isUpdate || late)) return { result: 'stale', version: earlier };
  const outcomeChanged = outcome !== current.outcome;
  return {
    result: 'updated',
    version: current.version + 1,
    event: outcomeChanged ? 'applicant.outcome_changed' : 'applicant.updated',
    content,
    canonical,
    outcome,
    previousOutcome: current.outcome,
    changedFields: changedFields(before, content, outcomeChanged),
    flags: [...delivery.flags, ...(earlier === null ? [] : ['revertsTo']), ...(late ? ['late'] : [])],
    revertsTo: earlier,
    hashes: { content: hashes.content[0], delivered: hashes.delivered[0] },
  };
}

function deliveryFlags(
  element: Element,
  cleared: FieldName[],
  current: Current | null,
  arrival: Arrival,
): string[] {
  const flags = [...element.flags];
  if (current === null && element.isUpdate) flags.push('firstSeenAsUpdate');
  if (element.fields.status === undefined) flags.push('statusMissing');
  const keepsId = element.fields.idNumber === undefined && !cleared.includes('idNumber');
  if (arrival.samePerson || (keepsId && current?.flags.includes('samePerson') === true))
    flags.push('samePerson');
  return flags;
}

/** A value that is there replaces the old one, one that is missing or null leaves it (A12, A13). */
function merge(before: Content, element: Element, cleared: FieldName[]): Content {
  const fields = { ...before.fields, ...element.fields };
  for (const name of cleared) delete fields[name];
  return { fields, extras: { ...before.extras, ...element.extras } };
}

function changedFields(before: Content, after: Content, outcomeChanged: boolean): string[] {
  const changed = [...differing(before.fields, after.fields), ...differing(before.extras, after.extras)];
  return outcomeChanged ? [...changed, 'outcome'] : changed;
}

function differing(before: object, after: object): string[] {
  const old = before as Record<string, unknown>;
  const now = after as Record<string, unknown>;
  const added = Object.keys(now).filter((name) => !Object.hasOwn(old, name));
  return [...Object.keys(old), ...added].filter((name) => !areEqual(old[name], now[name]));
}

/** Of two values of JSON. */
function areEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  return (
    typeof one === 'object' && typeof other === 'object' && JSON.stringify(one) === JSON.stringify(other)
  );
}
