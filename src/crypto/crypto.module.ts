import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { BlindIndex } from './blind-index.js';
import { CredentialHash } from './credential-hash.js';
import { KeyCheck } from './key-check.js';
import { KeyedHash } from './keyed-hash.js';
import { KeyRing } from './key-ring.js';
import { LocalSecrets } from './local-secrets.js';
import { openKeyRing } from './open-key-ring.js';
import { PublishedKeys } from './published-keys.service.js';
import { Sealer } from './sealer.js';

/** The key ring and everything made from it, for all modules. It needs the database, to check the keys at boot. */
@Global()
@Module({
  providers: [
    LocalSecrets,
    { provide: KeyRing, inject: [Config, LocalSecrets], useFactory: openKeyRing },
    Sealer,
    BlindIndex,
    KeyedHash,
    CredentialHash,
    KeyCheck,
    PublishedKeys,
  ],
  exports: [KeyRing, Sealer, BlindIndex, KeyedHash, CredentialHash, LocalSecrets, PublishedKeys],
})
export class CryptoModule {}
