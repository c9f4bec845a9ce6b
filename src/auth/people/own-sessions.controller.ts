import { Delete, Get } from '@nestjs/common';
import { Answers, AnswersNothing, ById, Operation } from '../../problem/operation.js';
import { Problem } from '../../problem/problem.js';
import { ProblemResponses } from '../../problem/problem.swagger.js';
import { AnyScope, Caller, ManagementController } from '../api-key.guard.js';
import type { Actor } from '../auth.types.js';
import { SessionListDto } from './people.dto.js';
import { isPerson, type Person } from './people.types.js';
import { Sessions } from './sessions.service.js';

/** How long after a log-in somebody may do what needs a new one (ASVS 7.5.2). */
const FRESH_MINUTES = 15;

/** The sessions of the person who asks. Keys have none. */
@ManagementController('sessions', 'Management: session')
@AnyScope()
export class OwnSessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @Operation('My sessions', 'Of all browsers, the one used last first. An API key has none.')
  @Answers(SessionListDto)
  async listSessions(@Caller() actor: Actor): Promise<SessionListDto> {
    return { items: isPerson(actor) ? await this.sessions.listOf(actor) : [], nextCursor: null };
  }

  @Delete(':id')
  @Operation(
    'End one of my sessions',
    `Ends it on every replica, in open streams too. The log-in must be at most ${FRESH_MINUTES} minutes old (\`LOGIN_TOO_OLD\`).`,
  )
  @AnswersNothing('The session opens nothing any more.')
  @ProblemResponses('LOGIN_TOO_OLD')
  async endSession(@ById('session') id: string, @Caller() actor: Actor): Promise<void> {
    const own = isPerson(actor) ? await this.sessions.listOf(actor) : [];
    if (!isPerson(actor) || !own.some((session) => session.id === id)) {
      throw new Problem('NOT_FOUND', 'There is no such session of yours');
    }
    requireFresh(actor);
    await this.sessions.end(actor.name, id);
  }

  @Delete()
  @Operation('End all my other sessions', 'As `endSession`. The session of this browser stays.')
  @AnswersNothing('Only this session is left.')
  @ProblemResponses('LOGIN_TOO_OLD')
  async endOtherSessions(@Caller() actor: Actor): Promise<void> {
    if (!isPerson(actor)) return;
    requireFresh(actor);
    const others = (await this.sessions.listOf(actor)).filter(({ current }) => !current);
    for (const { id } of others) await this.sessions.end(actor.name, id);
  }
}

/** @throws Problem LOGIN_TOO_OLD */
function requireFresh({ loggedInAtMs }: Person): void {
  if (Date.now() - loggedInAtMs > FRESH_MINUTES * 60_000) throw new Problem('LOGIN_TOO_OLD');
}
