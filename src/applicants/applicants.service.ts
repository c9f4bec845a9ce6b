import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { BlindIndex } from '../crypto/blind-index.js';
import type { Stretch } from '../db/page-bytes.repository.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { type OpenedApplicant, viewOf } from './applicant.view.js';
import type { ApplicantDto, ApplicantItemDto, ApplicantPageDto } from './applicants.dto.js';
import { type ApplicantRow, ApplicantsRepository, type Position } from './applicants.repository.js';
import { ExactLookup } from './exact-lookup.js';
import { filterOf } from './filter.js';
import type { ListApplicantsQuery, SearchApplicantsBody } from './list-applicants.dto.js';
import { NameSearcher } from './name-search.service.js';
import { SealedRows } from './sealed-rows.service.js';

const LIST = 'applicants';
const CURSOR = z.tuple([z.iso.datetime(), z.string().max(256)]);
const MAX_SAME_PERSON = 50;

/** `among`: only these ids. */
type WantedApplicants = ListApplicantsQuery & { among?: string[] | undefined };

/** Reads applicants for an actor. Without `pii:read` PII is masked; with it, the reading is recorded before the answer leaves. */
@Injectable()
export class Applicants {
  constructor(
    private readonly applicants: ApplicantsRepository,
    private readonly sealedRows: SealedRows,
    private readonly blindIndex: BlindIndex,
    private readonly audit: Audit,
    private readonly names: NameSearcher,
  ) {}

  /**
   * @param asOf state at that time, with the flags and the outcome of then
   * @throws Problem NOT_FOUND, which says so where the applicant came later than `asOf`; RESTRICTED, APPLICANT_ERASED
   */
  async find(asked: string, actor: Actor, asOf?: Date): Promise<ApplicantDto> {
    const opened =
      asOf === undefined ? this.open(await this.applicants.find(asked)) : await this.openAsOf(asked, asOf);
    if (opened === null) throw new Problem('NOT_FOUND', await this.whyNot(asked, asOf));
    const [samePerson, [view], isBehind] = await Promise.all([
      this.samePerson(opened),
      this.show([opened], actor, 'read'),
      asOf === undefined && this.applicants.isBehind(opened.row),
    ]);
    return { ...view!, ...(isBehind && this.sealedRows.putBack(opened)), samePerson };
  }

  /** The current state as it is. The caller records who sees what of it before it is shown. @throws Problem NOT_FOUND */
  async unmasked(asked: string): Promise<ApplicantItemDto> {
    const row = await this.applicants.find(asked);
    if (row === null) throw new Problem('NOT_FOUND');
    return viewOf(this.open(row), false);
  }

  /** Newest first. @throws Problem BAD_CURSOR */
  async list(query: WantedApplicants, actor: Actor): Promise<ApplicantPageDto> {
    const filter = { ...filterOf(query), among: query.among };
    const found = await this.applicants.listNewest(filter, afterOf(query), query.limit + 1);
    const { items, nextCursor } = pageOf(found.rows, query.limit, cursorOf, found.isCut);
    const opened = items.map((row) => this.open(row));
    return { items: await this.show(opened, actor, 'list'), nextCursor };
  }

  /**
   * By name, or by exact values. `ApplicantSearch` limits and records it.
   * @throws Problem BAD_CURSOR; BAD_REQUEST where `q` holds too few letters; SEARCH_TOO_SLOW
   */
  async search(body: SearchApplicantsBody, actor: Actor): Promise<ApplicantPageDto> {
    const { q, limit, cursor } = body;
    if (q === undefined) return this.lookUp(body, actor);
    const { items, nextCursor } = await this.names.find({ q, limit, cursor, filter: filterOf(body) });
    const found = items.map((row) => this.open(row));
    return { items: await this.show(found, actor, 'search'), nextCursor };
  }

  private async lookUp(body: SearchApplicantsBody, actor: Actor): Promise<ApplicantPageDto> {
    const exact = ExactLookup.of(body);
    if (exact === null) return { items: [], nextCursor: null };
    const blind = exact.blind(this.blindIndex);
    const hits = await this.applicants.findByBlindIndex(blind, filterOf(body), afterOf(body), body.limit + 1);
    const { items, nextCursor } = pageOf(hits.rows, body.limit, cursorOf, hits.isCut);
    const found = items.map((row) => this.open(row)).filter(({ opened }) => exact.matches(opened.facts));
    return { items: await this.show(found, actor, 'lookup'), nextCursor };
  }

  /** Other applicants with the same idNumber (A22). */
  private async samePerson({ row, opened }: OpenedApplicant): Promise<string[]> {
    const exact = ExactLookup.of({ idNumber: opened.content.fields.idNumber });
    if (exact === null) return [];
    const blind = exact.blind(this.blindIndex);
    if (!(await this.applicants.isShared(blind, row))) return [];
    const others: string[] = [];
    for (let after: Position | null = null, left = MAX_SAME_PERSON + 1; ;) {
      const { rows, isCut }: Stretch<ApplicantRow> = await this.applicants.findByBlindIndex(
        blind,
        {},
        after,
        left,
      );
      for (const other of rows) {
        if (other.applicantId === row.applicantId) continue;
        if (exact.matches(this.open(other).opened.facts)) others.push(other.applicantId);
      }
      after = rows.at(-1) ?? null;
      left -= rows.length;
      if (!isCut || left <= 0) return others;
    }
  }

  private open<Row extends ApplicantRow | null>(row: Row): OpenedApplicant | (Row & null);
  private open(row: ApplicantRow | null): OpenedApplicant | null {
    return row && this.sealedRows.check('applicants', row);
  }

  /** Of a version in the history: when the applicant was first received is in its row, and sealed with each version. */
  private async openAsOf(asked: string, asOf: Date): Promise<OpenedApplicant | null> {
    const found = await this.applicants.findAsOf(asked, asOf);
    if (found === null) return null;
    const { firstReceivedAt: inRow, lastReceivedAt: _, ...version } = found;
    const { row, ...checked } = this.sealedRows.check('changes', version);
    const { bound } = checked.opened;
    const firstReceivedAt = bound === null ? inRow : new Date(bound.firstReceivedAtMs);
    return { ...checked, row: { ...row, firstReceivedAt, lastReceivedAt: row.receivedAt } };
  }

  /** Why nothing is known of an applicant as of a time; undefined where nobody has this id. */
  private async whyNot(asked: string, asOf?: Date): Promise<string | undefined> {
    const first = asOf && (await this.applicants.firstReceived(asked));
    if (first === undefined) return undefined;
    const known = `The applicant was first received at ${first.toISOString()}`;
    return asOf! < first
      ? `${known}: asOf is before its first version`
      : `${known}; no version as of the time asked for is kept`;
  }

  private async show(opened: OpenedApplicant[], actor: Actor, via: string): Promise<ApplicantItemDto[]> {
    const masked = !actor.can('pii:read');
    if (!masked) {
      await this.audit.record(
        null,
        ...opened.map(({ row: { applicantId, version } }) => ({
          actor: actor.name,
          action: 'applicant.read' as const,
          subject: `applicant:${applicantId}`,
          detail: { via, version },
        })),
      );
    }
    return opened.map((applicant) => viewOf(applicant, masked));
  }
}

function cursorOf({ firstReceivedAt, applicantId }: ApplicantRow): string {
  return writeCursor(LIST, firstReceivedAt.toISOString(), applicantId);
}

function afterOf({ cursor }: { cursor?: string }): Position | null {
  if (cursor === undefined) return null;
  const [firstReceivedAt, applicantId] = readCursor(LIST, CURSOR, cursor);
  return { firstReceivedAt: new Date(firstReceivedAt), applicantId };
}
