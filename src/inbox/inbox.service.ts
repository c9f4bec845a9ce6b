import { Injectable } from '@nestjs/common';
import { type BodyRefusal, parseBody } from '../enroll-contract/body.js';
import { Jobs } from '../jobs/jobs.service.js';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import { Batcher } from './batcher.js';
import type { Arrived, ItemResult, Report } from './inbox.types.js';
import { Intake } from './intake.js';
import { readElements } from './read-elements.js';

const REFUSED: Partial<Record<BodyRefusal, string>> = {
  UNSUPPORTED_MEDIA_TYPE: 'The body must be UTF-8 JSON',
};

/** The one door: callbacks, replay, reconciliation and import all come in here. */
@Injectable()
export class Inbox {
  constructor(
    private readonly batcher: Batcher,
    private readonly metrics: Metrics,
    private readonly jobs: Jobs,
  ) {}

  /**
   * Takes a list of applicants: parses, decides and commits it. On return all of it is in the database.
   * @throws Problem 400, 413 or 415 where the bytes are no list of applicants (they are kept all the same), 503 where
   * nothing could be committed
   */
  async receive(arrived: Arrived): Promise<Report> {
    const parsed = parseBody(arrived.bytes);
    if (!parsed.ok) return this.refuse(arrived, new Problem(parsed.code, REFUSED[parsed.code]));
    const { candidates, refused } = readElements(parsed.elements);
    const intake = new Intake(arrived, candidates, refused);
    const report = await this.batcher.submit(intake);
    this.jobs.wakeFollowers();
    this.count(report);
    return report;
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

  private count(report: Report): void {
    const results = new Map<ItemResult, number>();
    for (const { result } of report.items) results.set(result, (results.get(result) ?? 0) + 1);
    for (const [result, n] of results) this.metrics.elements(result, n);
  }
}
