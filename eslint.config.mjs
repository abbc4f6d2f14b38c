import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only server/env.ts reads the environment.',
}
const noOwnTransaction = {
  selector: "CallExpression[callee.property.name='transaction']",
  message: "Use inOneTransaction: Drizzle's own transaction runs awaited statements outside of it.",
}
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Domain code takes `now` from its unit of work.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Domain code takes `now` from its unit of work.' },
]

export default tseslint.config(
  { ignores: ['node_modules/', '.next/', 'data/', 'next-env.d.ts', 'test-results/', 'playwright-report/'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs['recommended'].rules,
      // A drizzle query is a thenable: one that nobody awaits never runs.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', noEnvironment, noOwnTransaction],
    },
  },
  {
    files: ['server/domain/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnvironment, noOwnTransaction, ...noClock] },
  },
  { files: ['server/env.ts'], rules: { 'no-restricted-syntax': ['error', noOwnTransaction] } },
  {
    // They set up child processes and say on the terminal what they measured or did.
    files: ['bench/**/*.ts', 'e2e/**/*.ts', '**/*.test.ts', '**/*.test.tsx', 'server/testing/**/*.ts', '*.config.ts'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', noOwnTransaction] },
  },
)
