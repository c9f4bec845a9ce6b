import { Injectable } from '@nestjs/common';
import { Problem } from '../../problem/problem.js';
import { LogIn, type LogInAttempt } from './log-in.service.js';
import { actorOf, type Person } from './people.types.js';
import { SecondFactors } from './second-factors.service.js';
import { Users } from './users.service.js';

/** The password and a code of the authenticator: a recovery code makes no others. */
export type RenewalProof = Pick<LogInAttempt, 'password'> & { code: string };

/** People get new recovery codes, as when a sheet of paper is lost. They prove who they are once more, as at a log-in. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly users: Users,
    private readonly logIns: LogIn,
    private readonly secondFactors: SecondFactors,
  ) {}

  /**
   * Those of before open nothing any more. Sessions stay.
   * @param address remote address
   * @returns the codes, which are shown this once
   * @throws Problem CONFLICT for somebody whom the identity provider knows, LOGIN_REFUSED, TOO_MANY_REQUESTS
   */
  async renew({ userId }: Person, proof: RenewalProof, address: string): Promise<string[]> {
    const user = await this.users.find(userId);
    if (user === undefined || user.isProvided) {
      throw new Problem('CONFLICT', 'The identity provider has the second factor of this person');
    }
    const person = await this.logIns.prove({ ...proof, login: user.login }, address);
    let codes: string[] = [];
    await this.users.changeOwn(actorOf(user.login), 'renew-recovery-codes', person, async (tx) => {
      codes = await this.secondFactors.renewRecoveryCodes(tx, person.id);
      return true;
    });
    return codes;
  }
}
