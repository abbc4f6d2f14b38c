import { eq, notInArray, sql } from 'drizzle-orm'
import { courtCounties, courts } from '../../../db/schema.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Work } from '../../work.ts'

/**
 * Makes the courts of the profile the courts of the database. A court that left the profile stays, for its cases'
 * sake, as one that takes no part; one that an import brought is left as it is. Safe to repeat.
 */
export async function putProfileCourts({ tx }: Work, profile: CourtProfile): Promise<void> {
  for (const court of profile.courts) {
    const facts = {
      name: court.name,
      shortName: court.shortName,
      circuit: court.circuit,
      timeZone: court.timeZone ?? profile.timeZone,
      isTakingPart: court.isTakingPart,
      takingPartSince: court.takingPartSince,
      isInProfile: true,
    }
    await tx.insert(courts).values({ code: court.code, ...facts }).onConflictDoUpdate({ target: courts.code, set: facts })
    await tx.delete(courtCounties).where(eq(courtCounties.court, court.code))
    if (court.counties.length > 0) {
      await tx.insert(courtCounties).values(court.counties.map((county) => ({ court: court.code, county })))
    }
  }
  await tx.update(courts).set({ isTakingPart: false })
    .where(sql`${courts.isInProfile} and ${notInArray(courts.code, profile.courts.map((court) => court.code))}`)
}
