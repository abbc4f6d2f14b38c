import { setTimeout as sleep } from 'node:timers/promises'

/** More than keeping a request takes, where the machine is not overrun. */
export const evenMs = 100

/**
 * Runs what is answered alike but takes longer for some than for others, and ends no sooner than `leastMs` after it began, however it
 * ends: its time tells nothing (N5).
 */
export const inEvenTime = (leastMs: number) => async <T>(todo: () => Promise<T>): Promise<T> => {
  const [done] = await Promise.allSettled([todo(), sleep(leastMs)])
  if (done.status === 'rejected') throw done.reason
  return done.value
}
