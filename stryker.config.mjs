/** Mutation tests of what must not be wrong, run by hand: `npx stryker run` (docs/testing.md has the figures). */
export default {
  mutate: [
    'src/applicants/decide.ts',
    'src/enroll-contract/**/*.ts',
    'src/auth/**/*.ts',
    'src/crypto/**/*.ts',
    '!src/**/*.spec.ts',
    // shapes, wiring and documentation: nothing to be wrong about that the compiler does not see
    '!src/**/*.{types,dto,entity,module}.ts',
  ],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.config.mjs',
    // Stryker wraps the environment and does not know <rootDir>.
    config: {
      testEnvironment: './test/harness/environment.mjs',
      // each mutant needs its modules anew
      testEnvironmentOptions: {},
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/{auth,crypto}/*.spec.ts'],
    },
    enableFindRelatedTests: true,
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  ignorePatterns: ['dist', 'coverage', '.rollcall', 'reports'],
  reporters: ['clear-text', 'progress', 'html'],
  thresholds: { high: 90, low: 85, break: 85 },
};
