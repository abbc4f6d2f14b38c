import { findFlood, findWaitingEvening, putHold, type Flood } from '../domain/digest/evening-holds.ts'
import { finishRun } from '../domain/digest/finish-run.ts'
import { planNotices, type PlanningStep } from '../domain/digest/plan-notices.ts'
import { takeChanges } from '../domain/digest/take-changes.ts'
import { parkRun } from '../domain/restorations/park-run.ts'
import { planCandidates } from '../domain/watches/plan-candidates.ts'
import { dayOf } from '../contract/court-time.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import type { Work, Workplace } from '../work.ts'

/** Steps of an evening, by name: what was done when it is told. Only `committed` lasts. */
export type EveningStep = 'taken' | PlanningStep | 'watched' | 'finished' | 'committed'

/** The answer of the digest address (contract.md section 4); counts are of this run. */
export interface EveningResult {
  readonly day: string
  /** `waiting`: for an operator's yes, since it owes far more than is usual (I7). */
  readonly state: 'completed' | 'running' | 'waiting'
  readonly notices: number
  readonly emails: number
  readonly texts: number
  readonly reminders: number
  readonly durationMs: number
}

/** With the run that was begun; null when there was nothing to take and the evening had been held, or where it waits. */
export type HeldEvening = EveningResult & { readonly runId: number | null }

/** What an evening asks of whoever holds it. */
export interface EveningToHold {
  readonly day?: string | undefined
  readonly mayBeFuture: boolean
}

const nothing = { notices: 0, emails: 0, texts: 0, reminders: 0 }

/** Thrown to undo what was planned. */
class Flooded extends Error {
  readonly flood: Flood
  constructor(flood: Flood) {
    super('The evening waits for an operator.')
    this.flood = flood
  }
}

/**
 * Holds one evening: takes every change that no run has taken, and what of events and payments fell due, and owes each
 * active subscription of such a case one notice, and each account one e-mail of the new cases that its watches found (G7), in one
 * transaction (F4, F5, F6, F9). After a backup was restored what it owes waits for a person (R14). Killed anywhere it leaves
 * nothing; held again it adds only what has come since. Where it would owe far more than is usual nothing is taken or owed, and
 * operators are told, once a day (I7). Refuses as `takeChanges`.
 */
export async function runEvening(workplace: Workplace, site: Site, evening: EveningToHold, reached?: (step: EveningStep) => void): Promise<HeldEvening> {
  const began = performance.now()
  const since = (): number => Math.round(performance.now() - began)
  try {
    const held = await workplace.inOneTransaction((work) => hold(work, site, evening, since, reached))
    reached?.('committed')
    return held
  } catch (error) {
    if (!(error instanceof Flooded)) throw error
    const { flood } = error
    await workplace.inOneTransaction((work) => putHold(work, site, flood))
    return { day: flood.day, state: 'waiting', ...nothing, durationMs: since(), runId: null }
  }
}

async function hold(
  work: Work, site: Site, evening: EveningToHold, since: () => number, reached?: (step: EveningStep) => void,
): Promise<HeldEvening> {
  const day = evening.day ?? dayOf(work.now, site.profile.timeZone)
  // What was reckoned once is not reckoned at every ping.
  if (await findWaitingEvening(work, day)) return { day, state: 'waiting', ...nothing, durationMs: since(), runId: null }
  const run = await takeChanges(work, site.profile, evening)
  reached?.('taken')
  if (!run) return { day, state: 'completed', ...nothing, durationMs: since(), runId: null }
  const planned = await planNotices(work, site, run, reached)
  const flood = await findFlood(work, site.profile, { day: run.day, notices: planned.notices })
  if (flood) throw new Flooded(flood)
  const candidates = await planCandidates(work, site, run)
  reached?.('watched')
  await parkRun(work, run.id)
  const durationMs = since()
  await finishRun(work, run, durationMs)
  reached?.('finished')
  return { day: run.day, state: 'completed', ...planned, emails: planned.emails + candidates, durationMs, runId: run.id }
}
