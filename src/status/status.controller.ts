import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation } from '../problem/operation.js';
import { StatusDto } from './status.dto.js';
import { Status } from './status.service.js';

@ManagementController('status', 'Management: statistics')
@Scope('stats:read')
export class StatusController {
  constructor(private readonly status: Status) {}

  @Get()
  @Operation(
    'Today at a glance',
    'Which installation this is, whether it works, what came today and yesterday, what was refused, what waits, and what needs ' +
      'attention, each with the command that goes on from there.',
  )
  @Answers(StatusDto)
  async readStatus(): Promise<StatusDto> {
    return this.status.read();
  }
}
