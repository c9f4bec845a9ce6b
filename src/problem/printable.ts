/** What moves a terminal's cursor, colours it or answers for the person before it; what turns the order of a line around. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const HIDDEN_BUT_LINES = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const CONTROL = /\p{Cc}/u;

/** A text that came from outside, on one line for a terminal or a mail: what has no shape of its own is spelled `\u001b`. */
export function printable(text: string): string {
  return text.replace(HIDDEN, spelled);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string {
  return text.replace(HIDDEN_BUT_LINES, spelled);
}

export function hasControls(text: string): boolean {
  return CONTROL.test(text);
}

function spelled(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
