import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { storeFaultOf } from '../images/sealed-image-store.service.js';
import { Jobs } from '../jobs/jobs.service.js';
import { within } from '../observability/within.js';
import { ErasureLedger } from './ledger.service.js';

const READ_LEDGER = 'privacy.read-ledger';
/** How long the start waits for the ledger; after that the job reads it. */
const START_WITHIN_MS = 3000;

class LedgerSlow extends Error {
  readonly code = 'STORE_SLOW';
}

/** Looks into the ledger before anybody is served, and now and then. */
@Injectable()
export class LedgerReading implements OnApplicationBootstrap {
  private readonly log = new Logger('privacy');

  constructor(
    private readonly ledger: ErasureLedger,
    private readonly jobs: Jobs,
    private readonly host: HttpAdapterHost,
  ) {
    jobs.work(READ_LEDGER, { policy: 'exclusive' }, async () => ({ erased: await this.ledger.readOn() }));
    jobs.schedule(READ_LEDGER, '*/15 * * * *');
  }

  /** A restored database must not show for a moment who was erased since: no server does, whatever its role. A command has no HTTP. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.host.httpAdapter) return;
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
