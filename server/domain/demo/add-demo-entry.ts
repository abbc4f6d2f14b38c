import { and, desc, eq } from 'drizzle-orm'
import { downward } from '../../../db/columns.ts'
import { cases, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { Work } from '../../work.ts'
import { beginIntake } from '../docket/intake.ts'
import { recordEntry } from '../docket/record-entry.ts'
import type { Site } from '../outbox/message-frame.ts'
import { planTexts } from '../texts/plan-texts.ts'
import { lastChangeId } from '../tracking/last-change-id.ts'
import { diceFor } from './dice.ts'
import { inventTodaysEntry } from './invent-todays-entry.ts'

/**
 * Adds one invented entry to the public case whose tracking became active last, as if its court had sent it: the next
 * evening tells it, and texts do at once. Null when no case is tracked.
 */
export async function addDemoEntry(work: Work, site: Site): Promise<{ caseNumber: string } | null> {
  const { tx, now } = work
  const [tracked] = await tx.select({ number: cases.number, court: cases.court, caseType: cases.caseType }).from(subscriptions)
    .innerJoin(cases, and(eq(cases.id, subscriptions.caseId), eq(cases.security, 'public')))
    .where(eq(subscriptions.emailState, 'active'))
    .orderBy(downward(subscriptions.emailActiveAt), desc(subscriptions.id)).limit(1)
  if (!tracked) return null
  const after = await lastChangeId(work)
  const entry = inventTodaysEntry(diceFor(after, 'entry'), site.profile, tracked, now, `demo-${after}`)
  const outcome = await recordEntry(beginIntake(work, { isQuiet: false, site }), entry)
  if (outcome.kind !== 'accepted') throw new Error('The invented entry was not taken in.')
  await planTexts(work, site, after)
  return { caseNumber: displayText(tracked.number) }
}
