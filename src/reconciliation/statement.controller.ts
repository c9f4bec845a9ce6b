import { Controller, Get, Header, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, RequiresScope } from '../auth/api-key.guard.js';
import { MANAGEMENT_PROBLEMS, ProblemResponses } from '../problem/problem.swagger.js';
import { VALID_QUERY } from '../problem/valid.pipe.js';
import { JwksDto, PeriodQuery, SignedStatementDto } from './reconciliation.dto.js';
import { Statements } from './statement.service.js';

@ApiTags('Management: reconciliation')
@Controller()
export class StatementController {
  constructor(private readonly statements: Statements) {}

  @Get('api/v1/reconciliation/statement')
  @ApiBearerAuth('apiKey')
  @UseGuards(ApiKeyGuard)
  @RequiresScope('reconciliation:read')
  @ApiOperation({
    operationId: 'stateCompleteness',
    summary: 'A signed statement of how complete a period is',
    description:
      'It rests on the runs that are completed: `uncovered` names what eNROLL was not asked about.',
  })
  @ApiOkResponse({ type: SignedStatementDto })
  @ProblemResponses(...MANAGEMENT_PROBLEMS, 'ENROLL_NOT_CONFIGURED', 'BAD_REQUEST', 'UNKNOWN_FILTER')
  async state(@Query(VALID_QUERY) period: PeriodQuery) {
    return this.statements.state(period);
  }

  @Get('.well-known/jwks.json')
  @Header('cache-control', 'public, max-age=300')
  @ApiSecurity({})
  @ApiOperation({
    operationId: 'readJwks',
    summary: 'The public keys that verify our statements',
    description:
      'A JWK set (RFC 7517), open to everyone. Keys of a rotated ring stay as long as the ring holds them.',
  })
  @ApiOkResponse({ type: JwksDto })
  @ProblemResponses('METHOD_NOT_ALLOWED')
  async jwks() {
    return this.statements.jwks();
  }
}
