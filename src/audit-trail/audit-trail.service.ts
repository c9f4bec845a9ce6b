import { Injectable } from '@nestjs/common';
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { Config } from '../config/config.js';
import { asKept } from '../db/applicant-id.repository.js';
import { PublishedKeys } from '../crypto/published-keys.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { AuditChain } from './chain.service.js';
import type { AuditPageDto, AuditVerdictDto, ListAuditQuery, VerifyAuditBody } from './audit-trail.dto.js';
import {
  type AuditPosition,
  type ChainLink,
  entriesBetween,
  findAhead,
  findLink,
  linksBehind,
  linksOfPeriod,
  listAudit,
  listHeads,
} from './audit-trail.repository.js';
import type { ChainedEntry, WrittenEntry } from './audit-trail.types.js';
import { ChainWalk, type Tampering } from './chain.js';
import { headFault } from './heads.js';

const LIST = 'audit';
const CURSOR = z.tuple([
  z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  z.string().regex(/^\d{1,18}$/),
  z.uuid(),
]);
const BATCH_LINKS = 5_000;
/** 15 ms of this process at a time: it answers callbacks in between. */
const STRETCH_BATCH_LINKS = 500;

/** What `verify` found: how many links it followed, and the first thing that is wrong. */
export interface Verdict {
  links: number;
  heads: number;
  tampering: Tampering | null;
}

/** A part of the chain; the newest has entries behind it that are not linked yet. */
interface Stretch {
  first: number;
  last: number;
  isNewest: boolean;
  batchLinks: number;
}

interface Walking {
  walk: ChainWalk;
  before: ChainLink;
  /** Of the links that have a signed head; filled in by the way. */
  hashes: Map<number, string>;
  onProgress: ((done: number, all: number) => void) | undefined;
}

/** Reads the audit: lists it, writes it to a file that proves itself, verifies it. */
@Injectable()
export class AuditTrail {
  /** One verification at a time. */
  private readonly turn = bulkhead(1, 0);

  constructor(
    private readonly connection: EntityManager,
    private readonly chain: AuditChain,
    private readonly published: PublishedKeys,
    private readonly config: Config,
    private readonly audit: Audit,
  ) {}

  /** Newest first. @throws Problem BAD_CURSOR */
  async list(query: ListAuditQuery): Promise<AuditPageDto> {
    const { applicantId } = query;
    const subject = applicantId && `applicant:${await asKept(this.connection, applicantId)}`;
    const filter = { ...filterOf(query), subject };
    const rows = await listAudit(this.connection, filter, afterOf(query), query.limit + 1);
    const { items, nextCursor } = pageOf(rows, query.limit, ({ at, seq, id }) =>
      writeCursor(LIST, at, seq, id),
    );
    return { items: items.map(({ seq: _, ...entry }) => entry), nextCursor };
  }

  /**
   * The chain of a period as lines of JSON: a line about the file, the entries in their order, the signed heads, and the signed
   * end. `rollcall audit verify` needs nothing else.
   */
  async *export(period: { from?: Date; to?: Date }): AsyncGenerator<ChainedEntry | Record<string, unknown>> {
    await this.chain.linkAll();
    const found = await linksOfPeriod(this.connection, period);
    const [first, last] = [found?.first ?? 1, found?.last ?? 0];
    const before = await findLink(this.connection, first - 1);
    let { hash } = before;
    yield { audit: this.config.publicUrl, first, last, before: hash, keys: await this.published.all() };
    for await (const { links, entries } of this.stretches(before, last)) {
      for (const link of links) {
        const entry = entries.get(link.place.entry);
        // what is gone is shown by its absence
        if (entry !== undefined) yield { n: link.n, hash: link.hash, ...entry };
        hash = link.hash;
      }
    }
    for (const head of await listHeads(this.connection, first, last)) yield { head: head.jws };
    yield { end: await this.chain.signEnd({ first, before: before.hash, n: last, hash }) };
  }

  /** Follows the whole chain in the database, and looks for entries that are not in it. */
  async verify(onProgress?: (done: number, all: number) => void): Promise<Verdict> {
    const { n: last } = await this.chain.linkAll();
    return this.follow({ first: 1, last, isNewest: true, batchLinks: BATCH_LINKS }, onProgress);
  }

  /**
   * A stretch of the chain as it is linked now, beside what this process does otherwise. What comes before it is believed. Recorded.
   * @throws Problem OVERLOADED where somebody else's is under way, AUDIT_UNAVAILABLE
   */
  async verifyStretch({ links, upTo }: VerifyAuditBody, actor: Actor): Promise<AuditVerdictDto> {
    try {
      return await this.turn.execute(async () => {
        const { n: end } = await findLink(this.connection);
        const last = Math.min(upTo ?? end, end);
        const first = Math.max(1, last - links + 1);
        const stretch = { first, last, isNewest: last === end, batchLinks: STRETCH_BATCH_LINKS };
        const { tampering, ...counts } = await this.follow(stretch);
        const verdict = { first, last, ...counts, intact: tampering === null, tampering };
        const detail = { first, last, intact: verdict.intact, ...(tampering && { broken: tampering.n }) };
        const deed = { actor: actor.name, action: 'audit.verify', subject: 'audit', detail } as const;
        await this.audit.record(null, deed);
        return verdict;
      });
    } catch (cause) {
      if (!(cause instanceof BulkheadRejectedError)) throw cause;
      throw new Problem('OVERLOADED', 'The audit is being verified', { retryAfterSeconds: 1, cause });
    }
  }

  private async follow(stretch: Stretch, onProgress?: (done: number, all: number) => void): Promise<Verdict> {
    const { first, last, isNewest } = stretch;
    const before = await findLink(this.connection, first - 1);
    const heads = await listHeads(this.connection, first, isNewest ? Number.MAX_SAFE_INTEGER : last);
    const walk = new ChainWalk(first - 1, before.hash);
    const hashes = new Map(heads.map(({ n }) => [n, '']));
    const tampering =
      before.n === walk.n
        ? await this.brokenLink(stretch, { walk, before, hashes, onProgress })
        : ({ n: walk.n, entry: null, what: 'removed' } as const);
    const wrong = tampering ?? (await this.falseHead(heads, walk.n, hashes)) ?? null;
    return { links: walk.n - first + 1, heads: wrong === null ? heads.length : 0, tampering: wrong };
  }

  private async brokenLink(
    { last, isNewest, batchLinks }: Stretch,
    { walk, before, hashes, onProgress }: Walking,
  ): Promise<Tampering | undefined> {
    for await (const { links, entries } of this.stretches(before, last, batchLinks)) {
      for (const { n, hash, place } of links) {
        const entry = entries.get(place.entry);
        if (entry === undefined) return { n, entry: place.entry, what: 'removed' };
        const tampering = walk.take({ n, hash, ...entry });
        if (tampering !== undefined) return tampering;
        entries.delete(place.entry);
        if (hashes.has(n)) hashes.set(n, hash);
      }
      const [unlinked] = entries.keys();
      if (unlinked !== undefined) return { n: walk.n, entry: unlinked, what: 'inserted' };
      onProgress?.(walk.n, last);
    }
    const ahead = isNewest ? await findAhead(this.connection) : undefined;
    return ahead === undefined ? undefined : { n: walk.n, entry: ahead, what: 'inserted' };
  }

  private async falseHead(
    heads: readonly { n: number; jws: string }[],
    last: number,
    hashes: ReadonlyMap<number, string>,
  ): Promise<Tampering | undefined> {
    const keys = await this.published.all();
    for (const { n, jws } of heads) {
      if (await headFault(jws, keys, hashes))
        return { n, entry: null, what: n > last ? 'removed' : 'signature' };
    }
    return undefined;
  }

  /** Links up to `last` with the entries that stand in the same places: both are read in their order. */
  private async *stretches(
    after: Pick<ChainLink, 'n' | 'place'>,
    last: number,
    batchLinks = BATCH_LINKS,
  ): AsyncGenerator<{ links: ChainLink[]; entries: Map<string, WrittenEntry> }> {
    for (let { n, place } = after; n < last;) {
      const links = await linksBehind(this.connection, n, Math.min(batchLinks, last - n));
      const end = links.at(-1);
      if (end === undefined) return;
      yield { links, entries: await entriesBetween(this.connection, place, end.place) };
      ({ n, place } = end);
    }
  }
}

function filterOf({ actor, action, from, to }: ListAuditQuery) {
  return {
    actor,
    action,
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}

function afterOf({ cursor }: { cursor?: string }): AuditPosition | null {
  if (cursor === undefined) return null;
  const [at, seq, id] = readCursor(LIST, CURSOR, cursor);
  return { at, seq, id };
}
