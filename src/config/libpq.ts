const WISHES_FOR_TLS = ['require', 'verify-ca', 'verify-full', 'no-verify'];

/**
 * Takes the variables of libpq (`PGOPTIONS`, `PGSSLMODE`, `PGHOST` …) out of an environment. A shell or pod has them for
 * other programs, and node-postgres would fill in from them whatever our connections leave open. Only a wish for TLS is
 * kept, as a parameter of a `DATABASE_URL` that says nothing of it: nobody is to lose it unnoticed.
 * @returns what `DATABASE_URL` is then
 */
export function forgetLibpq(environment: NodeJS.ProcessEnv): string | undefined {
  const { DATABASE_URL: url, PGSSLMODE: mode = '' } = environment;
  for (const name of Object.keys(environment)) if (/^PG[A-Z]/.test(name)) delete environment[name];
  if (!url || !WISHES_FOR_TLS.includes(mode) || /[?&]ssl(mode)?=/.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}sslmode=${mode}`;
}
