import { migrateDatabase, openDatabase } from '../../db/open-database.ts'
import { putProfileCourts } from '../domain/courts/put-profile-courts.ts'
import type { CourtProfile } from '../profile/schema.ts'
import { workplaceOf } from '../work.ts'

/** Migrates an empty database and gives it the courts of the profile: what every test begins with. */
export async function prepareDatabase(url: string, profile: CourtProfile): Promise<void> {
  await migrateDatabase(url)
  const workplace = workplaceOf(openDatabase(url), { now: () => new Date('2026-01-01T06:00:00Z') })
  await workplace.inOneTransaction((work) => putProfileCourts(work, profile))
  await workplace.close()
}
