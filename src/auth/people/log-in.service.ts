import { Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { Problem } from '../../problem/problem.js';
import { FailureThrottle } from '../failure-throttle.js';
import { Guesses } from '../guesses.js';
import { LogInRefusals } from './log-in-refusals.service.js';
import { isPassword } from './passwords.js';
import { actorOf } from './people.types.js';
import { type GivenFactor, SecondFactors } from './second-factors.service.js';
import { SealedUsers } from './sealed-users.service.js';
import { findWithPassword } from './users.repository.js';

/** Argon2 runs at a time, beside those of the token URL. */
const RUNNING = 1;
/** A refusal takes this long from its turn on, whatever was wrong: time must not tell who exists or what was right. */
const REFUSED_AFTER_MS = 300;

export interface LogInAttempt extends GivenFactor {
  /** In lower case. */
  login: string;
  password: string;
}

/** Lets people in by password and second factor. Throttled as the token URL is, so that nobody can lock anybody out (docs/adr/0004). */
@Injectable()
export class LogIn {
  private readonly guesses: Guesses;

  constructor(
    private readonly connection: DataSource,
    private readonly secondFactors: SecondFactors,
    private readonly refusals: LogInRefusals,
    private readonly sealed: SealedUsers,
    throttle: FailureThrottle,
  ) {
    this.guesses = new Guesses(throttle, RUNNING);
  }

  /**
   * @param address remote address
   * @returns who it is
   * @throws Problem LOGIN_REFUSED, the same for an unknown login, a wrong password and a wrong code; TOO_MANY_REQUESTS
   */
  async prove(attempt: LogInAttempt, address: string): Promise<{ id: string; login: string }> {
    let answerAtMs = 0;
    const guessed = await this.guesses.try(address, actorOf(attempt.login), () => {
      answerAtMs = performance.now() + REFUSED_AFTER_MS;
      return this.compare(attempt);
    });
    if (guessed.result === 'right') return { id: guessed.value, login: attempt.login };
    this.refusals.record(attempt.login);
    await pause(Math.max(0, answerAtMs - performance.now()));
    if (guessed.result === 'wrong') throw new Problem('LOGIN_REFUSED');
    const { retryAfterSeconds } = guessed;
    throw new Problem('TOO_MANY_REQUESTS', 'Too many failed log-ins, try again later', { retryAfterSeconds });
  }

  /** @returns the id of the person; undefined where anything is wrong */
  private async compare({ login, password, ...given }: LogInAttempt): Promise<string | undefined> {
    const found = await findWithPassword(this.connection.manager, login);
    const stored = found !== undefined && this.sealed.isOurs(found) ? found : undefined;
    if (!(await isPassword(stored?.password ?? undefined, password)) || stored === undefined)
      return undefined;
    return (await this.secondFactors.pass(stored.id, given)) ? stored.id : undefined;
  }
}
