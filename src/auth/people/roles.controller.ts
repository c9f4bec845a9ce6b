import { Get } from '@nestjs/common';
import { Answers, Operation } from '../../problem/operation.js';
import { ManagementController, Scope } from '../api-key.guard.js';
import { ROLE_NAMES, ROLES } from '../roles.js';
import { RoleListDto } from './people.dto.js';

@ManagementController('roles', 'Management: people')
@Scope('users:read')
export class RolesController {
  @Get()
  @Operation('List the roles', 'Each with what it allows. Several roles of one person add up.')
  @Answers(RoleListDto)
  listRoles(): RoleListDto {
    return { items: ROLE_NAMES.map((role) => ({ role, ...ROLES[role] })), nextCursor: null };
  }
}
