import { Injectable } from '@nestjs/common';
import { Problem } from '../../problem/problem.js';
import { LogIn, type LogInAttempt } from './log-in.service.js';
import { hashPassword, refused, requireGoodPassword } from './passwords.js';
import { actorOf, type Person } from './people.types.js';
import { changePassword } from './users.repository.js';
import { Users } from './users.service.js';

/** The password and the second factor of now, and the password to come. */
export interface AskedChange extends Omit<LogInAttempt, 'login'> {
  newPassword: string;
}

/** People change their own password. They prove who they are once more, as at a log-in: a session may have been left open. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly users: Users,
    private readonly logIns: LogIn,
  ) {}

  /**
   * Ends all sessions of the person.
   * @param address remote address
   * @returns who it is
   * @throws Problem CONFLICT for somebody whom the identity provider knows, PASSWORD_REFUSED, LOGIN_REFUSED, TOO_MANY_REQUESTS
   */
  async change(
    { userId }: Person,
    { newPassword, ...proof }: AskedChange,
    address: string,
  ): Promise<{ id: string; login: string }> {
    const user = await this.users.find(userId);
    if (user === undefined || user.isProvided) {
      throw new Problem('CONFLICT', 'The identity provider has the password of this person');
    }
    // before the proof: a code works once, and a refused password should not cost it
    requireGoodPassword(newPassword, user);
    if (newPassword === proof.password) throw refused('is the one of before');
    const person = await this.logIns.prove({ ...proof, login: user.login }, address);
    const password = await hashPassword(newPassword);
    await this.users.changeOwn(actorOf(user.login), 'change-password', person, (tx) =>
      changePassword(tx, person.id, password),
    );
    return person;
  }
}
