/** Characters that move a terminal's cursor, colour it or type for its user, or that reverse the order of a line. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const HIDDEN_BUT_LINES = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const CONTROL = /\p{Cc}/u;

/** A text from outside, on one line for a terminal or a mail. Characters without a shape are spelled like `\u001b`. */
export function printable(text: string): string {
  return text.replace(HIDDEN, spelled);
}

/** The same for a text with several lines. */
export function printableLines(text: string): string {
  return text.replace(HIDDEN_BUT_LINES, spelled);
}

export function hasControls(text: string): boolean {
  return CONTROL.test(text);
}

function spelled(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
