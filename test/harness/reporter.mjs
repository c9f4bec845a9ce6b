/** Prints the closing line that build machines read. */
export default class ClosingLineReporter {
  onRunComplete(_, results) {
    console.log(`${results.numPassedTests} passed, ${results.numFailedTests} failed`);
  }
}
