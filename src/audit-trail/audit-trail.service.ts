import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Config } from '../config/config.js';
import { asKept } from '../db/applicant-id.repository.js';
import { PublishedKeys } from '../crypto/published-keys.service.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { AuditChain } from './chain.service.js';
import type { AuditPageDto, ListAuditQuery } from './audit-trail.dto.js';
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
import { ChainWalk, NO_LINK, type Tampering } from './chain.js';
import { headFault } from './heads.js';

const LIST = 'audit';
const CURSOR = z.tuple([
  z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  z.string().regex(/^\d{1,18}$/),
  z.uuid(),
]);
const BATCH_LINKS = 5_000;

/** What `verify` found: how many links it followed, and the first thing that is wrong. */
export interface Verdict {
  links: number;
  heads: number;
  tampering: Tampering | null;
}

/** Reads the audit: lists it, writes it to a file that proves itself, verifies it. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly connection: EntityManager,
    private readonly chain: AuditChain,
    private readonly published: PublishedKeys,
    private readonly config: Config,
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
  async verify(onProgress: (done: number, all: number) => void = () => undefined): Promise<Verdict> {
    const end = await this.chain.linkAll();
    const heads = await listHeads(this.connection, 1, Number.MAX_SAFE_INTEGER);
    const walk = new ChainWalk(0, NO_LINK);
    const hashes = new Map(heads.map(({ n }) => [n, '']));
    const broken = (tampering: Tampering): Verdict => ({ links: walk.n, heads: 0, tampering });
    for await (const { links, entries } of this.stretches(await findLink(this.connection, 0), end.n)) {
      for (const { n, hash, place } of links) {
        const entry = entries.get(place.entry);
        if (entry === undefined) return broken({ n, entry: place.entry, what: 'removed' });
        const tampering = walk.take({ n, hash, ...entry });
        if (tampering !== undefined) return broken(tampering);
        entries.delete(place.entry);
        if (hashes.has(n)) hashes.set(n, hash);
      }
      const [unlinked] = entries.keys();
      if (unlinked !== undefined) return broken({ n: walk.n, entry: unlinked, what: 'inserted' });
      onProgress(walk.n, end.n);
    }
    const ahead = await findAhead(this.connection);
    if (ahead !== undefined) return broken({ n: walk.n, entry: ahead, what: 'inserted' });
    const keys = await this.published.all();
    for (const { n, jws } of heads) {
      if (await headFault(jws, keys, hashes))
        return broken({ n, entry: null, what: n > walk.n ? 'removed' : 'signature' });
    }
    return { links: walk.n, heads: heads.length, tampering: null };
  }

  /** Links up to `last` with the entries that stand in the same places: both are read in their order. */
  private async *stretches(
    after: Pick<ChainLink, 'n' | 'place'>,
    last: number,
  ): AsyncGenerator<{ links: ChainLink[]; entries: Map<string, WrittenEntry> }> {
    for (let { n, place } = after; n < last;) {
      const links = await linksBehind(this.connection, n, Math.min(BATCH_LINKS, last - n));
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
