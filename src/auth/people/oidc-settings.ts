import type { SettingFault } from '../../config/checks.js';
import type { Settings } from '../../config/settings.js';
import { ROLE_NAMES } from '../roles.js';

/** A role that nobody knows would be given to nobody, silently: the start names it instead. */
export function oidcFaults({ ROLLCALL_OIDC_ROLES: mapping = [] }: Partial<Settings>): SettingFault[] {
  const roles = mapping.map((pair) => pair.slice(pair.lastIndexOf('=') + 1));
  const unknown = [...new Set(roles)].filter((role) => !(ROLE_NAMES as string[]).includes(role));
  return unknown.map((role) => ({
    name: 'ROLLCALL_OIDC_ROLES',
    message: `gives the role "${role}", which does not exist: the roles are ${ROLE_NAMES.join(', ')}`,
  }));
}
