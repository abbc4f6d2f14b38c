/** One line of the table. */
export interface Figure {
  readonly goal: string
  readonly what: string
  readonly limit: string
  readonly figure: string
  readonly reference: string
  readonly spread: string
  /** Null where there is no goal: the figure stands beside another. */
  readonly isMet: boolean | null
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  return sorted.length % 2 === 1 ? middle : (middle + (sorted[sorted.length / 2 - 1] ?? Number.NaN)) / 2
}

/** `1.12 to 1.31 in 5 pairs`. */
export const spreadOf = (values: readonly number[], digits: number, unit: string): string =>
  `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)} in ${values.length} ${unit}`

/** Each pair's own ratio: what slowed the machine for both slows neither in it. */
export const ratios = (above: readonly number[], below: readonly number[]): number[] =>
  above.map((value, index) => value / (below[index] ?? Number.NaN))

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const grouped = (count: number): string => Math.round(count).toLocaleString('en-US')

/** Milliseconds that this takes. */
export async function timed(todo: () => unknown): Promise<number> {
  const began = performance.now()
  await todo()
  return performance.now() - began
}

/** Milliseconds of processor time that this process has used since, on all its threads. */
export function processorMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
