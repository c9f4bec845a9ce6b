import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

const processEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only src/config reads the environment: inject Config.',
};
const sqlOutsideRepositories = {
  selector: 'CallExpression[callee.property.name=/^(query|createQueryBuilder)$/]',
  message: 'A statement is a named function in its *.repository.ts.',
};
const ofPostgres = [
  {
    selector: "NewExpression[callee.object.name='pg']:not(:has(CallExpression[callee.name='poolOptions']))",
    message: 'Every connection is a BoundedClient made with connectionOptions or poolOptions of src/db.',
  },
  {
    selector:
      ":matches(Literal, TemplateElement)[value.raw=/time zone 'Africa|cairo_day\\(/], Literal[value=/time zone 'Africa|cairo_day\\(/]",
    message:
      'Days of Cairo come from enroll-contract/cairo-days.ts: what Postgres knows of time zones may be years old.',
  },
];
const everywhere = [
  { selector: "CallExpression[callee.name='forwardRef']", message: 'A cycle: move the shared piece down.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: name the file that owns it.' },
  {
    selector: "NewExpression[callee.name='Promise'] > ArrowFunctionExpression[async=true]",
    message: 'An async executor loses its errors.',
  },
];

export default defineConfig(
  globalIgnores([
    '**/dist/',
    'coverage/',
    'reports/',
    '.rollcall/',
    '.stryker-tmp/',
    'clients/typescript/src/openapi.ts', // generated
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    rules: {
      'max-lines': ['error', { max: 350, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 5],
      complexity: ['error', 12],
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [ts.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
    },
  },
  {
    files: ['src/**/*.ts', 'simulator/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...everywhere, ...ofPostgres, processEnv, sqlOutsideRepositories],
    },
  },
  {
    files: ['src/db/**/*.ts', 'src/**/*.repository.ts', 'simulator/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...ofPostgres, processEnv] },
  },
  // React takes a promise for what an event does, and shows no error of it: mutations do.
  {
    files: ['console/src/**/*.{ts,tsx}'],
    rules: { 'no-console': 'error', '@typescript-eslint/no-misused-promises': 'error' },
  },
  { files: ['src/config/{config,home}.ts'], rules: { 'no-restricted-syntax': ['error', ...everywhere] } },
  // A describe block is a chapter, not a function: its length says nothing.
  {
    files: ['**/*.spec.ts'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['src/**/*.module.ts', 'src/app.module.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off' },
  },
);
