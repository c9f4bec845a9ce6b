import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Audit, toEach } from '../audit/audit.service.js';
import type { AuditEntry } from '../audit/audit.types.js';
import type { Actor } from '../auth/auth.types.js';
import { Sealer } from '../crypto/sealer.js';
import { allAsKept, asKept } from '../db/applicant-id.repository.js';
import { peekApplicantId } from '../enroll-contract/applicant-id.js';
import { parseBody } from '../enroll-contract/body.js';
import { pageOf } from '../problem/cursor.js';
import { instantOf } from '../problem/page.dto.js';
import { Problem } from '../problem/problem.js';
import { requireNoneErased, requireReadable } from '../problem/readable.js';
import { resultsOf } from './intake.js';
import { Cursors } from './cursors.js';
import { isStub } from './cut-out.js';
import { listRedactionsOf, type Redaction } from './receipt-redactions.repository.js';
import { readList } from './read-elements.js';
import {
  type ListReceiptsQuery,
  MAX_LISTED_ELEMENTS,
  type ReceiptDto,
  type ReceiptElementDto,
  type ListedReceiptDto,
  type ReceiptPageDto,
  type RedactionDto,
} from './receipts.dto.js';
import {
  listBecame,
  listReceipts,
  listReceiptsOf,
  type PendingSummary,
  readReceipt,
  readReceiptBody,
  type ReceiptSummary,
  summarizePending,
} from './receipts.repository.js';

const CURSORS = new Cursors('receipts');

/** Reads callbacks as they were received. */
@Injectable()
export class Receipts {
  constructor(
    private readonly connection: EntityManager,
    private readonly sealer: Sealer,
    private readonly audit: Audit,
  ) {}

  /** Newest first. @throws Problem BAD_CURSOR; RESTRICTED, APPLICANT_ERASED of the applicant who is asked for */
  async list({ limit, cursor, applicantId, ...asked }: ListReceiptsQuery): Promise<ReceiptPageDto> {
    const { state, kind, source, from, to, receivedFrom = from, receivedTo = to } = asked;
    const times = { receivedFrom: instantOf(receivedFrom), receivedTo: instantOf(receivedTo) };
    const [filter, after] = [{ state, kind, source, ...times }, CURSORS.read(cursor)];
    const rows =
      applicantId === undefined
        ? await listReceipts(this.connection, filter, after, limit + 1)
        : await listReceiptsOf(this.connection, await this.readable(applicantId), filter, after, limit + 1);
    const { items, nextCursor } = pageOf(rows, limit, (row) => CURSORS.write(row.receivedAt, row.receiptId));
    return { items: items.map(itemOf), nextCursor };
  }

  /** What waits to be applied; counted up to 100,000. */
  async pending(): Promise<PendingSummary> {
    return summarizePending(this.connection);
  }

  /** @throws Problem NOT_FOUND */
  async find(receiptId: string): Promise<ReceiptDto> {
    const row = await readReceipt(this.connection, receiptId);
    if (row === undefined) throw new Problem('NOT_FOUND');
    const { results, ...summary } = row;
    const redactions = await listRedactionsOf(this.connection, receiptId);
    return {
      ...itemOf(summary),
      results: resultsOf(results),
      elements: await this.elementsOf(receiptId, results.slice(0, MAX_LISTED_ELEMENTS)),
      redactions: redactions.map(redactionOf),
    };
  }

  /**
   * The body as it was received, after decompression; of one that was refused unread, its first bytes as they came, and
   * no type, since they may be cut or compressed. Recorded for each applicant in it: it is all personal data.
   * @throws Problem NOT_FOUND; RESTRICTED where it holds somebody who is under erasure, or was erased since
   */
  async body(receiptId: string, actor: Actor): Promise<{ bytes: Buffer; contentType: string | null }> {
    const row = await readReceiptBody(this.connection, receiptId);
    if (row === undefined) throw new Problem('NOT_FOUND');
    const bytes = this.sealer.reveal(row.body, `receipt|${receiptId}`);
    const deed: AuditEntry = { actor: actor.name, action: 'receipt.read', subject: `receipt:${receiptId}` };
    const people = await allAsKept(this.connection, row.isRead ? applicantsIn(bytes) : []);
    await requireNoneErased(this.connection, people);
    await this.audit.record(null, deed, ...toEach(deed, people));
    return { bytes, contentType: row.isRead ? row.contentType : null };
  }

  /** Whom an element is about stands in the bytes alone: nothing else names the applicants of one receipt. */
  private async elementsOf(receiptId: string, letters: string): Promise<ReceiptElementDto[]> {
    if (letters === '') return [];
    const ids = await this.applicantIdsIn(receiptId, letters.length);
    const kept = await allAsKept(this.connection, [...new Set(ids.filter((id) => id !== null))]);
    const became = new Map(
      (await listBecame(this.connection, receiptId, kept)).map((one) => [one.index, one]),
    );
    return resultsOf(letters).map((result, index) => {
      const { version = null, quarantineId = null, code = null } = became.get(index) ?? {};
      const known = version === null ? result : version === 1 ? 'created' : 'updated';
      return { index, applicantId: ids[index] ?? null, result: known, version, quarantineId, code };
    });
  }

  /** In the order of the list. Empty where no key opens the bytes. */
  private async applicantIdsIn(receiptId: string, count: number): Promise<(string | null)[]> {
    const sealed = await readReceiptBody(this.connection, receiptId);
    if (sealed === undefined) return [];
    const bytes = this.sealer.revealIfReadable(sealed.body, `receipt|${receiptId}`);
    const parsed = bytes === undefined ? undefined : parseBody(bytes);
    if (parsed?.ok !== true) return [];
    return parsed.elements.slice(0, count).map((element) => peekApplicantId(element) ?? null);
  }

  private async readable(asked: string): Promise<string> {
    const applicantId = await asKept(this.connection, asked);
    await requireReadable(this.connection, applicantId);
    return applicantId;
  }
}

/** Ids of all applicants in a body, as far as they can be read; without those whose elements were cut out. */
function applicantsIn(body: Buffer): string[] {
  const list = readList(body);
  if (!list.ok) return [];
  const taken = list.candidates
    .filter(({ bytes }) => !isStub(bytes))
    .map(({ element }) => element.applicantId);
  return [...taken, ...list.refused.map(({ applicantId }) => applicantId)].filter((id) => id !== null);
}

function redactionOf({ erasureId, redactedAt, elements, keptHash }: Redaction): RedactionDto {
  return { erasureId, redactedAt: redactedAt.toISOString(), elements, keptHash };
}

function itemOf({ receivedAt, ...rest }: ReceiptSummary): ListedReceiptDto {
  return { ...rest, receivedAt: receivedAt.toISOString() };
}
