import { Get, Post } from '@nestjs/common';
import { Caller, ManagementController, Scope } from '../auth/api-key.guard.js';
import type { Actor } from '../auth/auth.types.js';
import { Answers, Lists, Operation, ValidBody, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { AuditPageDto, AuditVerdictDto, ListAuditQuery, VerifyAuditBody } from './audit-trail.dto.js';
import { AuditTrail } from './audit-trail.service.js';

@ManagementController('audit', 'Management: audit')
@Scope('audit:read')
export class AuditTrailController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Operation(
    'Who did what to whom, newest first',
    'Every look at personal data has its entry, and so has every change of settings and keys. Entries hold ids, and no ' +
      'personal data. `rollcall audit verify` shows whether one was changed, removed or put between.',
  )
  @Lists(AuditPageDto)
  async listAudit(@ValidQuery() query: ListAuditQuery) {
    return this.trail.list(query);
  }

  @Post('verify')
  @Operation(
    'Whether a stretch of the chain is as it was written',
    'The newest links, or those up to one: each entry is held against its hash, the hashes against each other and against the signed heads of ' +
      'the days. What comes before the stretch is believed; ask for it in turn by `upTo`. The whole chain: `rollcall audit verify`. One at a ' +
      'time and process. Recorded.',
  )
  @Answers(AuditVerdictDto)
  @ProblemResponses('OVERLOADED', 'AUDIT_UNAVAILABLE')
  async verifyAudit(@ValidBody() body: VerifyAuditBody, @Caller() actor: Actor) {
    return this.trail.verifyStretch(body, actor);
  }
}
