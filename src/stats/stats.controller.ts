import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import {
  ApplicantStatsDto,
  ApplicantStatsQuery,
  CallbackStatsDto,
  CallbackStatsQuery,
  EventStatsDto,
  EventStatsQuery,
  OverviewDto,
  SilenceDto,
  StatsQuery,
} from './stats.dto.js';
import { Statistics } from './stats.service.js';

const ASKED = ['BAD_REQUEST', 'UNKNOWN_FILTER'] as const;

@ApiTags('Management: statistics')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('stats:read')
@Controller('api/v1/stats')
export class StatsController {
  constructor(private readonly statistics: Statistics) {}

  @Get('overview')
  @ApiOperation({ operationId: 'readOverview', summary: 'The numbers of a range in one answer' })
  @ApiOkResponse({ type: OverviewDto })
  @ProblemResponses(...ASKED)
  async overview(@Query(VALID_QUERY) query: StatsQuery): Promise<OverviewDto> {
    return this.statistics.overview(query);
  }

  @Get('applicants')
  @ApiOperation({
    operationId: 'countApplicants',
    summary: 'Applicants by what they are now, at the time of their first receipt',
    description:
      'Each applicant is counted once, under its current values; by `flag` once for each, and under null where it has none. ' +
      'An update moves it from one value to another, never from one bucket to another.',
  })
  @ApiOkResponse({ type: ApplicantStatsDto })
  @ProblemResponses(...ASKED)
  async applicants(@Query(VALID_QUERY) query: ApplicantStatsQuery): Promise<ApplicantStatsDto> {
    return this.statistics.applicants(query);
  }

  @Get('events')
  @ApiOperation({
    operationId: 'countEvents',
    summary: 'What happened to applicants, at the time it was committed',
    description:
      'The events of the feed. What was counted once stays, whatever happens to the applicant later.',
  })
  @ApiOkResponse({ type: EventStatsDto })
  @ProblemResponses(...ASKED)
  async events(@Query(VALID_QUERY) query: EventStatsQuery): Promise<EventStatsDto> {
    return this.statistics.events(query);
  }

  @Get('callbacks')
  @ApiOperation({
    operationId: 'countCallbacks',
    summary: 'Callbacks, what became of their elements, and how long their answers took',
    description: 'By the time they were received; latencies by the time of the answer.',
  })
  @ApiOkResponse({ type: CallbackStatsDto })
  @ProblemResponses(...ASKED)
  async callbacks(@Query(VALID_QUERY) query: CallbackStatsQuery): Promise<CallbackStatsDto> {
    return this.statistics.callbacks(query);
  }

  @Get('silence')
  @ApiOperation({
    operationId: 'readSilence',
    summary: 'How long no callback came, and whether that is unusual',
  })
  @ApiOkResponse({ type: SilenceDto })
  async silence(): Promise<SilenceDto> {
    return this.statistics.silence();
  }
}
