import { lazily } from './lazily';

/** Asks before something is done that many would feel, or that nothing undoes. Enter in a field of it acts, too. */
export const Dialog = lazily(async () => (await import('./DialogWindow')).DialogWindow);
