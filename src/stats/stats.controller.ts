import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation, ValidQuery } from '../problem/operation.js';
import { Silence } from './silence.service.js';
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
  constructor(
    private readonly statistics: Statistics,
    private readonly silence: Silence,
  ) {}

  @Get('overview')
  @Operation(
    'The main numbers of a range',
    'What a dashboard shows first: applicants, events, callbacks and silence.',
  )
  @Answers(OverviewDto)
  async readOverview(@ValidQuery() query: StatsQuery): Promise<OverviewDto> {
    return this.statistics.overview(query);
  }

  @Get('applicants')
  @Operation(
    'Applicants by their current values, at the time of their first receipt',
    'Each applicant is counted once, under its current value. By `flag` it is counted once for each flag, and under null if ' +
      'it has none. An update moves an applicant to another value, never to another bucket.',
  )
  @Answers(ApplicantStatsDto)
  async countApplicants(@ValidQuery() query: ApplicantStatsQuery): Promise<ApplicantStatsDto> {
    return this.statistics.applicants(query);
  }

  @Get('events')
  @Operation(
    'Events of applicants, at the time they were committed',
    'Counts the events of the feed. A count stays, whatever happens to the applicant later.',
  )
  @Answers(EventStatsDto)
  async countEvents(@ValidQuery() query: EventStatsQuery): Promise<EventStatsDto> {
    return this.statistics.events(query);
  }

  @Get('callbacks')
  @Operation(
    'Callbacks, the results of their elements, and the times of their answers',
    'Callbacks count at the time they were received, latencies at the time of the answer.',
  )
  @Answers(CallbackStatsDto)
  async countCallbacks(@ValidQuery() query: CallbackStatsQuery): Promise<CallbackStatsDto> {
    return this.statistics.callbacks(query);
  }

  @Get('silence')
  @Operation(
    'Time since the last callback, and whether that is unusual',
    'Compares the time since the last callback with the usual silence at this hour of the week.',
  )
  @Answers(SilenceDto)
  async readSilence(): Promise<SilenceDto> {
    return this.silence.read();
  }
}
