import { Get, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, ById, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import type { FastifyReply } from 'fastify';
import { Certificates } from './certificates.service.js';
import {
  ErasureDto,
  ErasurePageDto,
  ListErasuresQuery,
  RequestErasureBody,
  SignedCertificateDto,
} from './erasures.dto.js';
import { Erasures } from './erasures.service.js';

@ManagementController('erasures', 'Management: privacy')
@Scope('erasures:read')
export class ErasuresController {
  constructor(
    private readonly erasures: Erasures,
    private readonly certificates: Certificates,
  ) {}

  @Get()
  @Operation('Erasures, newest first', 'Whom, why, and how far each is.')
  @Lists(ErasurePageDto)
  async listErasures(@ValidQuery() query: ListErasuresQuery) {
    return this.erasures.list(query);
  }

  @Post()
  @Scope('erasures:write')
  @Operation(
    'Erase a person',
    'From the answer on nobody reads the person (`RESTRICTED`); a worker overwrites everything within seconds, or once the last hold ' +
      'on the person is lifted. What eNROLL sends about them later is parked in quarantine. It cannot be undone. Recorded.',
  )
  @Answers(ErasureDto, 202)
  @ProblemResponses('NOT_FOUND', 'ERASURE_UNDER_WAY', 'AUDIT_UNAVAILABLE')
  async requestErasure(@ValidBody() body: RequestErasureBody, @Caller() actor: Actor) {
    return this.erasures.request(actor.name, body);
  }

  @Get(':id')
  @Operation('One erasure', 'How far it is, and what keeps it.')
  @Answers(ErasureDto)
  async readErasure(@ById('erasure') id: string) {
    return this.erasures.find(id);
  }

  @Get(':id/certificate')
  @Operation(
    'The certificate of an erasure that is done',
    'With its signature, by which anybody can verify it.',
  )
  @Answers(SignedCertificateDto)
  @ProblemResponses('ERASURE_NOT_DONE')
  async readErasureCertificate(@ById('erasure') id: string) {
    return this.certificates.certify(id);
  }

  @Get(':id/certificate.pdf')
  @Operation('The same certificate as a PDF', 'For people to file. It ends with the signature.')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ProblemResponses('ERASURE_NOT_DONE')
  async readErasureCertificatePdf(@ById('erasure') id: string, @Res() reply: FastifyReply) {
    return reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="erasure-${id}.pdf"`,
      })
      .send(await this.certificates.pdf(id));
  }
}
