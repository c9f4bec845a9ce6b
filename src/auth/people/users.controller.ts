import { Delete, Get, Patch, Post } from '@nestjs/common';
import {
  Answers,
  AnswersNothing,
  ById,
  Lists,
  Operation,
  ValidBody,
  ValidQuery,
} from '../../problem/operation.js';
import { PageQuery } from '../../problem/page.dto.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { Caller, ManagementController, Scope } from '../api-key.guard.js';
import type { Actor } from '../auth.types.js';
import { ChangeUserBody, InvitationDto, InviteBody, UserDto, UserPageDto } from './people.dto.js';
import { Users } from './users.service.js';

/** People who may log in. */
@ManagementController('users', 'Management: people')
@Scope('users:write')
export class UsersController {
  constructor(private readonly users: Users) {}

  @Get()
  @Scope('users:read')
  @Operation('List people, by login', 'Also those who are invited or disabled.')
  @Lists(UserPageDto)
  async listUsers(@ValidQuery() query: PageQuery) {
    return this.users.list(query);
  }

  @Get(':id')
  @Scope('users:read')
  @Operation('Read one person', 'With their roles and their state.')
  @Answers(UserDto)
  async readUser(@ById('person') id: string) {
    return this.users.read(id);
  }

  @Post()
  @Operation(
    'Invite somebody',
    'The answer holds a link, this once, that is good for 72 hours. Its holder chooses a password and adds Rollcall to an ' +
      'authenticator. Whoever may invite may give every role.',
  )
  @Answers(InvitationDto, 201)
  @ProblemResponses('CONFLICT')
  async inviteUser(@ValidBody() body: InviteBody, @Caller() actor: Actor) {
    return this.users.invite(actor.name, body);
  }

  @Post(':id/invitation')
  @Operation(
    'Invite somebody again',
    'For those who lost the link, the password or the authenticator. Whatever they had ends at once, also their sessions.',
  )
  @Answers(InvitationDto, 201)
  @ProblemResponses('CONFLICT')
  async resetUser(@ById('person') id: string, @Caller() actor: Actor) {
    return this.users.reset(actor.name, id);
  }

  @Patch(':id')
  @Operation(
    'Change name or roles, disable or enable',
    'Works at once on every replica, in open sessions and streams too. The last active administrator stays one (`CONFLICT`).',
  )
  @Answers(UserDto)
  @ProblemResponses('CONFLICT')
  async changeUser(@ById('person') id: string, @ValidBody() body: ChangeUserBody, @Caller() actor: Actor) {
    return this.users.change(actor.name, id, body);
  }

  @Delete(':id')
  @Operation(
    'Disable somebody',
    'As `changeUser` with `disabled`. Login and name stay, since the audit names them.',
  )
  @AnswersNothing('Their sessions and their link open nothing any more.')
  @ProblemResponses('CONFLICT')
  async disableUser(@ById('person') id: string, @Caller() actor: Actor) {
    await this.users.change(actor.name, id, { disabled: true });
  }

  @Delete(':id/sessions')
  @Operation('End all sessions of somebody', 'They may log in again.')
  @AnswersNothing('Their sessions open nothing any more.')
  async endUserSessions(@ById('person') id: string, @Caller() actor: Actor) {
    await this.users.endSessions(actor.name, id);
  }
}
