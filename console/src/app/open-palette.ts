/** Event of the window by which the palette opens. */
export const PALETTE = 'rollcall:palette';

export function openPalette(): void {
  window.dispatchEvent(new Event(PALETTE));
}
