import { z } from 'zod'
import type { CourtRecord, Reading } from '../contract/records.ts'
import { checkRecord } from './check-record.ts'
import { docketTitle } from './docket-title.ts'
import { hashedId, sequenceId } from './entry-id.ts'
import { nameCourt } from './name-court.ts'
import type { FederalReaderOptions } from './name-court.ts'
import { readWhole, tooLargeDocument } from './whole-source.ts'

const said = z.string().nullish().transform((value) => (value == null || value.trim() === '' ? undefined : value))
const shortNumber = z.union([z.string(), z.number()]).nullish()
  .transform((value) => (value == null || value === '' ? undefined : String(value)))

const partySchema = z.object({
  name: said, type: said, attorneys: z.array(z.object({ name: said })).nullish(),
})
const entrySchema = z.object({
  date_filed: said, description: said, short_description: said, document_number: shortNumber, pacer_seq_no: shortNumber,
})
const docketSchema = z.object({
  court_id: said, docket_number: z.string().regex(/\S/), case_name: said, date_filed: said, date_terminated: said, assigned_to_str: said,
  federal_dn_case_type: said, parties: z.array(partySchema).nullish(), docket_entries: z.array(z.unknown()),
})
type DocketReport = z.output<typeof docketSchema>
type DocketEntry = z.output<typeof entrySchema>

/**
 * Reads a docket report in juriscraper's JSON (I2): its court, its case (line 1), and its entries (from line 2, in the
 * report's order). Its texts are plain already and stand as they are. A file that is no docket report is one rejection.
 */
export async function* readJuriscraper(source: AsyncIterable<Uint8Array>, options: FederalReaderOptions = {}): AsyncGenerator<Reading> {
  const bytes = await readWhole(source)
  const report = bytes === null ? tooLargeDocument : readReport(bytes)
  if (typeof report === 'string') {
    yield { line: 1, reason: report }
    return
  }
  const court = nameCourt(report.court_id === undefined ? {} : { code: report.court_id.trim().toLowerCase() }, options.court)
  if (typeof court === 'string') {
    yield { line: 1, reason: court }
    return
  }
  yield { line: 1, record: court, counts: false }
  yield readReading(1, caseFields(report, court))

  const entries = report.docket_entries.map((entry) => entrySchema.safeParse(entry).data)
  const ids = nameEntries(entries)
  for (const [at, entry] of entries.entries()) {
    const line = at + 2
    const hasText = entry?.description !== undefined || entry?.short_description !== undefined
    if (!entry) yield { line, reason: 'This is not a docket entry as a docket report has them.' }
    else if (!hasText) yield { line, reason: 'This docket entry has no text.' }
    else if (entry.date_filed === undefined) yield { line, reason: 'This docket entry has no date_filed.' }
    else yield readReading(line, entryFields(entry, ids.get(entry) ?? '', report, court))
  }
}

function readReport(bytes: Uint8Array): DocketReport | string {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return 'This file is not valid JSON.'
  }
  const report = docketSchema.safeParse(value)
  if (report.success) return report.data
  const fields = [...new Set(report.error.issues.map((issue) => String(issue.path[0] ?? '')))].filter((field) => field !== '')
  return fields.length === 0
    ? 'This file is not a docket report of juriscraper: it is not a JSON object.'
    : `This file is not a docket report of juriscraper: ${fields.join(', ')} missing or of another form.`
}

function readReading(line: number, fields: object): Reading {
  const checked = checkRecord(fields)
  return 'record' in checked ? { line, record: checked.record, counts: true } : { line, reason: checked.reason }
}

function caseFields(report: DocketReport, court: CourtRecord): object {
  return {
    type: 'case', number: report.docket_number, court: court.code, caption: report.case_name ?? report.docket_number.trim(),
    caseType: report.federal_dn_case_type?.trim().toUpperCase(), filedOn: report.date_filed,
    status: report.date_terminated === undefined ? 'open' : 'closed', judge: report.assigned_to_str, parties: listParties(report),
  }
}

/** The parties as they stand; one that stands there twice, alike in everything, once. */
function listParties(report: DocketReport): object[] | undefined {
  const parties = report.parties?.map((party) => {
    const attorneys = [...new Set((party.attorneys ?? []).map((attorney) => attorney.name).filter((name) => name !== undefined))]
    return { name: party.name, role: party.type ?? '', attorney: attorneys.length === 0 ? null : attorneys.join('; ') }
  })
  return parties && [...new Map(parties.map((party) => [JSON.stringify(party), party])).values()]
}

function entryFields(entry: DocketEntry, id: string, report: DocketReport, court: CourtRecord): object {
  const description = entry.short_description ?? docketTitle(entry.description ?? '')
  return {
    type: 'docketEntry', case: report.docket_number, court: court.code, id, entryNumber: entry.document_number,
    filedAt: entry.date_filed, description, text: entry.description,
  }
}

/**
 * An id for each entry: PACER's sequence number where no other entry has it, else the document number likewise, else one
 * made from the entry's day and words, with a count where an entry repeats another.
 */
function nameEntries(entries: readonly (DocketEntry | undefined)[]): ReadonlyMap<DocketEntry, string> {
  const real = entries.filter((entry) => entry !== undefined)
  const times = (ids: readonly (string | undefined)[]): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>()
    for (const id of ids) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
  const sequences = times(real.map((entry) => entry.pacer_seq_no))
  const numbers = times(real.map((entry) => entry.document_number))
  const hashed = new Map<string, number>()
  const ids = new Map<DocketEntry, string>()
  for (const entry of real) {
    const { pacer_seq_no: sequence, document_number: number } = entry
    if (sequence !== undefined && sequences.get(sequence) === 1) ids.set(entry, sequenceId(sequence))
    else if (number !== undefined && numbers.get(number) === 1) ids.set(entry, `doc-${number}`)
    else {
      const id = hashedId('text', entry.date_filed ?? '', number ?? '', entry.description ?? entry.short_description ?? '')
      const count = (hashed.get(id) ?? 0) + 1
      hashed.set(id, count)
      ids.set(entry, count === 1 ? id : `${id}-${count}`)
    }
  }
  return ids
}
