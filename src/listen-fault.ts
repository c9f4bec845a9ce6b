import { errnoOf, reasonOf } from './db/errors.js';

/** A port that cannot be opened. The message names the setting to change. */
class ListenFault extends Error {
  constructor(
    readonly code: string,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}

/**
 * What an error of listening means.
 * @param managementPort the second port, if there is one: the error names the port it is about
 */
export function listenFault(error: unknown, managementPort?: number): ListenFault {
  const { port, address = '' } = error as { port?: number; address?: string };
  const name = port !== undefined && port === managementPort ? 'ROLLCALL_MANAGEMENT_PORT' : 'PORT';
  const code = errnoOf(error) ?? 'LISTEN_FAILED';
  return new ListenFault(code, messageOf(code, { port, address, name }) ?? reasonOf(error), error);
}

function messageOf(
  code: string,
  { port, address, name }: { port: number | undefined; address: string; name: string },
): string | undefined {
  const host = name === 'PORT' ? 'ROLLCALL_HOST' : 'ROLLCALL_MANAGEMENT_HOST';
  switch (code) {
    case 'EADDRINUSE':
      return (
        `Port ${port} of ${address} is taken by another program, or by a Rollcall that runs already. Stop that one, or ` +
        `set ${name} to another port; 0 picks a free one.`
      );
    case 'EACCES':
      return `This account may not open port ${port} of ${address}. Set ${name} to a port from 1024 on.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address === '' ? 'The host' : address} is no address of this machine. Set ${host} to one, or leave it out.`;
    default:
      return undefined;
  }
}
