import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../observability/metrics.js';
import { countOpenQuarantine, countPendingReceipts } from './inbox-gauges.repository.js';

/** What waits for somebody: counted in the database when Prometheus asks, so that every replica says the same. */
@Injectable()
export class InboxGauges implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    const { manager } = this.dataSource;
    this.metrics.collect('rollcall_receipts_pending', 'Receipts committed but not applied yet.', () =>
      countPendingReceipts(manager),
    );
    this.metrics.collect('rollcall_quarantine_open', 'Elements in quarantine that nobody has resolved.', () =>
      countOpenQuarantine(manager),
    );
  }
}
