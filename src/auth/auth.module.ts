import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeyRing } from '../crypto/key-ring.js';
import { ApiDoor } from './api-door.service.js';
import { ApiKeySeal } from './api-key-seal.js';
import { ApiKeysController } from './api-keys.controller.js';
import { ApiKeyEntity } from './api-keys.entity.js';
import { ApiKeys } from './api-keys.service.js';
import { ApiLimits } from './api-limits.js';
import { BearerGuard } from './bearer.guard.js';
import { CredentialKeys } from './credential-keys.service.js';
import { EnrollDoor } from './enroll-door.service.js';
import { BootCredentials } from './boot-credentials.service.js';
import { ClientAdministration } from './client-administration.service.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientSecretEntity } from './client-secrets.entity.js';
import { ClientPasswordStrategy } from './client-password.strategy.js';
import { ClientsController } from './clients.controller.js';
import { ClientEntity } from './clients.entity.js';
import { Clients } from './clients.service.js';
import { FailureThrottle } from './failure-throttle.js';
import { KeyAdministration } from './key-administration.service.js';
import { LastTokens } from './last-tokens.service.js';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { BrowserSessions } from './people/browser-sessions.service.js';
import { FirstLinkController } from './people/first-link.controller.js';
import { FirstLink } from './people/first-link.service.js';
import { Invitations } from './people/invitations.service.js';
import { LogInRefusals } from './people/log-in-refusals.service.js';
import { LogInController } from './people/log-in.controller.js';
import { LogIn } from './people/log-in.service.js';
import { OwnSessionsController } from './people/own-sessions.controller.js';
import { PasswordChange } from './people/password-change.service.js';
import { RolesController } from './people/roles.controller.js';
import { SecondFactors } from './people/second-factors.service.js';
import { SessionCookies } from './people/session-cookies.js';
import { SessionController } from './people/session.controller.js';
import { InvitationLinks } from './people/invitation-links.service.js';
import { PeopleSeal } from './people/people-seal.js';
import { RecoveryCodes } from './people/recovery-codes.service.js';
import { SealedUsers } from './people/sealed-users.service.js';
import { SessionHash } from './people/session-hash.js';
import { Sessions } from './people/sessions.service.js';
import { ProviderLogOutController } from './people/provider-log-out.controller.js';
import { ProviderLogOut } from './people/provider-log-out.service.js';
import { ProvidedUsers } from './people/provided-users.service.js';
import { SingleSignOnController } from './people/single-sign-on.controller.js';
import { SingleSignOn } from './people/single-sign-on.service.js';
import { UsersController } from './people/users.controller.js';
import { Users } from './people/users.service.js';
import { SigningKeys } from './signing-keys.service.js';
import { TokenController } from './token.controller.js';
import { signingKeys, Tokens } from './tokens.service.js';

/** Accounts, sessions and log-in of people. */
const PEOPLE = [
  PeopleSeal,
  SealedUsers,
  InvitationLinks,
  SessionHash,
  Users,
  Sessions,
  SecondFactors,
  Invitations,
  LogInRefusals,
  LogIn,
  PasswordChange,
  RecoveryCodes,
  SingleSignOn,
  ProviderLogOut,
  ProvidedUsers,
  SessionCookies,
  BrowserSessions,
  FirstLink,
];

@Module({
  imports: [
    PassportModule,
    TypeOrmModule.forFeature([ClientEntity, ClientSecretEntity, ApiKeyEntity]),
    JwtModule.registerAsync({
      inject: [KeyRing],
      useFactory: (ring: KeyRing) => ({
        secretOrKeyProvider: signingKeys(ring),
      }),
    }),
  ],
  controllers: [
    TokenController,
    ApiKeysController,
    ClientsController,
    LogInController,
    FirstLinkController,
    SessionController,
    OwnSessionsController,
    SingleSignOnController,
    ProviderLogOutController,
    UsersController,
    RolesController,
  ],
  providers: [
    Clients,
    ApiKeySeal,
    ApiKeys,
    KeyAdministration,
    ClientAdministration,
    CredentialKeys,
    SigningKeys,
    Tokens,
    LastTokens,
    FailureThrottle,
    ClientAuthentication,
    ClientPasswordStrategy,
    OAuthErrorFilter,
    BearerGuard,
    ApiLimits,
    ApiDoor,
    EnrollDoor,
    BootCredentials,
    ...PEOPLE,
  ],
  exports: [
    Clients,
    ApiKeys,
    CredentialKeys,
    KeyAdministration,
    SigningKeys,
    Tokens,
    LastTokens,
    BearerGuard,
    ApiDoor,
    EnrollDoor,
    BootCredentials,
    FirstLink,
    Users,
  ],
})
export class AuthModule {}
