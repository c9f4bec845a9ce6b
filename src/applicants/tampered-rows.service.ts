import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.service.js';
import type { AuditEntry } from '../audit/audit.types.js';
import { Metrics } from '../observability/metrics.js';
import { countTampered, insertTampered, type TamperedRow } from './tampered-rows.repository.js';

/** A row that was just noted is not noted again by the next reads. */
const NOTED_FOR_MS = 60_000;
const MAX_NOTED = 1000;

/**
 * The rows that say something else than what was sealed with them. Each is told of once, in the log and in the audit, whoever reads
 * it; the metric and the alert last as long as the row says so (`RowVerification` looks again).
 */
@Injectable()
export class TamperedRows implements OnModuleInit {
  private readonly log = new Logger('applicants');
  /** When they were noted, by table, applicant, version and columns. */
  private readonly noted = new Map<string, number>();
  private readonly waiting = new Map<string, TamperedRow>();
  private isKeeping = false;

  constructor(
    private readonly connection: EntityManager,
    private readonly audit: Audit,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.collect(
      'rollcall_tampered_rows',
      'Rows that say something else than what was sealed with them.',
      () => this.count(),
    );
  }

  count(): Promise<number> {
    return countTampered(this.connection);
  }

  /**
   * Whoever reads or writes the row goes on meanwhile. Of many rows at once not all are noted: the rest is by those who read
   * them next, and by a verification.
   */
  note(row: TamperedRow): void {
    const key = JSON.stringify([row.table, row.applicantId, row.version, row.columns]);
    const now = performance.now();
    if (now - (this.noted.get(key) ?? -Infinity) < NOTED_FOR_MS || this.waiting.size >= MAX_NOTED) return;
    if (this.noted.size >= MAX_NOTED) this.noted.clear();
    this.noted.set(key, now);
    this.waiting.set(JSON.stringify([row.table, row.applicantId, row.version]), row);
    if (!this.isKeeping) void this.keepWaiting();
  }

  private async keepWaiting(): Promise<void> {
    this.isKeeping = true;
    while (this.waiting.size > 0) {
      const rows = [...this.waiting.values()];
      this.waiting.clear();
      await this.keep(rows).catch((error: unknown) => {
        this.noted.clear();
        this.log.error(
          { code: 'TAMPERED_NOT_NOTED', rows: rows.length, error },
          'Changed rows could not be noted',
        );
      });
    }
    this.isKeeping = false;
  }

  /** Notes those that are not known yet. */
  async keep(rows: readonly TamperedRow[]): Promise<void> {
    if (rows.length === 0) return;
    const found = await this.connection.transaction(async (tx) => {
      const inserted = await insertTampered(tx, rows);
      await this.audit.record(
        tx,
        ...inserted.map(({ applicantId, table, version, columns }): AuditEntry => ({
          actor: 'system',
          action: 'applicant.tampered',
          subject: `applicant:${applicantId}`,
          detail: { table, version, columns },
        })),
      );
      return inserted;
    });
    for (const row of found) {
      this.log.error(
        { code: 'ROW_TAMPERED', ...row },
        'A row says something else than what was sealed with it',
      );
    }
  }
}
