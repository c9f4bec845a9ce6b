import { isTlsFault } from '../crypto/tls-fault.js';
import { errnoOf, isUnavailable, reasonOf, sqlState } from './errors.js';

export interface ConnectFault {
  /** It may work in a moment, e.g. while containers start or a standby takes over. Otherwise waiting does not help. */
  away: boolean;
  fix: string;
}

/** What an error of connecting means for `DATABASE_URL`. */
export function connectFaultOf(error: unknown): ConnectFault {
  const state = sqlState(error);
  const text = reasonOf(error);
  if (state === '28P01') {
    return wrong('Check user and password; reserved characters in them must be percent-encoded (# as %23).');
  }
  if (state?.startsWith('28') === true) {
    return wrong(
      /no encryption/.test(text)
        ? 'The server wants TLS: add sslmode=require, or verify-full with sslrootcert.'
        : 'Its pg_hba.conf refuses this user from here, or from everywhere: check user, database, address and sslmode.',
    );
  }
  if (state === '3D000')
    return wrong("Check the name, or create it: create database … encoding 'UTF8' template template0.");
  if (state === '42501') return wrong('GRANT CONNECT ON DATABASE … TO this role.');
  if (state === '53300') {
    return {
      away: true,
      fix:
        'Raise max_connections, or the limit of the role or database (ALTER ROLE … CONNECTION LIMIT …): a replica takes ' +
        'ROLLCALL_DB_READ_CONNECTIONS + ROLLCALL_DB_WRITE_CONNECTIONS + about 8. Or lower these two.',
    };
  }
  const tls = tlsFixOf(text, errnoOf(error) ?? '');
  if (tls !== undefined) return wrong(tls);
  if (isUnavailable(error)) return { away: true, fix: 'Check host and port, and that the server runs.' };
  return wrong('Check host, port, name and password, and that the server runs.');
}

const wrong = (fix: string): ConnectFault => ({ away: false, fix });

function tlsFixOf(text: string, errno: string): string | undefined {
  if (/does not support SSL/i.test(text))
    return 'The server offers no TLS: use sslmode=disable (prefer and allow do not fall back here), or turn ssl on there.';
  if (errno === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'Write the host as its certificate has it, or use sslmode=verify-ca.';
  if (!isTlsFault(errno)) return undefined;
  return (
    'Name the authority of its certificate with sslrootcert=<PEM file>. Or, on a network that you trust, encrypt without ' +
    'verifying: sslmode=require without sslrootcert.'
  );
}
