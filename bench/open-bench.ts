import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commitHere } from './commit-here.ts'
import { makeTemplate, type Template } from './databases.ts'
import { makeDemoDatabase } from './demo-databases.ts'
import { grouped, seconds } from './figures.ts'
import { lookAtMachine } from './machine.ts'
import type { Bench } from './part.ts'
import type { EveningSize } from './put-evening.ts'
import { startProvider } from './start-provider.ts'

// The size to plan for is 10 million cases, 1 million subscriptions, 200,000 entries on a busy day.
const sizeToPlanFor: EveningSize = { cases: 10_000_000, subscriptions: 1_000_000, entries: 200_000 }

/** About 20,000 notices. */
export const modestSize: EveningSize = { cases: 100_000, subscriptions: 55_000, entries: 11_000 }

/** Opens what measurements share, in a folder of its own that goes when the process ends. */
export function openBench({ isFull }: { isFull: boolean }): Bench & { close(): Promise<void> } {
  const began = performance.now()
  const say = (line: string): void => console.log(`${seconds(performance.now() - began).padStart(9)}  ${line}`)
  const folder = mkdtempSync(join(tmpdir(), 'ttc-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

  const part = isFull ? 1 : 10
  const size = { cases: sizeToPlanFor.cases / part, subscriptions: sizeToPlanFor.subscriptions / part, entries: sizeToPlanFor.entries / part }
  const make = (name: string, of: EveningSize) => once((): Promise<Template> => {
    say(`Making a database of ${grouped(of.cases)} cases, ${grouped(of.subscriptions)} subscriptions and ${grouped(of.entries)} entries …`)
    return makeTemplate(folder, name, of)
  })
  const makeDemo = (name: string, of: EveningSize) => once(() => {
    say(`Making demonstration data of ${grouped(of.cases)} cases …`)
    return makeDemoDatabase(folder, name, of)
  })
  const provider = once(startProvider)
  return {
    isFull, size, rounds: 5, folder, say,
    machine: lookAtMachine(folder),
    commit: commitHere(),
    large: make('large', size),
    small: make('small', { ...size, cases: size.cases / 5 }),
    few: make('few', { ...size, subscriptions: size.subscriptions / 10 }),
    modest: make('modest', modestSize),
    demo: makeDemo('demo', size),
    smallDemo: makeDemo('small-demo', { cases: size.cases / 10, subscriptions: size.subscriptions / 10, entries: size.entries / 10 }),
    provider,
    async close() {
      if (provider.isMade()) await (await provider()).close()
    },
  }
}

function once<T>(make: () => Promise<T>): { (): Promise<T>; isMade(): boolean } {
  let made: Promise<T> | undefined
  return Object.assign(() => (made ??= make()), { isMade: () => made !== undefined })
}
