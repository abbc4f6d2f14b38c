import { setTimeout as sleep } from 'node:timers/promises'
import { cache } from 'react'
import { getCaller } from '../_trpc/caller.ts'
import type { OutageView } from '../../server/contract/outages-view.ts'

const waitMs = 1000

/**
 * What every page says of outages (I6). Empty where the database does not tell soon: a page that needs none, the help for
 * one, is better without its banner than not at all.
 */
export const readAnnouncements = cache(async (): Promise<readonly OutageView[]> => {
  const told = (await getCaller()).site.announcements().catch(() => [])
  return Promise.race([told, sleep(waitMs, [], { ref: false })])
})
