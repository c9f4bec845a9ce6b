/** Nest 12 and its friends are ESM only: they are compiled to CommonJS with our own code, the one mode of jest that runs them. */
const compiledToo = [
  '@nestjs',
  '@standard-schema',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  'jose',
  'openid-client',
  'oauth4webapi',
  'content-disposition',
  'cookie',
  '@fastify',
  'pg-boss',
  'serialize-error',
  'cron-parser',
  'non-error',
  'birpc',
  'hyparquet',
  'hyparquet-writer',
  'string-width',
  'strip-ansi',
  'ansi-regex',
  'get-east-asian-width',
];

/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  testMatch: [
    '<rootDir>/src/**/*.spec.ts',
    '<rootDir>/test/**/*.spec.ts',
    '<rootDir>/simulator/**/*.spec.ts',
    '<rootDir>/clients/**/*.spec.ts',
  ],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/clients/.*/dist/'],
  testEnvironment: '<rootDir>/test/harness/environment.mjs',
  testEnvironmentOptions: { keepsModules: true },
  runtime: '<rootDir>/test/harness/runtime.cjs',
  globalSetup: '<rootDir>/test/harness/global-setup.mjs',
  globalTeardown: '<rootDir>/test/harness/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/harness/reporter.mjs'],
  maxWorkers: 2,
  testTimeout: 60_000,
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(${compiledToo.join('|')})/)`],
  transform: {
    '^.+\\.(ts|js|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          target: 'es2023',
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
};
