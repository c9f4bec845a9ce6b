import { Injectable } from '@nestjs/common';
import { ApplicantRows, type RowBatch } from '../applicants/applicant-rows.service.js';
import type { Cell } from '../applicants/columns.types.js';
import type { AuditEntry } from '../audit/audit.types.js';
import { Audit, toEach } from '../audit/audit.service.js';
import type { ExportContent } from './exports.repository.js';
import { FORMATS } from './formats.js';

const RECORDED_AT_ONCE = 4_000;

/** A file of applicants that is being written. */
export interface ExportFile {
  /** Applicants that it will hold. */
  rowsTotal: number;
  /** Applicants encoded so far. */
  rows: number;
  /** Its bytes, in chunks as they come. */
  chunks: AsyncIterable<Buffer>;
}

/** Writes applicants as the bytes of a file. The worker stores them in the image store, the command line on a disk. */
@Injectable()
export class ExportStream {
  constructor(
    private readonly applicants: ApplicantRows,
    private readonly audit: Audit,
  ) {}

  /**
   * Whoever is shown unmasked has an entry in the audit before the file ends.
   * @param by who gets the file
   * @param use puts the bytes where they belong
   * @throws CryptoError where the ring lacks a key; whatever the database or `use` throws
   */
  async write<T>(
    content: ExportContent & { id: string },
    by: string,
    signal: AbortSignal,
    use: (file: ExportFile) => Promise<T>,
  ): Promise<T> {
    return this.applicants.read(content, signal, async (rowsTotal, batches) => {
      const file = { rowsTotal, rows: 0 };
      const chunks = FORMATS[content.format].encode(
        content.columns,
        counted(this.recorded(batches, content.id, by), file),
      );
      return use(Object.assign(file, { chunks }));
    });
  }

  /** Postgres writes the entries of some thousands while the next ones are opened: each commit waits for the disk. */
  private async *recorded(
    batches: AsyncIterable<RowBatch>,
    id: string,
    by: string,
  ): AsyncGenerator<Cell[][]> {
    const deed: AuditEntry = { actor: by, action: 'export.write', subject: `export:${id}` };
    let recording = Promise.resolve();
    let people: string[] = [];
    for await (const { rows, revealed } of batches) {
      people.push(...revealed);
      if (people.length >= RECORDED_AT_ONCE) {
        await recording;
        recording = this.audit.record(null, ...toEach(deed, people));
        recording.catch(() => undefined); // thrown where it is waited for
        people = [];
      }
      yield rows;
    }
    await recording;
    await this.audit.record(null, ...toEach(deed, people));
  }
}

/** Counts rows as they pass by. A missing row is noticed before the file ends. */
async function* counted(
  batches: AsyncIterable<Cell[][]>,
  file: Omit<ExportFile, 'chunks'>,
): AsyncGenerator<Cell[][]> {
  for await (const batch of batches) {
    file.rows += batch.length;
    yield batch;
  }
  if (file.rows !== file.rowsTotal) throw new Error('one snapshot gave two counts of its rows');
}
