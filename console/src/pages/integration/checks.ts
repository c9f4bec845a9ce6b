/** The checks of the server by name, for their words here; what a name says besides is its one group. */
const CHECKS = {
  dns: /^DNS$/,
  tls: /^TLS(?: of (.+))?$/,
  port: /^port of (.+)$/,
  installation: /^installation$/,
  test: /^Callback-Test (.+)$/,
  buffering: /^buffering$/,
  largest: /^largest body$/,
  tokenForm: /^token, form body$/,
  tokenBasic: /^token, Basic$/,
  tokenHeaders: /^token, raw headers$/,
  token: /^token$/,
  callback: /^callback (.+)$/,
  rest: /^all else$/,
} as const;

type Name = keyof typeof CHECKS;

/** @returns no name for a check of a newer server: it is shown as it is called there */
export function checkOf(check: string): { name?: Name; what?: string } {
  for (const name of Object.keys(CHECKS) as Name[]) {
    const match = CHECKS[name].exec(check);
    if (match !== null) return { name, what: match[1] };
  }
  return {};
}
