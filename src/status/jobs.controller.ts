import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation } from '../problem/operation.js';
import { JobList } from './job-list.service.js';
import { JobListDto } from './jobs.dto.js';

@ManagementController('jobs', 'Management: statistics')
@Scope('stats:read')
export class JobsController {
  constructor(private readonly jobs: JobList) {}

  @Get()
  @Operation(
    'List the background jobs, and what each does',
    'Every queue and every poll of this release: when it runs, what waits, runs and was given up. Counts, times and names of our own ' +
      'things, without what a job is about.',
  )
  @Answers(JobListDto)
  async listJobs(): Promise<JobListDto> {
    return { items: await this.jobs.list(), nextCursor: null };
  }
}
