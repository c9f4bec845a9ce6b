import type { SettingFault } from '../config/checks.js';
import { type Config, ConfigError } from '../config/config.js';
import type { Settings } from '../config/settings.js';
import { CertificateFault, readCertificates } from '../crypto/certificates.js';
import { type Dialect, DialectError, loadDialect } from './dialect.loader.js';

/** Faults in the files that settings name, so that the start reports them together with all others. */
export function enrollFaults({ ENROLL_DIALECT, ENROLL_CA_FILE }: Partial<Settings>): SettingFault[] {
  const reads = [() => dialectIn(ENROLL_DIALECT), () => ENROLL_CA_FILE && authoritiesIn(ENROLL_CA_FILE)];
  return reads.flatMap((read) => {
    try {
      read();
      return [];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      return error.faults;
    }
  });
}

/** @throws ConfigError naming ENROLL_DIALECT */
export function dialectOf(config: Config): Dialect {
  return dialectIn(config.env.ENROLL_DIALECT);
}

/** What the start says once of a dialect that nobody has tried at this tenant; nothing where eNROLL is not asked at all. */
export function dialectWarnings(config: Config): string[] {
  if (config.env.ENROLL_BASE_URL === undefined) return [];
  const { spec, title, file } = dialectOf(config);
  if (spec.verified) return [];
  return [
    `ENROLL_DIALECT: the dialect ${title} of ${file} was not tried at your tenant yet; rollcall doctor tries it`,
  ];
}

function dialectIn(file: string | undefined): Dialect {
  try {
    return loadDialect(file);
  } catch (error) {
    if (!(error instanceof DialectError)) throw error;
    throw new ConfigError(
      error.faults.map((fault) => ({ name: 'ENROLL_DIALECT', message: `${error.file} ${fault}` })),
    );
  }
}

/** @throws ConfigError naming ENROLL_CA_FILE */
export function authoritiesIn(file: string): string[] {
  try {
    return readCertificates(file);
  } catch (error) {
    if (!(error instanceof CertificateFault)) throw error;
    throw new ConfigError([{ name: 'ENROLL_CA_FILE', message: error.message }]);
  }
}
