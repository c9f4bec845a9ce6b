import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Known } from '../applicants/applicant-erasure.service.js';
import { WholeHistory } from '../applicants/whole-history.service.js';
import { SubjectImages } from '../images/subject-images.service.js';
import { SubjectReceipts, type Whom } from '../inbox/subject-receipts.service.js';
import { SubjectHolds } from '../retention/subject-holds.service.js';
import { ABOUT_NAMES, listAbout } from './subject.repository.js';

interface SubjectFile {
  name: string;
  bytes: Buffer;
}

const MAX_NAME_LENGTH = 200;

const EXTENSIONS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'application/pdf': 'pdf',
};

/** The files of a subject access, one after the other: one image in memory at a time. */
@Injectable()
export class SubjectFiles {
  constructor(
    private readonly connection: EntityManager,
    private readonly history: WholeHistory,
    private readonly images: SubjectImages,
    private readonly receipts: SubjectReceipts,
    private readonly holds: SubjectHolds,
  ) {}

  async quarantined(whom: Whom): Promise<unknown[]> {
    return this.receipts.quarantined(whom);
  }

  /**
   * Ends with `contents.json`, which says what could not be read.
   * @param whom with the national id that was asked for: a hold may be on it
   */
  async *all(
    whom: Whom & { nationalId: string | undefined },
    known: readonly Known[],
    quarantined: unknown[],
  ): AsyncGenerator<SubjectFile> {
    const { applicantIds, nationalId } = whom;
    const missing: string[] = [];
    for (const { applicantId } of known) {
      const folder = `applicants/${folderOf(applicantId)}`;
      yield fileOf(`${folder}/versions.json`, await this.versions(applicantId));
      for (const image of await this.images.of(applicantId)) {
        const name = `${folder}/images/${image.field}-v${image.version}.${EXTENSIONS[image.mediaType] ?? 'bin'}`;
        const bytes = await this.images.open(image);
        if (bytes === null) missing.push(name);
        else yield { name, bytes };
      }
    }
    const since = known.reduce(
      (first, one) => (one.firstReceivedAt < first ? one.firstReceivedAt : first),
      new Date(),
    );
    const receipts = await this.receipts.elements(whom, since);
    missing.push(...receipts.missing);
    yield fileOf('receipts.json', receipts.found);
    yield fileOf('quarantine.json', quarantined);
    for (const name of ABOUT_NAMES) {
      yield fileOf(`${name}.json`, await listAbout(this.connection, name, applicantIds));
    }
    yield fileOf('holds.json', await this.holds.of(applicantIds, nationalId));
    yield fileOf('contents.json', { applicantIds, madeAt: new Date().toISOString(), missing });
  }

  private async versions(applicantId: string): Promise<unknown[]> {
    const versions: unknown[] = [];
    for await (const { row, opened } of this.history.versions(this.connection, applicantId)) {
      const { sealed: _, contentHash: __, ...said } = row;
      const derived = opened && { gender: opened.facts.gender, birthDate: opened.facts.birthDate };
      versions.push({ ...said, ...opened?.content, derived });
    }
    return versions;
  }
}

/** A name that every file system takes, and that leads nowhere else: of an id of dots, or too long, a hash. */
function folderOf(applicantId: string): string {
  const name = encodeURIComponent(applicantId);
  const isFit = name.length <= MAX_NAME_LENGTH && !/^\.+$/.test(name);
  return isFit ? name : createHash('sha256').update(applicantId).digest('hex');
}

function fileOf(name: string, value: unknown): SubjectFile {
  return { name, bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) };
}
