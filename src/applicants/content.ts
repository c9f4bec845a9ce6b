import type { Sealer } from '../crypto/sealer.js';
import { deriveFacts } from '../enroll-contract/facts.js';
import type { CallbackKind, Content, Facts, Outcome } from '../enroll-contract/types.js';
import type { Source } from './changes.entity.js';

/**
 * Counts the rules by which columns are derived from the content: spellings of genders and dates, the folding of names,
 * governorates. To be raised with each of them: rows of earlier rules are not checked against the new ones.
 */
export const RULES = 1;

/** What the rows of a version say that does not follow from its content. It is sealed with the content, so that a changed column shows. */
export interface Bound {
  rules: number;
  outcome: Outcome;
  status: number | null;
  previousOutcome: Outcome | null;
  flags: string[];
  /** Null for a first version: all fields that it has. */
  changedFields: string[] | null;
  revertsTo: number | null;
  kind: CallbackKind;
  source: Source;
  receiptId: string;
  elementIndex: number;
  /** Milliseconds since 1970, as the next two: of this version, of the applicant's first one, of the latest of all. */
  receivedAtMs: number;
  firstReceivedAtMs: number;
  lastReceivedAtMs: number;
}

/** One version, opened. */
export class Opened {
  private known: Facts | undefined;

  /**
   * @param bound null for versions of releases up to 0.1, which sealed the content alone
   * @param canonical what the content's hash is of
   */
  constructor(
    readonly content: Content,
    readonly bound: Bound | null,
    readonly canonical: string,
  ) {}

  get facts(): Facts {
    return (this.known ??= deriveFacts(this.content));
  }
}

const ROW = ',"row":[';

/**
 * Seals the whole state of one version: UTF-8 JSON `{fields, extras, row}`, where `row` is the list of `Bound`. Sealed for applicant
 * and version, so that a blob copied into another row, or an older blob put back, does not open. Releases up to 0.1 read this too:
 * they know no `row`.
 */
export function sealContent(
  sealer: Sealer,
  applicantId: string,
  version: number,
  canonical: string,
  bound: Bound,
): Buffer {
  return sealer.seal(
    `${canonical.slice(0, -1)},"row":${JSON.stringify(listOf(bound))}}`,
    aadOf(applicantId, version),
  );
}

/** @throws the sealer's UNSEAL_FAILED where the bytes are not those sealed for this applicant and version. */
export function openContent(
  sealer: Sealer,
  applicantId: string,
  version: number,
  sealed: Uint8Array,
): Content {
  return openVersion(sealer, applicantId, version, sealed).content;
}

/** The same under the first key of the ring. @throws as `openContent` */
export function resealContent(
  sealer: Sealer,
  applicantId: string,
  version: number,
  sealed: Uint8Array,
): Buffer {
  return sealer.isCurrent(sealed) ? Buffer.from(sealed) : sealer.reseal(sealed, aadOf(applicantId, version));
}

/** @throws as `openContent` */
export function openVersion(
  sealer: Sealer,
  applicantId: string,
  version: number,
  sealed: Uint8Array,
): Opened {
  const text = textOf(sealer, applicantId, version, sealed);
  const { row, ...content } = JSON.parse(text) as Content & { row?: BoundList };
  if (row === undefined) return new Opened(content, null, text);
  return new Opened(content, boundOf(row), `${text.slice(0, text.lastIndexOf(ROW))}}`);
}

/** What was sealed beside the content alone, at a third of the price; null where nothing was. @throws as `openContent` */
export function openBound(
  sealer: Sealer,
  applicantId: string,
  version: number,
  sealed: Uint8Array,
): Bound | null {
  const text = textOf(sealer, applicantId, version, sealed);
  // without a row the text ends with two objects
  if (!text.endsWith(']}')) return null;
  return boundOf(JSON.parse(text.slice(text.lastIndexOf(ROW) + ROW.length - 1, -1)) as BoundList);
}

function textOf(sealer: Sealer, applicantId: string, version: number, sealed: Uint8Array): string {
  return sealer.reveal(sealed, aadOf(applicantId, version)).toString('utf8');
}

function aadOf(applicantId: string, version: number): string {
  return `${applicantId}|${version}`;
}

/**
 * In this order and to be continued at its end; zeros at the end are left out, so that most are 50 bytes: callbacks pay for each of
 * them twice. `codes`: a letter each for outcome, outcome before (or `-`), kind and source.
 */
type BoundList = [
  rules: number,
  codes: string,
  status: number | null,
  flags: string[],
  /** Base64 of its 16 bytes. */
  receiptId: string,
  elementIndex?: number,
  revertsTo?: number,
  /** Milliseconds from the time in the receipt's id, which mostly is the same. */
  receivedOffsetMs?: number,
  /** Milliseconds from that of the version. */
  firstOffsetMs?: number,
  lastOffsetMs?: number,
  /** 0 for a first version. */
  changedFields?: string[] | 0,
];

const OUTCOME_CODES = { accepted: 'a', rejected: 'r', conflict: 'c', unknown: 'u' } as const;
const KIND_CODES = { success: 's', fail: 'f', any: 'a' } as const;
const SOURCE_CODES = { callback: 'c', replay: 'p', reconciliation: 'r' } as const;

function listOf(bound: Bound): BoundList {
  const { previousOutcome, receivedAtMs, receiptId } = bound;
  const codes =
    OUTCOME_CODES[bound.outcome] +
    (previousOutcome === null ? '-' : OUTCOME_CODES[previousOutcome]) +
    KIND_CODES[bound.kind] +
    SOURCE_CODES[bound.source];
  const list: BoundList = [
    bound.rules,
    codes,
    bound.status,
    bound.flags,
    base64Of(receiptId),
    bound.elementIndex,
    bound.revertsTo ?? 0,
    receivedAtMs - millisOf(receiptId),
    bound.firstReceivedAtMs - receivedAtMs,
    bound.lastReceivedAtMs - receivedAtMs,
    bound.changedFields ?? 0,
  ];
  while (list.at(-1) === 0) list.pop();
  return list;
}

function boundOf(list: BoundList): Bound {
  const [rules, codes, status, flags, id, elementIndex = 0, revertsTo = 0, ...rest] = list;
  const [receivedOffsetMs = 0, firstOffsetMs = 0, lastOffsetMs = 0, changedFields = 0] = rest;
  const receiptId = Buffer.from(id, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const receivedAtMs = millisOf(receiptId) + receivedOffsetMs;
  return {
    rules,
    outcome: meaningOf(OUTCOME_CODES, codes[0])!,
    status,
    previousOutcome: meaningOf(OUTCOME_CODES, codes[1]) ?? null,
    flags,
    changedFields: changedFields === 0 ? null : changedFields,
    revertsTo: revertsTo === 0 ? null : revertsTo,
    kind: meaningOf(KIND_CODES, codes[2])!,
    source: meaningOf(SOURCE_CODES, codes[3])!,
    receiptId,
    elementIndex,
    receivedAtMs,
    firstReceivedAtMs: receivedAtMs + firstOffsetMs,
    lastReceivedAtMs: receivedAtMs + lastOffsetMs,
  };
}

/** The rows of a list are of one receipt. */
let lastId = { uuid: '', base64: '' };

function base64Of(uuid: string): string {
  if (uuid !== lastId.uuid) {
    lastId = { uuid, base64: Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url') };
  }
  return lastId.base64;
}

/** Of a UUIDv7. */
function millisOf(receiptId: string): number {
  return Number.parseInt(receiptId.slice(0, 8) + receiptId.slice(9, 13), 16);
}

function meaningOf<Word extends string>(codes: Record<Word, string>, code?: string): Word | undefined {
  return (Object.keys(codes) as Word[]).find((word) => codes[word] === code);
}
