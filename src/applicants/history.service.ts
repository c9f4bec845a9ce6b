import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../auth/auth.types.js';
import { Sealer } from '../crypto/sealer.js';
import { asKept } from '../db/applicant-id.repository.js';
import type { PageQuery } from '../problem/page.dto.js';
import { pageOf, readCursor, writeCursor } from '../problem/cursor.js';
import { Problem } from '../problem/problem.js';
import { ApplicantsRepository } from './applicants.repository.js';
import { listVersions, type VersionRecord } from './changes.repository.js';
import { openContent } from './content.js';
import { type Difference, differences, maskedDifferences } from './diff.js';
import type { VersionDto, VersionPageDto } from './versions.dto.js';

const LIST = 'versions';
const CURSOR = z.tuple([z.int32().min(1)]);

/** The versions of an applicant and what changed in each. */
@Injectable()
export class History {
  constructor(
    private readonly connection: EntityManager,
    private readonly applicants: ApplicantsRepository,
    private readonly sealer: Sealer,
    private readonly audit: Audit,
  ) {}

  /**
   * Oldest first.
   * @throws Problem NOT_FOUND where there is no such applicant, BAD_CURSOR
   */
  async versions(asked: string, { limit, cursor }: PageQuery, actor: Actor): Promise<VersionPageDto> {
    const applicantId = await asKept(this.connection, asked);
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
    return {
      items: items.map((row, i) =>
        versionOf(row, this.difference(applicantId, items[i - 1] ?? before, row, masked)),
      ),
      nextCursor,
    };
  }

  private difference(
    applicantId: string,
    before: VersionRecord | undefined,
    row: VersionRecord,
    masked: boolean,
  ): Difference[] | null {
    if (row.version > 1 && before?.version !== row.version - 1) return null;
    const open = ({ version, sealed }: VersionRecord) =>
      openContent(this.sealer, applicantId, version, sealed);
    const compare = masked ? maskedDifferences : differences;
    return compare(before === undefined ? null : open(before), open(row));
  }
}

function versionOf(row: VersionRecord, found: Difference[] | null): VersionDto {
  const { sealed: _, changedAt, receivedAt, ...rest } = row;
  return {
    ...rest,
    changedAt: changedAt.toISOString(),
    receivedAt: receivedAt.toISOString(),
    differences: found,
  };
}
