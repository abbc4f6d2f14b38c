import { cache } from 'react'
import { getCaller } from '../_trpc/caller.ts'

/** What every page shows of the court's profile: service name, help desk, courts, today. Read once a request. */
export const readFrame = cache(async () => (await getCaller()).site.frame())
export type Frame = Awaited<ReturnType<typeof readFrame>>
