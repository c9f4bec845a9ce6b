import { TestEnvironment } from 'jest-environment-node';

const KEEPS_ALIVE = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'ProcessWrap', 'Timeout'];
/** Only a file that leaves something waits so long. */
const GRACE_MILLISECONDS = 15_000;

/** What jest leaves in the global object for the test file alone. */
const OF_THE_FILE = /^(EVENT_HANDLERS|JEST_STATE_SYMBOL|RETRY|LOG_ERRORS|WAIT_BEFORE|TEST_TIMEOUT|\$\$jest)/;

/** Of this worker. */
let kept;

/**
 * Node as usual, plus: counts failed tests for `freshDatabase`, and fails a file that leaves something alive. It is one
 * for all files of a worker, with the modules they have loaded (see runtime.cjs), but for files that mock a module, which
 * say so by `@jest-environment-options {"keepsModules": false}`.
 */
export default class RollcallEnvironment extends TestEnvironment {
  constructor(config, context) {
    const { globalConfig, projectConfig } = config;
    // who watches changes modules
    const isWatched = globalConfig.watch || globalConfig.watchAll;
    const keepsModules = projectConfig.testEnvironmentOptions.keepsModules === true && !isWatched;
    if (keepsModules && kept !== undefined) return kept;
    super(config, context);
    this.keepsModules = keepsModules;
    const { env, exit } = this.global.process;
    this.found = { env: { ...env }, exit };
    if (keepsModules) kept = this;
  }

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
    if (this.keepsModules) this.restore();
    else await super.teardown();
    if (left.length === 0) return;
    const message = `This test file leaves something alive (a pool, a server, a timer, a process): ${left.join(', ')}`;
    // an error here hides the results of the tests, and a failed test is the likelier cause
    if (failed > 0) console.warn(message);
    else throw new Error(message);
  }

  /** As the next file expects it. */
  restore() {
    const { process } = this.global;
    this.fakeTimersModern.useRealTimers();
    process.exit = this.found.exit;
    for (const name of Object.keys(process.env)) if (!(name in this.found.env)) delete process.env[name];
    Object.assign(process.env, this.found.env);
    for (const key of Object.getOwnPropertySymbols(this.global))
      if (OF_THE_FILE.test(key.description)) delete this.global[key];
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
