import { and, eq, inArray } from 'drizzle-orm'
import { cases, courts } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { Reading } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { whyUntrackable } from '../cases/why-untrackable.ts'
import type { CandidateCase } from '../outbox/message-content.ts'
import type { Site } from '../outbox/message-frame.ts'

const atOnce = 500

/** What mail of new cases says of each of these public cases, by its id (A6). */
export async function describeCandidates(reading: Reading, site: Site, ids: readonly number[]): Promise<Map<number, CandidateCase>> {
  const each = [...new Set(ids)]
  const described = new Map<number, CandidateCase>()
  for (let at = 0; at < each.length; at += atOnce) {
    const rows = await reading.tx.select({ case: cases, court: courts }).from(cases).innerJoin(courts, eq(courts.code, cases.court))
      .where(and(inArray(cases.id, each.slice(at, at + atOnce)), eq(cases.security, 'public')))
    const addressOf = await addressesOfCases(reading, rows.map((row) => row.case))
    for (const { case: { id, number, caption, caseType, court: code }, court } of rows) {
      described.set(id, {
        caseId: id,
        caseNumber: displayText(number),
        caseAddress: site.origin + addressOf({ number, court: code }),
        caption: displayText(caption),
        courtName: displayText(court.name),
        remark: whyUntrackable(site.profile, court, caseType)?.sentence ?? null,
      })
    }
  }
  return described
}
