import { Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { ListReceiptsQuery, ReceiptDto, ReceiptPageDto } from './receipts.dto.js';
import { Receipts } from './receipts.service.js';

const RECEIPT = { name: 'receiptId', example: '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1' };
const JSON_TYPE = /^application\/json\b/i;

@ManagementController('receipts', 'Management: receipts')
@Scope('receipts:read')
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

  @Get()
  @Operation(
    'Callbacks as they were received, newest first',
    'Without their bytes. A receipt holds everything that one request sent, whatever became of it. With `applicantId`: every ' +
      'receipt with an element about that applicant, also what changed nothing or is in quarantine, each with these elements.',
  )
  @Lists(ReceiptPageDto)
  @ProblemResponses('RESTRICTED', 'APPLICANT_ERASED')
  async listReceipts(@ValidQuery() query: ListReceiptsQuery) {
    return this.receipts.list(query);
  }

  @Get(':receiptId')
  @Operation(
    'One callback and what became of its elements',
    'Lists its elements: whom each is about, what became of it, and the version or the quarantined element that it became.',
  )
  @Answers(ReceiptDto)
  async readReceipt(@ById('receipt', RECEIPT) receiptId: string) {
    return this.receipts.find(receiptId);
  }

  @Get(':receiptId/body')
  @Scope('receipts:raw', 'pii:read')
  @Operation(
    'The bytes of a callback as they were received',
    'After decompression, otherwise untouched; of a body with `sentBytes`, its beginning as it came over the wire. Needs the scopes `receipts:raw` and `pii:read`; the reading is recorded.',
  )
  @ApiProduces('application/json', 'application/octet-stream')
  @ApiOkResponse({ description: 'The bytes.', schema: { type: 'string', format: 'binary' } })
  async readReceiptBody(
    @ById('receipt', RECEIPT) receiptId: string,
    @Caller() actor: Actor,
    @Res() reply: FastifyReply,
  ) {
    const { bytes, contentType } = await this.receipts.body(receiptId, actor);
    // somebody else's bytes: never shown by a browser, whatever they claim to be
    return reply
      .type(
        contentType !== null && JSON_TYPE.test(contentType) ? 'application/json' : 'application/octet-stream',
      )
      .headers({
        'content-disposition': `attachment; filename="receipt-${receiptId}"`,
        'x-content-type-options': 'nosniff',
      })
      .send(bytes);
  }
}
