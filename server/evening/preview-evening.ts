import { listOwed, type Owed } from '../domain/digest/list-owed.ts'
import { planNotices, type PlannedRun } from '../domain/digest/plan-notices.ts'
import { takeChanges } from '../domain/digest/take-changes.ts'
import { planCandidates } from '../domain/watches/plan-candidates.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import type { Workplace } from '../work.ts'

export interface Preview extends PlannedRun {
  /** Who would get what; empty unless asked for. */
  readonly list: readonly Owed[]
}

/** Says what an evening held now would owe: it is held, and undone. Refuses as `runEvening`. */
export async function previewEvening(
  workplace: Workplace, site: Site, { isListed, ...evening }: { day?: string | undefined; mayBeFuture: boolean; isListed: boolean },
): Promise<Preview> {
  const undone = new Error('The evening was held only to be counted.')
  let preview: Preview = { notices: 0, emails: 0, texts: 0, reminders: 0, list: [] }
  try {
    await workplace.inOneTransaction(async (work) => {
      const run = await takeChanges(work, site.profile, evening)
      if (run) {
        const planned = await planNotices(work, site, run)
        preview = { ...planned, emails: planned.emails + await planCandidates(work, site, run), list: isListed ? await listOwed(work, run.id) : [] }
      }
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  return preview
}
