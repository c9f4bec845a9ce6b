import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Metrics } from '../observability/metrics.js';
import { Quarantine } from './quarantine.service.js';
import { Receipts } from './receipts.service.js';

/** Counts what waits for somebody, in the database and whenever Prometheus asks, so that every replica gives the same number. */
@Injectable()
export class InboxGauges implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly receipts: Receipts,
    private readonly quarantine: Quarantine,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_receipts_pending',
      'Receipts committed but not applied yet.',
      async () => (await this.receipts.pending()).count,
    );
    this.metrics.collect(
      'rollcall_quarantine_open',
      'Elements in quarantine that nobody has resolved.',
      async () => (await this.quarantine.growth(0)).open,
    );
  }
}
