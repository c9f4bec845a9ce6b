import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { ChangesPageDto, ChangesQuery } from './feed.dto.js';
import { Feed } from './feed.service.js';

@ApiTags('Management: changes')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('changes:read')
@Controller('api/v1/changes')
export class FeedController {
  constructor(private readonly feed: Feed) {}

  @Get()
  @ApiOperation({
    operationId: 'listChanges',
    summary: 'Every change of every applicant, in one order, oldest first',
    description:
      'Keep `nextCursor` and continue with it: no change is skipped, whatever committed late, and none comes twice. Changes of ' +
      'one applicant come in the order of their versions. Events hold ids and names of fields, never personal data.',
  })
  @ApiOkResponse({ type: ChangesPageDto })
  @ProblemResponses('BAD_REQUEST', 'UNKNOWN_FILTER', 'BAD_CURSOR')
  async list(@Query(VALID_QUERY) { after, limit }: ChangesQuery) {
    return this.feed.read(after, limit);
  }
}
