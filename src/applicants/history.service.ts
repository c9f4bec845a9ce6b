import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { PageQuery } from '../problem/page.dto.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { requireReadable } from '../problem/readable.js';
import { ApplicantsRepository } from './applicants.repository.js';
import { markOf } from './applicant.view.js';
import { listVersions, type VersionRecord } from './changes.repository.js';
import { type Difference, differences, maskedDifferences } from './diff.js';
import { type CheckedRow, SealedRows } from './sealed-rows.service.js';
import type { VersionDto, VersionPageDto } from './versions.dto.js';

const LIST = 'versions';
const CURSOR = z.tuple([z.int32().min(1)]);

/** The versions of an applicant and what changed in each. */
@Injectable()
export class History {
  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: ApplicantsRepository,
    private readonly sealedRows: SealedRows,
    private readonly audit: Audit,
  ) {}

  /**
   * Oldest first.
   * @throws Problem NOT_FOUND where there is no such applicant, RESTRICTED, APPLICANT_ERASED, BAD_CURSOR
   */
  async versions(asked: string, { limit, cursor }: PageQuery, actor: Actor): Promise<VersionPageDto> {
    const applicantId = await asKept(this.connection, asked);
    await requireReadable(this.connection, applicantId);
    const after = cursor === undefined ? 0 : readCursor(LIST, CURSOR, cursor)[0];
    // one more at either end: the one before to compare with, the one behind to know that there is more
    const { rows, isCut } = await listVersions(
      this.connection,
      applicantId,
      after,
      limit + (after === 0 ? 1 : 2),
    );
    const before = rows[0]?.version === after ? rows.shift() : undefined;
    if (rows.length === 0 && (await this.applicants.find(applicantId)) === null) {
      throw new Problem('NOT_FOUND');
    }
    const { items, nextCursor } = pageOf(rows, limit, (row) => writeCursor(LIST, row.version), isCut);
    const masked = !actor.can('pii:read');
    if (!masked && items.length > 0) {
      await this.audit.record(null, {
        actor: actor.name,
        action: 'applicant.read',
        subject: `applicant:${applicantId}`,
        detail: { via: 'versions', versions: items.map((row) => row.version) },
      });
    }
    const checked = [before, ...items].map((row) => row && this.sealedRows.check('changes', row));
    return {
      items: items.map((_, i) =>
        versionOf(checked[i + 1]!, differenceOf(checked[i], checked[i + 1]!, masked)),
      ),
      nextCursor,
    };
  }
}

type CheckedVersion = CheckedRow<VersionRecord>;

/** Null where the version before is not kept any more, or one of the two does not open. */
function differenceOf(
  before: CheckedVersion | undefined,
  { row, opened, tampered }: CheckedVersion,
  masked: boolean,
): Difference[] | null {
  if (row.version > 1 && before?.row.version !== row.version - 1) return null;
  if ([...tampered, ...(before?.tampered ?? [])].includes('sealed')) return null;
  const compare = masked ? maskedDifferences : differences;
  return compare(before?.opened.content ?? null, opened.content);
}

function versionOf({ row, tampered }: CheckedVersion, found: Difference[] | null): VersionDto {
  const {
    sealed: _,
    contentHash: _h,
    applicantId: _a,
    nationality: _n,
    documentTypeCode: _d,
    birthGovernorate: _b,
    ...shown
  } = row;
  return {
    ...shown,
    changedAt: row.changedAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    differences: found,
    ...markOf(tampered),
  };
}
