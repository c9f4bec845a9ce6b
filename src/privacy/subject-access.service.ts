import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { ZipFile } from 'yazl';
import { ApplicantErasure } from '../applicants/applicant-erasure.service.js';
import { Audit, toEach } from '../audit/audit.service.js';
import { Problem } from '../problem/problem.js';
import type { PersonBody } from './erasures.dto.js';
import { Persons } from './persons.service.js';
import { SubjectFiles } from './subject-files.service.js';

/** Everything that is held about one person, as one ZIP. */
@Injectable()
export class SubjectAccess {
  constructor(
    private readonly connection: EntityManager,
    private readonly persons: Persons,
    private readonly applicants: ApplicantErasure,
    private readonly files: SubjectFiles,
    private readonly audit: Audit,
  ) {}

  /**
   * Also of who is under erasure: compliance reads them here, and nowhere else. Recorded before the first byte leaves.
   * @throws Problem BAD_REQUEST, NOT_FOUND, AUDIT_UNAVAILABLE
   */
  async collect(by: string, { reason, ...named }: PersonBody): Promise<Readable> {
    const { applicantIds, idNumber } = await this.persons.named(named);
    const known = await this.connection.transaction((tx) => this.applicants.lock(tx, applicantIds));
    const traces = await this.applicants.tracesOf(this.connection, applicantIds, idNumber);
    const whom = { applicantIds, traces };
    const quarantined = await this.files.quarantined(whom);
    if (known.length === 0 && quarantined.length === 0)
      throw new Problem('NOT_FOUND', 'There is no such applicant');
    const deed = { actor: by, action: 'subject.access', subject: 'applicant:*', reason } as const;
    const people = toEach(deed, applicantIds);
    await this.audit.record(null, ...(people.length === 0 ? [deed] : people));
    return zipOf(this.files.all({ ...whom, nationalId: named.nationalId }, known, quarantined));
  }
}

/** A file is read when its turn comes; a caller who leaves ends it. */
function zipOf(files: AsyncGenerator<{ name: string; bytes: Buffer }>): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  zip.on('error', (error: Error) => output.destroy(error));
  const fill = async () => {
    for await (const { name, bytes } of files) {
      if (output.destroyed) return;
      await new Promise<void>((added) => {
        const stream = Readable.from([bytes], { objectMode: false });
        stream.once('close', added);
        zip.addReadStream(stream, name, { compress: !/\.(jpg|png|webp)$/.test(name) });
      });
    }
    zip.end();
  };
  fill().catch((error: Error) => output.destroy(error));
  return output;
}
