import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { CredentialHash } from '../../crypto/credential-hash.js';
import { managementUrlOf } from '../../db/installation.repository.js';
import type { Tx } from '../../db/tx.js';
import { generateSecret } from '../secrets.js';
import { putInvitation, sealInvitation } from './invitations.repository.js';
import { PeopleSeal } from './people-seal.js';
import type { Invitation } from './people.types.js';

export const INVITATION_HOURS = 72;

/** Makes the links by which people choose a password. */
@Injectable()
export class InvitationLinks {
  constructor(
    private readonly hash: CredentialHash,
    private readonly seal: PeopleSeal,
    private readonly config: Config,
  ) {}

  /** A link that somebody had before ends. */
  async make(tx: Tx, person: { id: string; login: string }): Promise<Invitation> {
    const token = generateSecret('rci');
    const [hash] = this.hash.candidates('invitation', token);
    const expiresAt = await putInvitation(tx, person.id, hash, INVITATION_HOURS);
    const [seal] = this.seal.ofInvitation({ hash, userId: person.id, password: null, expiresAt });
    await sealInvitation(tx, hash, seal);
    // a fragment is sent to no server, so it stands in no log
    return { ...person, link: `${await managementUrlOf(tx, this.config)}/invite#${token}`, expiresAt };
  }
}
