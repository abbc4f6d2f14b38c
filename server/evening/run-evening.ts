import { finishRun } from '../domain/digest/finish-run.ts'
import { planNotices, type PlanningStep } from '../domain/digest/plan-notices.ts'
import { takeChanges } from '../domain/digest/take-changes.ts'
import { parkRun } from '../domain/restorations/park-run.ts'
import { planCandidates } from '../domain/watches/plan-candidates.ts'
import { dayOf } from '../contract/court-time.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import type { Workplace } from '../work.ts'

/** Steps of an evening, by name: what was done when it is told. Only `committed` lasts. */
export type EveningStep = 'taken' | PlanningStep | 'watched' | 'finished' | 'committed'

/** The answer of the digest address (contract.md section 4); counts are of this run. */
export interface EveningResult {
  readonly day: string
  readonly state: 'completed' | 'running'
  readonly notices: number
  readonly emails: number
  readonly texts: number
  readonly reminders: number
  readonly durationMs: number
}

/** With the run that was begun; null when there was nothing to take and the evening had been held. */
export type HeldEvening = EveningResult & { readonly runId: number | null }

/**
 * Holds one evening: takes every change that no run has taken, and what of events and payments fell due, and owes each
 * active subscription of such a case one notice, and each account one e-mail of the new cases that its watches found (G7), in one
 * transaction (F4, F5, F6, F9). After a backup was restored what it owes waits for a person (R14). Killed anywhere it leaves
 * nothing; held again it adds only what has come since. Refuses as `takeChanges`.
 */
export async function runEvening(
  workplace: Workplace, site: Site, evening: { day?: string | undefined; mayBeFuture: boolean }, reached?: (step: EveningStep) => void,
): Promise<HeldEvening> {
  const began = performance.now()
  const held = await workplace.inOneTransaction(async (work) => {
    const run = await takeChanges(work, site.profile, evening)
    reached?.('taken')
    const planned = run ? await planNotices(work, site, run, reached) : { notices: 0, emails: 0, texts: 0, reminders: 0 }
    const candidates = run ? await planCandidates(work, site, run) : 0
    reached?.('watched')
    if (run) await parkRun(work, run.id)
    const durationMs = Math.round(performance.now() - began)
    if (run) await finishRun(work, run, durationMs)
    reached?.('finished')
    return {
      day: run?.day ?? evening.day ?? dayOf(work.now, site.profile.timeZone),
      state: 'completed',
      ...planned,
      emails: planned.emails + candidates,
      durationMs,
      runId: run?.id ?? null,
    } as const
  })
  reached?.('committed')
  return held
}
