const YEAR_SECONDS = 31_536_000;

/**
 * What somebody chose for this browser. Cookies, not local storage: the server clears storage when somebody logs out. They hold no
 * personal data.
 */
export function readPreference(name: 'language' | 'colours' | 'shortcuts'): string | undefined {
  const start = `rollcall-${name}=`;
  const pair = document.cookie.split('; ').find((one) => one.startsWith(start));
  return pair?.slice(start.length);
}

export function writePreference(name: 'language' | 'colours' | 'shortcuts', value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `rollcall-${name}=${value}; Path=/; SameSite=Strict; Max-Age=${YEAR_SECONDS}${secure}`;
}
