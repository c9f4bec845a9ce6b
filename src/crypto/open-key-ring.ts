import type { Config } from '../config/config.js';
import { KeyRing } from './key-ring.js';
import { LocalSecrets } from './local-secrets.js';

/** The keys of the settings, else those that Rollcall makes itself. @throws CryptoError RING_INVALID */
export function openKeyRing(config: Config, local = new LocalSecrets(config)): KeyRing {
  return KeyRing.parse(config.env.ROLLCALL_KEYS ?? local.keyRing());
}
