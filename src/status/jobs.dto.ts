import { ApiProperty } from '@nestjs/swagger';
import { PageDto } from '../problem/page.dto.js';

const KINDS = ['job', 'poll'] as const;
const COUNTED = 'counted up to 1000; null for a poll';

export class JobDto {
  @ApiProperty({ description: 'Its name, as it stands in the log.', example: 'inbox.apply-pending' })
  name: string;
  @ApiProperty({
    enum: KINDS,
    description: '`job`: a queue whose jobs are tried again; `poll`: one process looks for something to do.',
  })
  kind: (typeof KINDS)[number];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'When it begins by itself: five fields of cron, on the clock of Cairo.',
    example: '17 2 * * *',
  })
  cron: string | null;
  @ApiProperty({
    type: 'number',
    nullable: true,
    description: 'How often it looks, in seconds. Some sleep until they are woken.',
  })
  everySeconds: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: `Jobs that wait, ${COUNTED}.` })
  waiting: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: `Jobs under way, ${COUNTED}.` })
  running: number | null;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: `Jobs that were given up after their last try, of 90 days, ${COUNTED}.`,
  })
  failed: number | null;
  @ApiProperty({ type: Date, nullable: true, description: 'Since when the oldest job waits.' })
  oldestWaitingAt: Date | null;
  @ApiProperty({
    type: Date,
    nullable: true,
    description: 'When a job last came to its end; null: none within about a day, or a poll.',
  })
  lastFinishedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true, description: 'When a job was last given up.' })
  lastFailedAt: Date | null;
  @ApiProperty({
    type: 'integer',
    description: 'Living processes that work it off; a poll runs in one. 0: nobody does it.',
  })
  processes: number;
}

export class JobListDto extends PageDto {
  @ApiProperty({ type: [JobDto], description: 'By name.' }) items: JobDto[];
}
