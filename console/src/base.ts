/** Path of the console in its server's address, with slashes at both ends; a proxy may have put something in front. */
export const BASE = import.meta.env.DEV
  ? '/console/'
  : new URL(/* @vite-ignore */ '../', import.meta.url).pathname;

/** Path in front of `/api`, without a slash at its end. */
export const SERVER = BASE.slice(0, -'/console/'.length);

/** What the server wrote into the page. */
export function settingOf(name: 'sso'): boolean {
  return document.querySelector<HTMLMetaElement>(`meta[name="rollcall-${name}"]`)?.content === 'on';
}

/** Styles that are made at run time carry it, or the policy of the page refuses them. */
export const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
