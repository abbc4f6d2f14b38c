import { courts } from '../../../db/schema.ts'
import { dayOf } from '../../contract/court-time.ts'
import type { CourtRecord } from '../../contract/records.ts'
import type { Intake } from './intake.ts'
import { accepted, shown, unchanged, type Outcome } from './outcome.ts'

/** Adds a court that the profile does not list: it takes part from today, in its own zone (I3). A known court is left as it is. */
export async function recordCourt({ tx, now, zones }: Intake, { code, name, timeZone }: CourtRecord): Promise<Outcome> {
  if (!isTimeZone(timeZone)) return { kind: 'rejected', reason: `The time zone ${shown(timeZone)} of court ${shown(code)} is not known.` }
  const [added] = await tx.insert(courts).values({
    code, name, shortName: name, circuit: null, timeZone, isTakingPart: true, takingPartSince: dayOf(now, timeZone), isInProfile: false,
  }).onConflictDoNothing({ target: courts.code }).returning({ code: courts.code })
  if (!added) return unchanged
  zones.set(code, timeZone)
  return accepted
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
