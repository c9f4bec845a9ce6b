/** What stands behind the `#` of a link: read once, and taken out of the address, as it must not stay in the history. */
export function takeToken(): string {
  const token = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname);
  return token;
}
