import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeyRing } from '../crypto/key-ring.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ApiKeyEntity } from './api-keys.entity.js';
import { ApiKeys } from './api-keys.service.js';
import { BearerGuard } from './bearer.guard.js';
import { ClientSecretEntity } from './client-secrets.entity.js';
import { ClientEntity } from './clients.entity.js';
import { Clients } from './clients.service.js';
import { signingKey } from './signing-key.js';
import { Tokens } from './tokens.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ClientEntity, ClientSecretEntity, ApiKeyEntity]),
    JwtModule.registerAsync({
      inject: [KeyRing],
      useFactory: (ring: KeyRing) => ({
        secretOrKeyProvider: (purpose, token) => signingKey(ring, purpose, token),
      }),
    }),
  ],
  providers: [Clients, ApiKeys, Tokens, BearerGuard, ApiKeyGuard],
  exports: [Clients, ApiKeys, Tokens, BearerGuard, ApiKeyGuard],
})
export class AuthModule {}
