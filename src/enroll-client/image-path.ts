import { Problem } from '../problem/problem.js';

const MAX_CHARACTERS = 1024;
const URL_LIKE = /^\s*([a-z][a-z0-9+.-]+:[/\\]|[/\\]{2}|(data|file|blob|javascript|about):)/i;

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|\p{Surrogate}/u;

/**
 * Checks an image path that came from eNROLL and returns it unchanged: it is opaque to us and never one of our file names
 * (M10). It goes back to eNROLL, so we refuse whatever eNROLL could read as another host or another folder.
 * @throws Problem ENROLL_IMAGE_PATH for `..` (also percent-encoded), control characters, absolute URLs, blank or
 * over-long text
 */
export function checkImagePath(path: string): string {
  const fault = faultOf(path);
  if (fault !== undefined) throw new Problem('ENROLL_IMAGE_PATH', fault);
  return path;
}

function faultOf(path: string): string | undefined {
  if (path.trim() === '') return 'It is blank';
  if (path.length > MAX_CHARACTERS) return `It is longer than ${MAX_CHARACTERS} characters`;
  for (const spelling of spellings(path)) {
    if (CONTROL.test(spelling)) return 'It holds control characters';
    if (URL_LIKE.test(spelling)) return 'It is a URL';
    if (spelling.split(/[/\\]/).some((segment) => segment.trim() === '..')) return 'It climbs with ..';
  }
  return undefined;
}

/** The path as it is, and after one and two rounds of percent-decoding. */
function spellings(path: string): string[] {
  const found = [path];
  for (let round = 0; round < 2; round += 1) {
    try {
      found.push(decodeURIComponent(found.at(-1) ?? ''));
    } catch {
      break; // a lone % is an ordinary character
    }
  }
  return found;
}
