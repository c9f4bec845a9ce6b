import { HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Operation, ValidBody } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { PersonBody } from './erasures.dto.js';
import { SubjectAccess } from './subject-access.service.js';

@ManagementController('subject-access', 'Management: privacy')
export class SubjectAccessController {
  constructor(private readonly access: SubjectAccess) {}

  @Post()
  @HttpCode(200)
  @Scope('subjects:read')
  @Operation(
    'Everything that is held about one person, as one ZIP',
    'All versions and images, their elements of receipts and quarantine, deliveries, who looked, and whether they are held; unmasked, also of who is ' +
      'under erasure. Recorded before the first byte.',
  )
  @ApiProduces('application/zip')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ProblemResponses('NOT_FOUND', 'AUDIT_UNAVAILABLE')
  async accessSubject(@ValidBody() body: PersonBody, @Caller() actor: Actor, @Res() reply: FastifyReply) {
    const file = await this.access.collect(actor.name, body);
    const day = new Date().toISOString().slice(0, 10);
    return reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="subject-access-${day}.zip"`,
      })
      .send(file);
  }
}
