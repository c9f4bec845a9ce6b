import { readPreference } from '../preferences';

/** After `g`: where a letter leads. By the key's place, since Arabic keyboards have other letters there. */
export const PLACES: Readonly<Record<string, string>> = {
  KeyO: '',
  KeyI: 'integration',
  KeyA: 'applicants',
  KeyR: 'receipts',
  KeyF: 'refusals',
  KeyQ: 'quarantine',
  KeyM: 'images',
  KeyE: 'endpoints',
  KeyU: 'audit',
  KeyP: 'people',
};

/** Single keys can be switched off, for those who speak or slip (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return readPreference('shortcuts') !== 'off';
}

/** Whether a key is typed into something. */
export function isTyped({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return true;
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null
  );
}

/** Moves between the links of a list's rows. */
export function moveInRows(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const now = links.findIndex((link) => link === document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}
