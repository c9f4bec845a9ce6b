const WISHES_FOR_TLS = ['require', 'verify-ca', 'verify-full', 'no-verify'];
/** A user with a password before the host, or the parameter. */
const HAS_PASSWORD = /^[^/]*\/\/[^/?#@]*:[^@]+@|[?&]password=/;

/**
 * Takes the variables of libpq (`PGOPTIONS`, `PGSSLMODE`, `PGHOST` …) out of an environment. A shell or pod has them for
 * other programs, and node-postgres would fill in from them whatever our connections leave open. Two are kept, as
 * parameters of a `DATABASE_URL` that says nothing of it: a password, which many keep out of URLs, and a wish for TLS, which
 * nobody is to lose unnoticed.
 * @returns what `DATABASE_URL` is then
 */
export function forgetLibpq(environment: NodeJS.ProcessEnv): string | undefined {
  const { DATABASE_URL, PGSSLMODE: mode = '', PGPASSWORD: password = '' } = environment;
  for (const name of Object.keys(environment)) if (/^PG[A-Z]/.test(name)) delete environment[name];
  if (!DATABASE_URL) return DATABASE_URL;
  const url = DATABASE_URL.trim();
  const kept: string[] = [];
  if (password !== '' && !HAS_PASSWORD.test(url)) kept.push(`password=${encodeURIComponent(password)}`);
  if (WISHES_FOR_TLS.includes(mode) && !/[?&]ssl(mode)?=/.test(url)) kept.push(`sslmode=${mode}`);
  if (kept.length === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${kept.join('&')}`;
}
