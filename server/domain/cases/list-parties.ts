import { asc, eq } from 'drizzle-orm'
import { parties } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { PartyView } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

/** The parties of a case and their attorneys in the order of the record (A4). Refuses as `getPublicCase`. */
export async function listParties(reading: Reading, name: CaseName): Promise<PartyView[]> {
  const { case: { id } } = await getPublicCase(reading, name)
  const rows = await reading.tx.select({ name: parties.name, role: parties.role, attorney: parties.attorney }).from(parties)
    .where(eq(parties.caseId, id)).orderBy(asc(parties.ordinal))
  return rows.map((row) => ({ name: displayText(row.name), role: displayText(row.role), attorney: displayText(row.attorney) }))
}
