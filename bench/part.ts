import type { Template } from './databases.ts'
import type { DemoDatabase } from './demo-databases.ts'
import type { Figure } from './figures.ts'
import type { Machine } from './machine.ts'
import type { EveningSize } from './put-evening.ts'
import type { Provider } from './start-provider.ts'

/** What every measurement is given. What takes long to make is made when the first one asks for it, and once. */
export interface Bench {
  readonly isFull: boolean
  /** The size to plan for, or a tenth of it. */
  readonly size: EveningSize
  /** Counted rounds; one more warms up. */
  readonly rounds: number
  readonly machine: Machine
  /** Of what is measured. */
  readonly commit: string
  /** On a disk, and gone when the bench ends. */
  readonly folder: string
  readonly say: (line: string) => void
  /** Of `size`. */
  large(): Promise<Template>
  /** With a fifth of its cases and all of its subscriptions and entries. */
  small(): Promise<Template>
  /** With all of its cases and entries and a tenth of its subscriptions. */
  few(): Promise<Template>
  /** About 20,000 notices, whatever the size. */
  modest(): Promise<Template>
  /** As `ttc demo` makes it, of `size` and with a tenth of its cases. */
  demo(): Promise<DemoDatabase>
  smallDemo(): Promise<DemoDatabase>
  provider(): Promise<Provider>
}

export interface Measured {
  readonly figures: readonly Figure[]
  /** Paragraphs for `docs/performance.md`. */
  readonly how: readonly string[]
  readonly timeGoes?: readonly string[]
  /** Where it is the same whatever the size of the bench. */
  readonly size?: string
}

/** One measurement, which can be run by itself: `npm run bench -- P7`. */
export interface Part {
  readonly goals: readonly string[]
  readonly what: string
  measure(bench: Bench): Promise<Measured>
}
