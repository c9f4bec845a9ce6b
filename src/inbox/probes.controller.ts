import { Get } from '@nestjs/common';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Lists, Operation, ValidQuery } from '../problem/operation.js';
import { PageQuery } from '../problem/page.dto.js';
import { Probes } from './probes.service.js';
import { ProbePageDto } from './receipts.dto.js';

@ManagementController('probes', 'Management: receipts')
@Scope('receipts:read')
export class ProbesController {
  constructor(private readonly probes: Probes) {}

  @Get()
  @Operation(
    'Callback-Tests, newest first',
    'The tests that the panel of eNROLL sends; the first item is the last test. Those of one address and URL are one item an hour; the newest 1,000 are kept.',
  )
  @Lists(ProbePageDto)
  async listProbes(@ValidQuery() page: PageQuery) {
    return this.probes.list(page);
  }
}
