import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/config.js';
import { LocalSecrets } from '../crypto/local-secrets.js';
import { ApiKeys } from './api-keys.service.js';
import { ClientAuthentication } from './client-authentication.js';
import { Clients } from './clients.service.js';
import { generateSecret, isGeneratedOf } from './secrets.js';

/** What the banner may show: secrets only where Rollcall made them itself and they still work. */
export interface PrintableCredentials {
  clientId?: string;
  clientSecret?: string;
  apiKey?: string;
}

/** As the audit names it. */
const BY = 'boot';
const CONFIGURED_KEY = 'ROLLCALL_API_KEY';
const LOCAL_KEY = 'local';
const LOCAL_CLIENT = 'enroll';

/**
 * The first client and the first API key: from the settings or, outside production, made once and kept in the data
 * directory. Several replicas may boot at once.
 */
@Injectable()
export class BootCredentials implements OnModuleInit {
  private ensured: Promise<PrintableCredentials> | undefined;

  constructor(
    private readonly config: Config,
    private readonly local: LocalSecrets,
    private readonly clients: Clients,
    private readonly authentication: ClientAuthentication,
    private readonly apiKeys: ApiKeys,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.ensure();
  }

  /** Creates them where they are missing; the work is done once. */
  ensure(): Promise<PrintableCredentials> {
    this.ensured ??= this.ensureBoth();
    return this.ensured;
  }

  /**
   * Ends the API key that is no longer in the settings. Only servers call this: a command may run with other settings, and
   * a worker needs no API key.
   */
  async endFormer(): Promise<void> {
    const { ROLLCALL_ROLE: role, ROLLCALL_API_KEY: key } = this.config.env;
    if (role !== 'worker' && key === undefined) await this.apiKeys.remove(BY, CONFIGURED_KEY);
  }

  private async ensureBoth(): Promise<PrintableCredentials> {
    // modules are initialized side by side: what the release before left must open by now
    await this.apiKeys.sealOlder();
    return { ...(await this.ensureClient()), ...(await this.ensureApiKey()) };
  }

  private async ensureClient(): Promise<PrintableCredentials> {
    const { ROLLCALL_CLIENT_ID: clientId, ROLLCALL_CLIENT_SECRET: secret } = this.config.env;
    if (clientId !== undefined && secret !== undefined) {
      await this.clients.ensure(BY, clientId, secret);
      await this.authentication.prime(clientId, secret);
      return { clientId };
    }
    if (this.config.production) return {};
    const made = this.localCredentials();
    await this.clients.create(BY, made.clientId, made.clientId, made.clientSecret);
    const client = await this.clients.find(made.clientId);
    const opens = isGeneratedOf(client?.secrets ?? [], made.clientSecret);
    return { clientId: made.clientId, ...(opens && { clientSecret: made.clientSecret }) };
  }

  private async ensureApiKey(): Promise<PrintableCredentials> {
    const { ROLLCALL_API_KEY: key } = this.config.env;
    if (key !== undefined) {
      await this.apiKeys.ensure(BY, CONFIGURED_KEY, key, ['*']);
      return {};
    }
    if (this.config.production) return {};
    const made = this.localCredentials();
    await this.apiKeys.add(BY, LOCAL_KEY, made.apiKey, ['*']);
    return (await this.apiKeys.find(made.apiKey)) === undefined ? {} : { apiKey: made.apiKey };
  }

  private localCredentials() {
    return this.local.credentials(() => ({
      clientId: LOCAL_CLIENT,
      clientSecret: generateSecret(),
      apiKey: generateSecret('rca'),
    }));
  }
}
