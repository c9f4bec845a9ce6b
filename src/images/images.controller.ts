import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Operation, ValidBody } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { MirrorStatusDto, RetriedDto, RetryImagesBody } from './images.dto.js';
import { MirrorControl } from './mirror-control.service.js';

/** Progress and operation of the image mirror. */
@ManagementController('images', 'Management: images')
@Scope('admin')
export class ImagesController {
  constructor(private readonly control: MirrorControl) {}

  @Get('status')
  @Scope('applicants:read')
  @Operation(
    'How many images are wanted, fetched, missing; whether anything holds them up',
    'Counts over all applicants, and what stops the mirror at present.',
  )
  @Answers(MirrorStatusDto)
  async readImageStatus() {
    return this.control.status();
  }

  @Post('retry')
  @Operation(
    'Ask again for images that are missing, not images, or given up; or for the fetched ones of one applicant',
    'A fetched image is shown until the new one is there, and stays if eNROLL no longer has one.',
  )
  @Answers(RetriedDto)
  @ProblemResponses('NOT_FOUND')
  async retryImages(@ValidBody() body: RetryImagesBody, @Caller() actor: Actor) {
    return { retried: await this.control.retry(actor.name, body) };
  }

  @Post('pause')
  @Operation(
    'Fetch no more images until resumed, on every replica',
    'Images are still noted as wanted. Requests under way are finished.',
  )
  @Answers(MirrorStatusDto)
  async pauseImages(@Caller() actor: Actor) {
    await this.control.setPaused(true, actor.name);
    return this.control.status();
  }

  @Post('resume')
  @Operation('Resume fetching, on every replica', 'Harmless if nothing was paused.')
  @Answers(MirrorStatusDto)
  async resumeImages(@Caller() actor: Actor) {
    await this.control.setPaused(false, actor.name);
    return this.control.status();
  }
}
