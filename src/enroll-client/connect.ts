import { HttpService } from '@nestjs/axios';
import axios from 'axios';
import { type Config, ConfigError } from '../config/config.js';
import { type Dialect, DialectError, loadDialect } from './dialect.loader.js';
import { EnrollClient } from './enroll-client.service.js';
import { EnrollTransport, type Outcome } from './enroll-transport.js';
import type { SteadinessOptions } from './steadiness.js';

interface ConnectOptions {
  steadiness?: Partial<SteadinessOptions>;
  /** Told after each try: the dialect's name of the call, what came of it, how long it took. */
  onTried?: (call: string, outcome: Outcome, seconds: number) => void;
}

/**
 * The client for these settings; asks nothing yet, and works unconfigured up to ENROLL_NOT_CONFIGURED.
 * @throws ConfigError naming ENROLL_DIALECT or ENROLL_CA_FILE
 */
export function connectEnroll(
  config: Config,
  http = new HttpService(axios.create()),
  options: ConnectOptions = {},
): EnrollClient {
  const dialect = dialectOf(config);
  const transport = new EnrollTransport(http, config, { ...options, errorCodeAt: dialect.spec.errors.code });
  return new EnrollClient(config, dialect, transport);
}

function dialectOf(config: Config): Dialect {
  try {
    return loadDialect(config.env.ENROLL_DIALECT);
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    const { file } = error;
    throw new ConfigError(
      error.faults.map((fault) => ({ name: 'ENROLL_DIALECT', message: `${file} ${fault}` })),
    );
  }
}
