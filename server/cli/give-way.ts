import { constants, getPriority, setPriority } from 'node:os'

/**
 * Lets other processes of this machine have the processor first. Where the system does not let it, or it is behind them already,
 * nothing changes: it works all the same.
 */
export function giveWay(): void {
  const { PRIORITY_BELOW_NORMAL } = constants.priority
  try {
    if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL)
  } catch {
    // A container may forbid it.
  }
}
