import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation, ValidQuery } from '../problem/operation.js';
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

@ManagementController('stats', 'Management: statistics')
@Scope('stats:read')
export class StatsController {
  constructor(private readonly statistics: Statistics) {}

  @Get('overview')
  @Operation(
    'The numbers of a range in one answer',
    'What a dashboard shows first: applicants, callbacks and silence, from rollups.',
  )
  @Answers(OverviewDto)
  async readOverview(@ValidQuery() query: StatsQuery): Promise<OverviewDto> {
    return this.statistics.overview(query);
  }

  @Get('applicants')
  @Operation(
    'Applicants by what they are now, at the time of their first receipt',
    'Each applicant is counted once, under its current values; by `flag` once for each, and under null where it has none. ' +
      'An update moves it from one value to another, never from one bucket to another.',
  )
  @Answers(ApplicantStatsDto)
  async countApplicants(@ValidQuery() query: ApplicantStatsQuery): Promise<ApplicantStatsDto> {
    return this.statistics.applicants(query);
  }

  @Get('events')
  @Operation(
    'What happened to applicants, at the time it was committed',
    'The events of the feed. What was counted once stays, whatever happens to the applicant later.',
  )
  @Answers(EventStatsDto)
  async countEvents(@ValidQuery() query: EventStatsQuery): Promise<EventStatsDto> {
    return this.statistics.events(query);
  }

  @Get('callbacks')
  @Operation(
    'Callbacks, what became of their elements, and how long their answers took',
    'By the time they were received; latencies by the time of the answer.',
  )
  @Answers(CallbackStatsDto)
  async countCallbacks(@ValidQuery() query: CallbackStatsQuery): Promise<CallbackStatsDto> {
    return this.statistics.callbacks(query);
  }

  @Get('silence')
  @Operation(
    'How long no callback came, and whether that is unusual',
    'Compares the time since the last callback with what is usual at this hour of the week.',
  )
  @Answers(SilenceDto)
  async readSilence(): Promise<SilenceDto> {
    return this.statistics.silence();
  }
}
