import { Get } from '@nestjs/common';
import { APPLICANT } from '../applicants/fields.dto.js';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { ById, Lists, Operation, ValidQuery } from '../problem/operation.js';
import { PageQuery } from '../problem/page.dto.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { TimelinePageDto } from './timeline.dto.js';
import { Timeline } from './timeline.service.js';

@ManagementController('applicants/:applicantId/timeline', 'Management: applicants')
@Scope('applicants:read')
export class TimelineController {
  constructor(private readonly timeline: Timeline) {}

  @Get()
  @Operation(
    'Everything that happened to an applicant, newest first',
    'Versions, elements that changed nothing or are in quarantine, images, gaps, deliveries, and who saw what; without a value of ' +
      'the person. Each type needs the scope that reads it elsewhere (`receipts:read`, `quarantine:read`, `reconciliation:read`, ' +
      '`endpoints:read`, `audit:read`); `leftOut` names those that the caller lacks. An applicant of whom nothing could be taken ' +
      'has a timeline, too. What a `pending` receipt holds comes once it is applied.',
  )
  @Lists(TimelinePageDto)
  @ProblemResponses('RESTRICTED', 'APPLICANT_ERASED')
  async listTimeline(
    @ById('applicant', APPLICANT) applicantId: string,
    @ValidQuery() page: PageQuery,
    @Caller() actor: Actor,
  ) {
    return this.timeline.list(applicantId, page, actor);
  }
}
