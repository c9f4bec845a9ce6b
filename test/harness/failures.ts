/** How many tests of this file failed so far; counted by the environment. */
export function failedTests(): number {
  return (globalThis as { rollcallFailedTests?: number }).rollcallFailedTests ?? 0;
}
