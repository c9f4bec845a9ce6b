import { Problem } from '../problem/problem.js';
import { checkImagePath } from './image-path.js';

function codeOf(refused: () => unknown): unknown {
  try {
    return refused();
  } catch (error) {
    return (error as Problem).code;
  }
}

describe('M10: an image path', () => {
  it.each([
    'live/2026/11/a-1.jpg',
    '/uploads/صورة البطاقة.jpg',
    'photo..jpg',
    'a b+c=100%.png',
    'C-3:front.jpg',
    '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  ])('%p is opaque and passes unchanged', (path) => {
    expect(checkImagePath(path)).toBe(path);
  });

  it.each([
    ['..', '../etc/passwd'],
    ['..', 'a/../b.jpg'],
    ['..', 'a\\..\\b.jpg'],
    ['..', '..'],
    ['..', 'a/%2e%2e/b.jpg'],
    ['..', 'a%2f..%2fb.jpg'],
    ['..', '%252e%252e%252fb.jpg'],
    ['URL', 'http://169.254.169.254/latest'],
    ['URL', 'HTTPS://elsewhere/a.jpg'],
    ['URL', '//elsewhere/a.jpg'],
    ['URL', '\\\\server\\share\\a.jpg'],
    ['URL', 'file:/etc/passwd'],
    ['URL', 'data:image/png;base64,AAAA'],
    ['URL', 'http%3A%2F%2Felsewhere%2Fa.jpg'],
    ['control characters', 'a\u0000.jpg'],
    ['control characters', 'a\r\nX-Header: 1'],
    ['control characters', 'a%00.jpg'],
    ['control characters', '\ud800.jpg'],
    ['blank', '  '],
    ['longer than', 'x'.repeat(1025)],
  ])('with %s is refused: %p', (reason, path) => {
    const refused = () => checkImagePath(path);
    expect(refused).toThrow(Problem);
    expect(refused).toThrow(reason);
    expect(codeOf(refused)).toBe('ENROLL_IMAGE_PATH');
  });
});
