import { Injectable } from '@nestjs/common';
import { BlindIndex } from '../crypto/blind-index.js';
import { CryptoError } from '../crypto/crypto.errors.js';
import { KeyedHash } from '../crypto/keyed-hash.js';
import { Sealer } from '../crypto/sealer.js';
import { allAsKept, asKept } from '../db/applicant-id.repository.js';
import type { Stretch } from '../db/page-bytes.repository.js';
import type { Tx } from '../db/tx.js';
import { canonicalJson, hashOfCanonical } from '../enroll-contract/canonical.js';
import type { Content, Outcome } from '../enroll-contract/types.js';
import { Problem } from '../problem/problem.js';
import {
  emptyApplicant,
  type EmptyVersion,
  emptyVersions,
  insertTombstone,
  type Known,
  listResurrected,
  lockApplicants,
  markErasure,
  noticeErased,
} from './applicant-erasure.repository.js';
import { type ApplicantRow, ApplicantsRepository, type Position } from './applicants.repository.js';
import type { VersionRecord } from './changes.repository.js';
import { type Bound, openVersion, RULES, sealContent } from './content.js';
import { ExactLookup } from './exact-lookup.js';
import { keyerOf, KnownHashes } from './known-hashes.js';
import { forgetWords } from './name-words.repository.js';
import { type WholeVersion, WholeHistory } from './whole-history.service.js';

const VERSIONS_AT_ONCE = 50;
const PEOPLE_AT_ONCE = 100;
/** Shorter texts may be anybody's. */
const MIN_TRACE_CHARACTERS = 6;
/** Of a phone number, however its beginning is spelled. */
const PHONE_DIGITS = 9;

export type { Known };

/** Whom a request names. */
export interface Named {
  applicantId?: string | undefined;
  nationalId?: string | undefined;
}

/** Finds whoever is to be erased, keeps everybody from reading them, and overwrites their versions. */
@Injectable()
export class ApplicantErasure {
  constructor(
    private readonly applicants: ApplicantsRepository,
    private readonly sealer: Sealer,
    private readonly keyedHash: KeyedHash,
    private readonly blindIndex: BlindIndex,
    private readonly history: WholeHistory,
  ) {}

  /**
   * Ids of all applicants who have this national id at present, under erasure or not; or the one that is named, as it is kept.
   * @throws Problem BAD_REQUEST where both are given, or none
   */
  async named(tx: Tx, { applicantId, nationalId }: Named): Promise<string[]> {
    if ((applicantId === undefined) === (nationalId === undefined)) {
      throw new Problem('BAD_REQUEST', 'give either applicantId or nationalId');
    }
    if (applicantId !== undefined) return [await asKept(tx, applicantId)];
    const exact = ExactLookup.of({ idNumber: nationalId });
    if (exact === null) return [];
    const found: string[] = [];
    let after: Position | null = null;
    for (;;) {
      const page: Stretch<ApplicantRow> = await this.applicants.findByBlindIndex(
        exact.blind(this.blindIndex),
        { withErasures: true },
        after,
        PEOPLE_AT_ONCE,
      );
      found.push(...page.rows.filter((row) => this.has(row, exact)).map((row) => row.applicantId));
      after = page.rows.at(-1) ?? null;
      if (after === null || (!page.isCut && page.rows.length < PEOPLE_AT_ONCE)) return found;
    }
  }

  /** As they are kept. */
  async kept(tx: Tx, applicantIds: readonly string[]): Promise<string[]> {
    return allAsKept(tx, applicantIds);
  }

  /** Locks who is known of these. */
  async lock(tx: Tx, applicantIds: readonly string[]): Promise<Known[]> {
    return lockApplicants(tx, await allAsKept(tx, applicantIds));
  }

  /** From the commit on nobody reads or changes them; of who is not known there is a tombstone. */
  async restrict(tx: Tx, erasureId: string, applicantIds: readonly string[]): Promise<void> {
    const known = await this.lock(tx, applicantIds);
    await markErasure(
      tx,
      erasureId,
      known.map(({ applicantId }) => applicantId),
    );
    for (const applicantId of applicantIds) {
      if (known.some((one) => one.applicantId === applicantId)) continue;
      const content = contentOf(null);
      const hash = this.hashOf(applicantId, content, 'unknown');
      const sealed = this.sealer.seal(canonicalJson(content), `${applicantId}|0`);
      await insertTombstone(tx, erasureId, { applicantId, sealed, ...hash });
    }
  }

  /**
   * Texts by which bytes without an applicantId are known to be about them; in small letters.
   * @param idNumber that no version tells
   */
  async tracesOf(tx: Tx, applicantIds: readonly string[], idNumber: string | null = null): Promise<string[]> {
    const traces = new Set(applicantIds);
    if (idNumber !== null) traces.add(idNumber);
    for (const applicantId of applicantIds) {
      for await (const { opened } of this.history.versions(tx, applicantId)) {
        if (opened === null) continue;
        const { idNumber, documentNumber, phoneNumbers = [], emails = [] } = opened.content.fields;
        const { lookups } = opened.facts;
        for (const text of [idNumber, lookups.idNumber, documentNumber, lookups.documentNumber])
          traces.add(text ?? '');
        for (const text of [...emails, ...lookups.emails]) traces.add(text);
        for (const text of [...phoneNumbers, ...lookups.phones])
          traces.add(text.replace(/\D/g, '').slice(-PHONE_DIGITS));
      }
    }
    return [...traces]
      .map((text) => text.toLowerCase())
      .filter((text) => text.length >= MIN_TRACE_CHARACTERS);
  }

  /** Overwrites all versions of these applicants, and tells the feed. @returns how many versions */
  async empty(tx: Tx, applicantIds: readonly string[]): Promise<number> {
    let emptied = 0;
    const words = new Set<string>();
    for (const known of await lockApplicants(tx, applicantIds)) {
      let batch: EmptyVersion[] = [];
      for await (const version of this.history.versions(tx, known.applicantId)) {
        const empty = this.emptied(version, known);
        batch.push(empty);
        for (const word of version.opened?.facts.nameKey.split(' ') ?? []) words.add(word);
        emptied += 1;
        if (empty.version === known.version) await emptyApplicant(tx, empty);
        if (batch.length < VERSIONS_AT_ONCE) continue;
        await emptyVersions(tx, batch);
        batch = [];
      }
      await emptyVersions(tx, batch);
    }
    await forgetWords(tx, [...words]);
    await noticeErased(tx, applicantIds);
    return emptied;
  }

  /** Erasures of which somebody is here again. */
  async resurrected(tx: Tx): Promise<{ erasureId: string; applicantIds: string[] }[]> {
    return listResurrected(tx);
  }

  /** A row that no key opens is found by its blind index alone: left out, it would be left over. */
  private has({ applicantId, version, sealed }: ApplicantRow, exact: ExactLookup): boolean {
    try {
      return exact.matches(openVersion(this.sealer, applicantId, version, sealed).facts);
    } catch (error) {
      if (error instanceof CryptoError) return true;
      throw error;
    }
  }

  /** It says what the row goes on saying, so that it does not look changed. */
  private emptied({ row, opened }: WholeVersion, known: Known): EmptyVersion {
    const { applicantId, version, outcome, status } = row;
    const content = contentOf(status);
    const bound = boundOf(row, opened?.bound ?? null, known);
    return {
      applicantId,
      version,
      sealed: sealContent(this.sealer, applicantId, version, canonicalJson(content), bound),
      ...this.hashOf(applicantId, content, outcome),
    };
  }

  private hashOf(
    applicantId: string,
    content: Content,
    outcome: Outcome,
  ): { contentHash: Buffer; knownHashes: Buffer } {
    const [hash] = keyerOf(this.keyedHash, applicantId)(hashOfCanonical(canonicalJson(content), outcome));
    const known = KnownHashes.of({ content: hash, delivered: hash });
    return { contentHash: Buffer.from(hash, 'hex'), knownHashes: Buffer.from(known.toString(), 'hex') };
  }
}

/** The decision stays: it is no value of the person, and figures count it. */
function contentOf(status: number | null): Content {
  return { fields: status === null ? {} : { status }, extras: {} };
}

function boundOf(row: VersionRecord, before: Bound | null, known: Known): Bound {
  const { outcome, status, previousOutcome, kind, source, receiptId, elementIndex, receivedAt } = row;
  return {
    rules: RULES,
    outcome,
    status,
    previousOutcome,
    flags: [],
    changedFields: [],
    revertsTo: null,
    kind,
    source,
    receiptId,
    elementIndex,
    receivedAtMs: receivedAt.getTime(),
    firstReceivedAtMs: before?.firstReceivedAtMs ?? known.firstReceivedAt.getTime(),
    lastReceivedAtMs: before?.lastReceivedAtMs ?? known.lastReceivedAt.getTime(),
  };
}
