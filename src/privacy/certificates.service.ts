import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { KeyRing } from '../crypto/key-ring.js';
import { signStatement } from '../crypto/statement-keys.js';
import { ReceiptRedactions } from '../inbox/receipt-redactions.service.js';
import { Problem } from '../problem/problem.js';
import type { CertificateDto, SignedCertificateDto } from './erasures.dto.js';
import { Erasures } from './erasures.service.js';
import { pdfOf } from './pdf.js';

const STAYS =
  'A tombstone: ids, dates, the outcome and the status of each version. The audit: who did what, with ids. Whatever the receivers of events have kept.';
const SHOWN_RECEIPTS = 200;

/** Says, signed, what an erasure has overwritten. */
@Injectable()
export class Certificates {
  constructor(
    private readonly erasures: Erasures,
    private readonly redactions: ReceiptRedactions,
    private readonly keyRing: KeyRing,
    private readonly config: Config,
  ) {}

  /** @throws Problem NOT_FOUND, ERASURE_NOT_DONE */
  async certify(id: string): Promise<SignedCertificateDto> {
    const { state, beganAt, erasedAt, requestedAt, errorCode, ...erasure } = await this.erasures.row(id);
    if (erasedAt === null || beganAt === null) {
      throw new Problem('ERASURE_NOT_DONE', undefined, { extra: { state, errorCode } });
    }
    const receipts = await this.redactions.of(id);
    const certificate: CertificateDto = {
      issuer: this.config.publicUrl,
      erasureId: id,
      applicantIds: erasure.applicantIds,
      reason: erasure.reason,
      requestedBy: erasure.requestedBy,
      requestedAt: requestedAt.toISOString(),
      beganAt: beganAt.toISOString(),
      erasedAt: erasedAt.toISOString(),
      counts: erasure.counts,
      receipts: receipts.map((receipt) => ({ ...receipt, redactedAt: receipt.redactedAt.toISOString() })),
      stays: STAYS,
    };
    return { certificate, jws: await signStatement(this.keyRing, 'rollcall-erasure+jws', certificate) };
  }

  /** The same for people to file; it ends with the JWS, which proves it. @throws as `certify` */
  async pdf(id: string): Promise<Buffer> {
    const { certificate, jws } = await this.certify(id);
    const { receipts, counts, stays, ...said } = certificate;
    return pdfOf('Certificate of erasure', [
      ...Object.entries(said).flatMap(([name, value]) =>
        Array.isArray(value) ? value.map((id) => `applicantId: ${id}`) : `${name}: ${value}`,
      ),
      '',
      'Overwritten:',
      ...Object.entries(counts).map(([name, n]) => `  ${name}: ${n}`),
      '',
      `Cut out of ${receipts.length} receipts${receipts.length > SHOWN_RECEIPTS ? `, of which the first ${SHOWN_RECEIPTS} are` : ''}:`,
      ...receipts
        .slice(0, SHOWN_RECEIPTS)
        .map(
          ({ receiptId, elements }) =>
            `  ${receiptId}, ${elements === null ? 'whole' : `elements ${elements.join(', ')}`}`,
        ),
      '',
      `What stays: ${stays}`,
      '',
      'Signed (JWS; keys: /.well-known/jwks.json):',
      jws,
    ]);
  }
}
