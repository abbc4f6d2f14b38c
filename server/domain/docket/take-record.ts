import type { FeedRecord } from '../../contract/records.ts'
import type { Intake } from './intake.ts'
import type { Outcome } from './outcome.ts'
import { recordCase } from './record-case.ts'
import { recordCourt } from './record-court.ts'
import { recordEntry } from './record-entry.ts'
import { recordEvent } from './record-event.ts'
import { recordPayment } from './record-payment.ts'
import { removeCase } from './remove-case.ts'

/** Takes in one record of any type. What cannot be taken is an outcome with its reason, and nothing of it is written. */
export async function takeRecord(intake: Intake, record: FeedRecord): Promise<Outcome> {
  switch (record.type) {
    case 'case': return recordCase(intake, record)
    case 'docketEntry': return recordEntry(intake, record)
    case 'event': return recordEvent(intake, record)
    case 'payment': return recordPayment(intake, record)
    case 'caseRemoved': return removeCase(intake, record)
    case 'court': return recordCourt(intake, record)
  }
}
