import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Versions } from '../applicants/versions.service.js';
import { Writers } from '../db/writers.js';
import type { BodyRefusal } from '../enroll-contract/body.js';
import type { Element, ParsedElement } from '../enroll-contract/types.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import { Batcher } from './batcher.js';
import type { Arrived, Previewed } from './inbox.types.js';
import { Intake } from './intake.js';
import { readList, readValid } from './read-elements.js';
import type { Report } from './report.dto.js';

const REFUSED: Partial<Record<BodyRefusal, string>> = {
  UNSUPPORTED_MEDIA_TYPE: 'The body must be UTF-8 JSON',
};

/** The one door: callbacks, replays and reconciliation all come in here. */
@Injectable()
export class Inbox {
  constructor(
    private readonly batcher: Batcher,
    private readonly versions: Versions,
    private readonly writers: Writers,
    private readonly metrics: Metrics,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Takes a list of applicants: parses, decides and commits it. On return all of it is in the database.
   * @throws Problem 400, 413 or 415 where the bytes are no list of applicants (they are kept all the same), 503 where
   * nothing could be committed
   */
  async receive(arrived: Arrived): Promise<Report> {
    const list = readList(arrived.bytes);
    if (!list.ok) return this.refuse(arrived, new Problem(list.code, REFUSED[list.code]));
    const report = await this.batcher.submit(new Intake(arrived, list.candidates, list.refused));
    this.jobs.wakeFollowers();
    for (const { result } of report.items) this.metrics.elements(result, 1);
    return report;
  }

  /**
   * What `receive` would make of each element, in their order; writes nothing. The `index` of an element must be its place.
   * @param asOf when their contents were true
   * @throws what Postgres says
   */
  async preview(parsed: ParsedElement[], asOf: Date): Promise<Previewed[]> {
    const elements = parsed.map(readValid).filter((read): read is Element => !('code' in read));
    const previewed = parsed.map((): Previewed => ({ applicantId: null, result: 'refused' }));
    if (elements.length === 0) return previewed;
    const compare = (connection: PoolClient) => this.versions.compare(connection, elements, asOf);
    for (const [at, standing] of (await this.writers.use(compare)).entries()) {
      const element = elements[at];
      if (element !== undefined) previewed[element.index] = { applicantId: element.applicantId, ...standing };
    }
    return previewed;
  }

  /**
   * Keeps what arrived and cannot be taken, as a `rejected` receipt, and throws why with the receipt's id. Where the
   * receipt cannot be committed either, nothing is durable: 503, so that eNROLL sends it again (A25).
   */
  async refuse(arrived: Arrived, { code, detail }: Problem): Promise<never> {
    const intake = new Intake(arrived, [], [], code);
    await this.batcher.submit(intake);
    const { sentBytes = 0, bytes } = arrived;
    const kept = sentBytes > bytes.length ? `The first ${bytes.length} bytes` : 'The bytes';
    throw new Problem(code, `${detail === undefined ? '' : `${detail}. `}${kept} were kept as received`, {
      extra: { receiptId: intake.id },
    });
  }
}
