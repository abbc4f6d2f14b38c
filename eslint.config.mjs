import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const isProcess = (at) => `:matches([${at}.name='process'], [${at}.property.name='process'], [${at}.property.value='process'])`
const isEnv = (at) => `:matches([${at}.name='env'], [${at}.value='env'])`
// As a member however written, taken apart, and brought in by another name than the global one.
const noEnvironment = [
  `MemberExpression${isEnv('property')}${isProcess('object')}`,
  `VariableDeclarator${isProcess('init')} > ObjectPattern > Property${isEnv('key')}`,
  `Property[key.name='process'] > ObjectPattern > Property${isEnv('key')}`,
  ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression)[source.value=/^(node:)?process$/]',
].map((selector) => ({ selector, message: 'Only server/env.ts reads the environment.' }))
const noOwnTransaction = {
  selector: "CallExpression[callee.property.name='transaction']",
  message: "Use inOneTransaction: Drizzle's own transaction runs awaited statements outside of it.",
}
const noClock = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  "MemberExpression:matches([object.name='Date'], [object.name='performance']):matches([property.name='now'], [property.value='now'])",
  "MemberExpression[object.name='Temporal'][property.name='Now']",
].map((selector) => ({ selector, message: 'Domain code takes `now` from its unit of work.' }))

export default tseslint.config(
  { ignores: ['node_modules/', '.next/', 'data/', 'next-env.d.ts', 'test-results/', 'playwright-report/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs['recommended'].rules,
      // A drizzle query is a thenable: one that nobody awaits never runs, and `void` does not await.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true, ignoreVoid: false }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noEnvironment, noOwnTransaction],
    },
  },
  {
    files: ['server/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noEnvironment, noOwnTransaction, ...noClock] },
  },
  { files: ['server/env.ts'], rules: { 'no-restricted-syntax': ['error', noOwnTransaction] } },
  {
    // Set-up and settings, before TypeScript runs: no types to ask.
    files: ['**/*.mjs', '**/*.cjs'],
    rules: {
      eqeqeq: 'error',
      'no-const-assign': 'error',
      'no-constant-condition': ['error', { checkLoops: false }],
      'no-dupe-keys': 'error',
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-redeclare': 'error',
      'no-self-assign': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-unsafe-optional-chaining': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', ...noEnvironment],
    },
  },
  {
    // They hand the environment on to the processes that they start, and ask whether one of its names is set.
    files: ['server/boot/**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // They set up child processes and say on the terminal what they measured or did.
    files: ['bench/**/*.ts', 'e2e/**/*.ts', '**/*.test.ts', '**/*.test.tsx', 'server/testing/**/*.ts', '*.config.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', noOwnTransaction] },
  },
)
