import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Lists, Operation, ValidQuery } from '../problem/operation.js';
import { ListRefusalsQuery, RefusalPageDto } from './refusals.dto.js';
import { Refusals } from './refusals.service.js';

@ManagementController('refusals', 'Management: receipts')
@Scope('receipts:read')
export class RefusalsController {
  constructor(private readonly refusals: Refusals) {}

  @Get()
  @Operation(
    'What the token URL and the callback URLs refused, newest first',
    'Refusals with the statuses 400, 401, 403, 405, 408, 413, 415 and 429. Those that are alike and of one address are one item ' +
      'an hour, with how many there were; of clients, of callers that name a client, and of strangers the newest 1,000 each are kept.',
  )
  @Lists(RefusalPageDto)
  async listRefusals(@ValidQuery() query: ListRefusalsQuery): Promise<RefusalPageDto> {
    return this.refusals.list(query);
  }
}
