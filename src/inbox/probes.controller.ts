import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import { PageQuery } from '../problem/page.dto.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { Probes } from './probes.service.js';
import { ProbePageDto } from './receipts.dto.js';

@ApiTags('Management: receipts')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('receipts:read')
@Controller('api/v1/probes')
export class ProbesController {
  constructor(private readonly probes: Probes) {}

  @Get()
  @ApiOperation({
    operationId: 'listProbes',
    summary: 'Callback-Tests, newest first',
    description:
      'The tests that the panel of eNROLL sends; the first item is the last test. Those of one address and URL are one item an hour; the newest 1,000 are kept.',
  })
  @ApiOkResponse({ type: ProbePageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) page: PageQuery) {
    return this.probes.list(page);
  }
}
