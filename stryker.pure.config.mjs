import config from './stryker.config.mjs';

/** The pure half of the mutation tests: no database is started for each mutant, so that it takes minutes. */
export default {
  ...config,
  mutate: [
    'src/applicants/decide.ts',
    'src/applicants/outcome.ts',
    'src/enroll-contract/**/*.ts',
    '!src/**/*.spec.ts',
    '!src/**/*.types.ts',
    '!src/enroll-contract/types.ts',
  ],
  jest: {
    ...config.jest,
    config: {
      testEnvironment: 'node',
      globalSetup: null,
      globalTeardown: null,
      testMatch: ['<rootDir>/src/enroll-contract/**/*.spec.ts', '<rootDir>/src/applicants/decide.spec.ts'],
    },
  },
  incrementalFile: 'reports/mutation/incremental-pure.json',
};
