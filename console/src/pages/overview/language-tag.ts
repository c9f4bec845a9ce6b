/**
 * uPlot makes a number format of the browser's language as it is loaded. A Chromium that was started with the locale C has a tag that
 * is none, `en-US@posix`: no chart would be drawn there.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
