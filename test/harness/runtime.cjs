const JestRuntime = require('jest-runtime').default;

/** Of this worker. */
let kept;

/**
 * Loads modules once per worker and not once per test file, which is half the time of a file that starts the
 * application: environment.mjs says for which files. Only the test file itself and jest's own modules are loaded anew.
 */
module.exports = class Runtime extends JestRuntime {
  constructor(config, environment, ...rest) {
    if (environment.keepsModules && kept !== undefined) {
      kept._testPath = rest.at(-2);
      return kept;
    }
    super(config, environment, ...rest);
    if (environment.keepsModules) kept = this;
  }

  setMock(...mock) {
    if (this === kept)
      throw new Error('The modules of a mock are its own: @jest-environment-options {"keepsModules": false}');
    super.setMock(...mock);
  }

  teardown() {
    if (this !== kept) {
      super.teardown();
      return;
    }
    this.restoreAllMocks();
    this.registries.moduleRegistry.delete(this._testPath);
    this.registries.internalModuleRegistry.clear();
    this.testMainModule.reset();
    // between tests nothing can be loaded
    this.enterTestCode();
  }
};
