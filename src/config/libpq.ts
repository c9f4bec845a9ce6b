const WISHES_FOR_TLS = ['require', 'verify-ca', 'verify-full', 'no-verify'];
/** A user with a password before the host, or the parameter. */
const HAS_PASSWORD = /^[^/]*\/\/[^/?#@]*:[^@]+@|[?&]password=/;

/**
 * Removes the variables of libpq (`PGOPTIONS`, `PGSSLMODE`, `PGHOST` …) from an environment. A shell or pod sets them for
 * other programs, and node-postgres would use them for everything that our connections leave open. Two are kept, as
 * parameters of a `DATABASE_URL` that does not set them itself: the password, which many keep out of URLs, and the wish for
 * TLS, which must not get lost unnoticed.
 * @param DATABASE_URL from the environment, or from its file
 * @returns the new `DATABASE_URL`
 */
export function forgetLibpq(
  environment: NodeJS.ProcessEnv,
  DATABASE_URL: string | undefined,
): string | undefined {
  const { PGSSLMODE: mode = '', PGPASSWORD: password = '' } = environment;
  for (const name of Object.keys(environment)) if (/^PG[A-Z]/.test(name)) delete environment[name];
  if (!DATABASE_URL) return DATABASE_URL;
  const url = DATABASE_URL.trim();
  const kept: string[] = [];
  if (password !== '' && !HAS_PASSWORD.test(url)) kept.push(`password=${encodeURIComponent(password)}`);
  if (WISHES_FOR_TLS.includes(mode) && !/[?&]ssl(mode)?=/.test(url)) kept.push(`sslmode=${mode}`);
  if (kept.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${kept.join('&')}`;
}
