import { Controller, Get, Header } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ManagementController, Scope } from '../auth/api-key.guard.js';
import { Answers, Operation, ValidQuery } from '../problem/operation.js';
import { ProblemResponses } from '../problem/problem.swagger.js';
import { JwksDto, PeriodQuery, SignedStatementDto } from './reconciliation.dto.js';
import { Statements } from './statement.service.js';

@ManagementController('reconciliation/statement', 'Management: reconciliation')
@Scope('reconciliation:read')
export class StatementController {
  constructor(private readonly statements: Statements) {}

  @Get()
  @Operation(
    'Read a signed statement of how complete a period is',
    'It is based on completed runs: `uncovered` lists the parts that eNROLL was not asked about.',
  )
  @Answers(SignedStatementDto)
  @ProblemResponses('ENROLL_NOT_CONFIGURED')
  async stateCompleteness(@ValidQuery() period: PeriodQuery) {
    return this.statements.state(period);
  }
}

/** The only public route of reconciliation. */
@ApiTags('Management: reconciliation')
@Controller('.well-known/jwks.json')
export class JwksController {
  constructor(private readonly statements: Statements) {}

  @Get()
  @Header('cache-control', 'public, max-age=300')
  @ApiSecurity({})
  @Operation(
    'Read the public keys that verify our statements',
    'A JWK set (RFC 7517), open to everyone. After a rotation, older keys stay here as long as the key ring holds them.',
  )
  @Answers(JwksDto)
  @ProblemResponses('METHOD_NOT_ALLOWED')
  async readJwks() {
    return this.statements.jwks();
  }
}
