import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Lists, Operation, ValidQuery } from '../problem/operation.js';
import { AuditPageDto, ListAuditQuery } from './audit-trail.dto.js';
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
}
