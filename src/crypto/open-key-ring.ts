import type { Config } from '../config/config.js';
import { CryptoError } from './crypto.errors.js';
import { KeyRing } from './key-ring.js';
import { LocalSecrets } from './local-secrets.js';

/** The keys of the settings, else those that Rollcall makes itself. @throws CryptoError RING_INVALID */
export function openKeyRing(config: Config, local = new LocalSecrets(config)): KeyRing {
  return KeyRing.parse(config.env.ROLLCALL_KEYS ?? local.keyRing());
}

/** The same for commands that must not make a ring: it would open nothing. @throws CryptoError KEY_MISSING, RING_INVALID */
export function openExistingKeyRing(config: Config): KeyRing {
  const local = new LocalSecrets(config);
  if (config.env.ROLLCALL_KEYS === undefined && !local.hasKeyRing()) {
    throw new CryptoError(
      'KEY_MISSING',
      'There is no key ring here: set ROLLCALL_KEYS, or copy the file "keys" of the former ROLLCALL_DATA_DIR into this one',
    );
  }
  return openKeyRing(config, local);
}
