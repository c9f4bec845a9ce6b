import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Jobs } from '../jobs/jobs.service.js';
import { within } from '../observability/within.js';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import { DueData } from '../retention/due-data.service.js';
import { ErasureWork } from './erasure-work.service.js';
import { HAS_DUE_ERASURES } from './erasures.repository.js';
import { ERASE, Erasures } from './erasures.service.js';
import { ErasureLedger } from './ledger.service.js';

const READ_LEDGER = 'privacy.read-ledger';
/** How long the start waits for the ledger; after that the job reads it. */
const START_WITHIN_MS = 3000;

class LedgerSlow extends Error {
  readonly code = 'STORE_SLOW';
}

/** Carries erasures out in the background, and looks into the ledger before anybody is served. */
@Injectable()
export class ErasureJobs implements OnApplicationBootstrap {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly erasing: ErasureWork,
    private readonly ledger: ErasureLedger,
    private readonly jobs: Jobs,
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
    jobs.work(READ_LEDGER, { policy: 'exclusive' }, async () => ({ erased: await this.ledger.readOn() }));
    jobs.schedule(READ_LEDGER, '*/15 * * * *');
  }

  /** A restored database must not show for a moment who was erased since. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.jobs.works) return;
    try {
      await within(START_WITHIN_MS, this.ledger.readOn(), new LedgerSlow());
    } catch (error) {
      const code = error instanceof LedgerSlow ? error.code : storeFaultOf(error)?.code;
      this.log.warn(
        { code, ...(code === undefined && { error }) },
        'The ledger of erasures could not be read yet',
      );
      this.jobs.sendOnceStarted(READ_LEDGER, {});
    }
  }
}
