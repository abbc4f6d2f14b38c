import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** How much is done, in the units of the total. */
  to(done: number): void
  end(): void
}

/** A progress bar on standard error where that is a terminal, and nothing elsewhere. */
export function showProgress(what: string, total: number, unit: string): Progress {
  if (!process.stderr.isTTY) return { to: () => undefined, end: () => undefined }
  const bar = new SingleBar({
    format: `${what} {bar} {percentage} % of {total} ${unit}, {eta_formatted} left`, stream: process.stderr, hideCursor: true,
  }, Presets.shades_classic)
  bar.start(Math.max(total, 1), 0)
  return { to: (done) => bar.update(done), end: () => bar.stop() }
}
