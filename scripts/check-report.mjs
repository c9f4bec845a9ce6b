/** PASS and FAIL, one line each, and a last line that counts them; the exit code is 1 where something failed. */
export function reporter() {
  let passed = 0;
  let failed = 0;
  return {
    /** @param holds true, or what was seen instead */
    check(what, holds) {
      if (holds === true) passed++;
      else failed++;
      console.log(holds === true ? `PASS  ${what}` : `FAIL  ${what}: ${holds}`);
      return holds === true;
    },
    close() {
      console.log(`\n${passed} passed, ${failed} failed`);
      process.exitCode = failed === 0 ? 0 : 1;
    },
  };
}
