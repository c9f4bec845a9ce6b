import { Injectable } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.js';
import { DueData } from '../retention/due-data.service.js';
import { ErasureWork } from './erasure-work.service.js';
import { HAS_DUE_ERASURES } from './erasures.repository.js';
import { ERASE, Erasures } from './erasures.service.js';

/** Carries erasures out in the background. */
@Injectable()
export class ErasureJobs {
  constructor(
    private readonly erasing: ErasureWork,
    jobs: Jobs,
    erasures: Erasures,
    due: DueData,
  ) {
    due.eraseWith((tx, applicantIds, reason) => erasures.requestExpired(tx, applicantIds, reason));
    jobs.poll(
      ERASE,
      1000,
      async (signal) => {
        const end = await this.erasing.work(signal);
        return { counts: end === undefined ? {} : { [end]: 1 }, ...(end === 'erased' && { pauseMs: 0 }) };
      },
      HAS_DUE_ERASURES,
    );
  }
}
