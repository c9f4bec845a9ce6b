import { Body, Controller, Get, HttpCode, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import type { ActorRequest } from '../auth/auth.types.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_BODY } from '../problem/valid.pipe.js';
import { MirrorStatusDto, RetriedDto, RetryImagesBody } from './images.dto.js';
import { MirrorControl } from './mirror-control.service.js';

/** Progress and operation of the image mirror. */
@ApiTags('Management: images')
@ApiBearerAuth('apiKey')
@ProblemResponses(...MANAGEMENT_PROBLEMS)
@UseGuards(ApiKeyGuard)
@RequiresScope('admin')
@Controller('api/v1/images')
export class ImagesController {
  constructor(private readonly control: MirrorControl) {}

  @Get('status')
  @RequiresScope('applicants:read')
  @ApiOperation({
    operationId: 'readImageStatus',
    summary: 'How many images are wanted, fetched, missing; whether anything holds them up',
  })
  @ApiOkResponse({ type: MirrorStatusDto })
  async status() {
    return this.control.status();
  }

  @Post('retry')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryImages',
    summary:
      'Ask again for images that are missing, not images, or given up; or for those of one applicant that are fetched',
    description: 'What is fetched is shown until others are there, and stays where eNROLL has none any more.',
  })
  @ApiOkResponse({ type: RetriedDto })
  @ProblemResponses('BAD_REQUEST', 'NOT_FOUND')
  async retry(@Body(VALID_BODY) body: RetryImagesBody, @Req() { actor }: ActorRequest) {
    return { retried: await this.control.retry(actor.name, body) };
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'pauseImages',
    summary: 'Fetch no more images until resumed, on every replica',
    description: 'Images are still noted as wanted. What is under way ends.',
  })
  @ApiOkResponse({ type: MirrorStatusDto })
  async pause(@Req() { actor }: ActorRequest) {
    await this.control.pause(actor.name);
    return this.control.status();
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ operationId: 'resumeImages', summary: 'Go on fetching' })
  @ApiOkResponse({ type: MirrorStatusDto })
  async resume(@Req() { actor }: ActorRequest) {
    await this.control.resume(actor.name);
    return this.control.status();
  }
}
