import { configDefaults, defineConfig } from 'vitest/config'

const everywhere = {
  setupFiles: ['server/testing/engine-of-project.ts', 'server/testing/quiet-console.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  pool: 'forks' as const,
  // A process loads our modules once and not for each file; every test has a database of its own.
  isolate: false,
}

// `npm test` runs these files beside all others.
const testsApart = process.env['TTC_TESTS_APART']?.split(',') ?? []

// Those of `processes` need the built pages.
const withoutPages = [...configDefaults.exclude, 'server/testing/processes/**', ...testsApart]

export default defineConfig({
  test: {
    // By default one core of them all is left free.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          ...everywhere,
          name: 'sqlite',
          provide: { engine: 'sqlite' },
          include: ['app/**/*.test.{ts,tsx}', 'server/**/*.test.{ts,tsx}', 'db/**/*.test.ts', 'emails/**/*.test.{ts,tsx}'],
          exclude: withoutPages,
        },
      },
      {
        test: {
          ...everywhere,
          name: 'postgres',
          provide: { engine: 'postgres' },
          globalSetup: ['server/testing/postgres-of-run.ts'],
          // All that meets a database. What does not is the same on both.
          include: ['server/{domain,delivery,evening,routers,adapters,testing}/**/*.test.{ts,tsx}', 'db/**/*.test.ts'],
          exclude: [...withoutPages, '**/*-against-intl.test.ts'],
        },
      },
      {
        test: {
          ...everywhere,
          name: 'processes',
          provide: { engine: 'postgres' },
          globalSetup: ['server/testing/postgres-of-run.ts'],
          include: ['server/testing/processes/**/*.test.ts'],
        },
      },
    ],
  },
})
