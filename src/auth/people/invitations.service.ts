import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { Problem } from '../../problem/problem.js';
import {
  acceptInvitation,
  findInvitation,
  type InvitationRow,
  keepChoice,
  lockInvitation,
} from './invitations.repository.js';
import { hashPassword, requireGoodPassword } from './passwords.js';
import { PeopleSeal } from './people-seal.js';
import { actorOf } from './people.types.js';
import { otpauthUri, secretText } from './second-factor.js';
import { SecondFactors } from './second-factors.service.js';
import { Users } from './users.service.js';

/** What the holder of a link adds to an authenticator. */
export interface Enrollment {
  login: string;
  otpauthUri: string;
  secret: string;
}

/** What a person has once the link is used. */
export interface Accepted {
  id: string;
  login: string;
  recoveryCodes: string[];
}

/**
 * How an invited person gets a password and a second factor. The link stays good until a first code confirms that the
 * authenticator has the secret:
 *
 * invited --begin--> chosen --begin again--> chosen --confirm--> accepted (the link is used)
 */
@Injectable()
export class Invitations {
  constructor(
    private readonly connection: DataSource,
    private readonly hash: CredentialHash,
    private readonly seal: PeopleSeal,
    private readonly secondFactors: SecondFactors,
    private readonly users: Users,
  ) {}

  /** @throws Problem INVITATION_INVALID, PASSWORD_REFUSED */
  async begin(token: string, password: string): Promise<Enrollment> {
    const found = await this.read(token);
    requireGoodPassword(password, found);
    const { secret, sealed } = this.secondFactors.newSecret(found.userId);
    const chosen = await hashPassword(password);
    const [seal] = this.seal.ofInvitation({ ...found, password: chosen });
    await keepChoice(this.connection.manager, found.hash, { password: chosen, totpSecret: sealed, seal });
    return {
      login: found.login,
      otpauthUri: otpauthUri(found.login, secret),
      secret: secretText(secret),
    };
  }

  /** @throws Problem INVITATION_INVALID, CONFLICT where no password was chosen yet, CODE_REFUSED */
  async confirm(token: string, code: string): Promise<Accepted> {
    const { userId: id, login } = await this.read(token);
    let recoveryCodes: string[] = [];
    await this.users.changeOwn(actorOf(login), 'accept', { id, login }, async (tx) => {
      const invitation = this.believed(await lockInvitation(tx, this.hashes(token)));
      if (invitation?.userId !== id) throw new Problem('INVITATION_INVALID');
      await acceptInvitation(tx, invitation, this.confirmedStep(invitation, code));
      recoveryCodes = await this.secondFactors.renewRecoveryCodes(tx, id);
      return true;
    });
    return { id, login, recoveryCodes };
  }

  private async read(token: string): Promise<InvitationRow> {
    const found = this.believed(await findInvitation(this.connection.manager, this.hashes(token)));
    if (found === undefined) throw new Problem('INVITATION_INVALID');
    return found;
  }

  /** A link that was moved to somebody else, or a password that was put into its row, opens nothing. */
  private believed(row: InvitationRow | undefined): InvitationRow | undefined {
    return row !== undefined && this.seal.isInvitation(row) ? row : undefined;
  }

  private confirmedStep({ userId, totpSecret }: InvitationRow, code: string): number {
    if (totpSecret === null) throw new Problem('CONFLICT', 'Choose a password first');
    const step = this.secondFactors.stepOf(userId, totpSecret, code);
    if (step === undefined) throw new Problem('CODE_REFUSED');
    return step;
  }

  private hashes(token: string) {
    return this.hash.candidates('invitation', token);
  }
}
