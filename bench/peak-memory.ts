import { readFileSync } from 'node:fs'

/**
 * The most that this process was ever resident with, in bytes, since it began to run its own program: what `getrusage` tells of a
 * process that was forked counts what its parent held then.
 */
export function peakMemory(): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  if (kilobytes === undefined) throw new Error('This system does not tell what a process was resident with.')
  return Number(kilobytes) * 1024
}
