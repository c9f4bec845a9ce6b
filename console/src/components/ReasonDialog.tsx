import { lazily } from './lazily';

/** Asks why. The audit keeps the answer for good. */
export const ReasonDialog = lazily(async () => (await import('./ReasonWindow')).ReasonWindow);
