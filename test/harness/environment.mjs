import { TestEnvironment } from 'jest-environment-node';

const KEEPS_ALIVE = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'ProcessWrap', 'Timeout'];
/** Only a file that leaves something waits so long. */
const GRACE_MILLISECONDS = 15_000;

/** Node as usual, plus: counts failed tests for `freshDatabase`, and fails a file that leaves something alive. */
export default class LeakCheckingEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.rollcallFailedTests = 0;
    this.before = countAlive();
  }

  async handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0) this.global.rollcallFailedTests += 1;
    if (event.name === 'hook_failure') this.global.rollcallFailedTests += 1;
  }

  async teardown() {
    const left = await whatIsLeft(this.before);
    const failed = this.global.rollcallFailedTests;
    await super.teardown();
    if (left.length === 0) return;
    const message = `This test file leaves something alive (a pool, a server, a timer, a process): ${left.join(', ')}`;
    // an error here hides the results of the tests, and a failed test is the likelier cause
    if (failed > 0) console.warn(message);
    else throw new Error(message);
  }
}

/** Only what would keep the process running; unref'd timers and sockets are no leak. */
function countAlive() {
  const counts = new Map(KEEPS_ALIVE.map((kind) => [kind, 0]));
  for (const kind of process.getActiveResourcesInfo())
    if (counts.has(kind)) counts.set(kind, counts.get(kind) + 1);
  return counts;
}

async function whatIsLeft(before) {
  const deadline = Date.now() + GRACE_MILLISECONDS;
  for (;;) {
    // the pause's own timer must not be counted
    const now = countAlive();
    const left = KEEPS_ALIVE.filter((kind) => now.get(kind) > (before?.get(kind) ?? 0));
    if (left.length === 0 || Date.now() > deadline) return left.map((kind) => `${now.get(kind)} ${kind}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
