import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Sealer } from '../crypto/sealer.js';
import type { OwnedEndpoint } from './queue.repository.js';
import { generateSecret } from './signature.js';

export interface SealedSecret {
  id: string;
  sealed: Buffer;
}

/** Seals the secrets of endpoints and opens them for use. */
@Injectable()
export class EndpointSecrets {
  constructor(private readonly sealer: Sealer) {}

  /** A new signing secret, which is shown once. */
  generate(): { secret: string; kept: SealedSecret } {
    const secret = generateSecret();
    const id = randomUUID();
    return { secret, kept: { id, sealed: this.sealer.seal(secret, `endpoint_secrets|${id}`) } };
  }

  sealCredentials(endpointId: string, credentials: string): Buffer {
    return this.sealer.seal(credentials, `endpoints.credentials|${endpointId}`);
  }

  /** The opened secrets and credentials of an endpoint. */
  open({ id, credentials, secrets }: Pick<OwnedEndpoint, 'id' | 'credentials' | 'secrets'>) {
    return {
      secrets: secrets.map((one) => this.sealer.reveal(one.sealed, `endpoint_secrets|${one.id}`).toString()),
      credentials: credentials && this.sealer.reveal(credentials, `endpoints.credentials|${id}`).toString(),
    };
  }
}
