import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { UUID_OR_404 } from '../problem/id.pipe.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { ListReceiptsQuery, ReceiptDto, ReceiptPageDto } from './receipts.dto.js';
import { Receipts } from './receipts.service.js';

const RECEIPT_ID = ApiParam({
  name: 'receiptId',
  format: 'uuid',
  example: '019aafb2-4c00-7d1f-9a55-3c1c52f0a9d1',
});
const JSON_TYPE = /^application\/json\b/i;

@ApiTags('Management: receipts')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('receipts:read')
@Controller('api/v1/receipts')
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

  @Get()
  @ApiOperation({ operationId: 'listReceipts', summary: 'Callbacks as they were received, newest first' })
  @ApiOkResponse({ type: ReceiptPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) query: ListReceiptsQuery) {
    return this.receipts.list(query);
  }

  @Get(':receiptId')
  @RECEIPT_ID
  @ApiOperation({ operationId: 'readReceipt', summary: 'One callback and what became of its elements' })
  @ApiOkResponse({ type: ReceiptDto })
  @ProblemResponses('NOT_FOUND')
  async read(@Param('receiptId', UUID_OR_404) receiptId: string) {
    return this.receipts.find(receiptId);
  }

  @Get(':receiptId/body')
  @RequiresScope('receipts:raw', 'pii:read')
  @RECEIPT_ID
  @ApiOperation({
    operationId: 'readReceiptBody',
    summary: 'The bytes of a callback as they were received',
    description:
      'After decompression, otherwise untouched; of a body with `sentBytes`, its beginning as it came over the wire. Needs the scopes `receipts:raw` and `pii:read`; the reading is recorded.',
  })
  @ApiProduces('application/json', 'application/octet-stream')
  @ApiOkResponse({ description: 'The bytes.', schema: { type: 'string', format: 'binary' } })
  @ProblemResponses('NOT_FOUND')
  async body(
    @Param('receiptId', UUID_OR_404) receiptId: string,
    @Req() { actor }: ActorRequest,
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
        'cache-control': 'private, no-store',
      })
      .send(bytes);
  }
}
