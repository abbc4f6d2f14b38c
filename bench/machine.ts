import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { median } from './figures.ts'

/** What the figures were taken on; figures of two machines say nothing of each other. */
export interface Machine {
  readonly text: string
  /** How long a small write takes until the disk has it: the median of some, in milliseconds. */
  readonly syncMs: number
}

export function lookAtMachine(folder: string): Machine {
  const processors = cpus()
  const syncMs = measureSync(join(folder, 'sync'))
  const gigabytes = (totalmem() / 2 ** 30).toFixed(0)
  return {
    syncMs,
    text: `${processors.length} × ${processors[0]?.model.trim() ?? 'processor'}, ${gigabytes} GB, ${process.platform} ${process.arch}, Node ${process.version}; `
      + `a write that must reach the disk takes ${syncMs.toFixed(2)} ms; load when it began: ${(loadavg()[0] ?? 0).toFixed(1)}`,
  }
}

function measureSync(file: string): number {
  const handle = openSync(file, 'w')
  const page = Buffer.alloc(8192)
  const taken = Array.from({ length: 50 }, () => {
    const began = performance.now()
    writeSync(handle, page)
    fdatasyncSync(handle)
    return performance.now() - began
  })
  closeSync(handle)
  rmSync(file)
  return median(taken)
}
