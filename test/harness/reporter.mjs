import { writeSync } from 'node:fs';

/**
 * Prints `N passed, M failed` alone as the very last line, which build machines read. A file that could not even run
 * counts as one failure, or a syntax error would look like success.
 */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // At exit, because jest prints its summary and tears down after the reporters.
    process.once('exit', () => writeSync(1, `\n${results.numPassedTests} passed, ${failed} failed\n`));
  }
}
