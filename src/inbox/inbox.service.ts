import { Injectable } from '@nestjs/common';
import type { BodyRefusal } from '../enroll-contract/body.js';
import { Metrics } from '../observability/metrics.js';
import { Problem } from '../problem/problem.js';
import { Batcher } from './batcher.js';
import type { Arrived } from './inbox.types.js';
import { Intake } from './intake.js';
import { readList } from './read-elements.js';
import type { Report } from './report.dto.js';

const REFUSED: Partial<Record<BodyRefusal, string>> = {
  UNSUPPORTED_MEDIA_TYPE: 'The body must be UTF-8 JSON',
};

/** The one door: callbacks, replay, reconciliation and import all come in here. */
@Injectable()
export class Inbox {
  constructor(
    private readonly batcher: Batcher,
    private readonly metrics: Metrics,
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
    for (const { result } of report.items) this.metrics.elements(result, 1);
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
}
