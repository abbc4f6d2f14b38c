import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { CourtRecord, Reading } from '../contract/records.ts'
import { isDay } from './calendar.ts'
import { checkRecord } from './check-record.ts'
import { docketTitle } from './docket-title.ts'
import { nameCourt, type NamedCourt } from './name-court.ts'
import { readWhole, tooLargeDocument } from './whole-source.ts'

export interface CourtListenerOptions {
  /** The court whose dockets these are; without it they stand in a court "CourtListener". */
  readonly court?: NamedCourt
  /** The zone of that court "CourtListener". Times are shown as the court's clock had them, whatever it is. */
  readonly timeZone?: string
}

const said = z.string().nullish().transform((value) => (value == null || value.trim() === '' ? undefined : value))
const number = z.union([z.string(), z.number()]).nullish()
  .transform((value) => (value == null || String(value).trim() === '' ? undefined : String(value).trim()))

const documentSchema = z.object({
  document_number: number, attachment_number: number, description: said, is_sealed: z.boolean().nullish(), absolute_url: said,
  date_modified: said,
})
const entrySchema = z.object({
  id: z.union([z.number().int(), z.string().regex(/^\d+$/)]), docket: z.union([z.number().int(), z.string()]), date_filed: said, time_filed: said,
  entry_number: number, description: said, date_modified: said, recap_documents: z.array(documentSchema).nullish(),
})
type Entry = z.output<typeof entrySchema>
type Document = z.output<typeof documentSchema>

const docketAlert = 1
const resultsSchema = z.object({ results: z.array(z.unknown()) })
const webhookSchema = z.object({ payload: resultsSchema, webhook: z.object({ event_type: z.number() }) })

const defaultCourt = { code: 'courtlistener', name: 'CourtListener', timeZone: 'America/New_York' }

/**
 * Reads docket entries of CourtListener (I2): the body of a docket-alert webhook, a page of REST v4 docket entries, or a
 * list of them. First the court, then for each entry its case and itself, both with its place as line; only the entry
 * counts. No case number stands there, so a case bears the number of its docket at CourtListener. Of sealed documents
 * nothing is read, and an entry that has only their words is sealed itself (A9). An entry says when it was last changed,
 * so that a late repeat of an older version brings nothing back.
 */
export async function* readCourtListener(source: AsyncIterable<Uint8Array>, options: CourtListenerOptions = {}): AsyncGenerator<Reading> {
  const bytes = await readWhole(source)
  const results = bytes === null ? tooLargeDocument : readResults(bytes)
  if (typeof results === 'string') {
    yield { line: 1, reason: results }
    return
  }
  const { timeZone = defaultCourt.timeZone } = options
  const court = options.court ? nameCourt({}, options.court) : { type: 'court', ...defaultCourt, timeZone } as const
  if (typeof court === 'string') {
    yield { line: 1, reason: court }
    return
  }
  yield { line: 1, record: court, counts: false }
  for (const [at, result] of results.entries()) yield* readEntry(at + 1, result, court)
}

function readResults(bytes: Uint8Array): readonly unknown[] | string {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return 'This is not valid JSON.'
  }
  const webhook = webhookSchema.safeParse(value).data
  if (webhook) return webhook.webhook.event_type === docketAlert ? webhook.payload.results : 'This webhook is no docket alert.'
  const results = Array.isArray(value) ? z.array(z.unknown()).parse(value) : resultsSchema.safeParse(value).data?.results
  return results ?? 'These are no docket entries of CourtListener: there are no results.'
}

function* readEntry(line: number, result: unknown, court: CourtRecord): Generator<Reading> {
  const entry = entrySchema.safeParse(result).data
  const docket = entry && docketOf(entry)
  const reason = !entry ? 'This is not a docket entry as CourtListener has them.'
    : docket === undefined ? 'This docket entry does not say its docket.'
    : entry.date_filed === undefined ? 'This docket entry has no date_filed.'
    : undefined
  if (reason !== undefined || !entry || docket === undefined) {
    yield { line, reason: reason ?? '' }
    return
  }
  const documents = entry.recap_documents ?? []
  const open = documents.filter((document) => document.is_sealed !== true)
  const caption = captionOf(open)
  const caseRecord = checkRecord({ type: 'case', number: docket, court: court.code, caption: caption ?? docket })
  const entryRecord = checkRecord({ type: 'docketEntry', case: docket, court: court.code, ...entryFields(entry, open, court) })
  if ('reason' in caseRecord) yield { line, reason: caseRecord.reason }
  else if ('reason' in entryRecord) yield { line, reason: entryRecord.reason }
  else {
    const { record } = caseRecord
    const modifiedAt = modifiedAtOf(entry)
    yield { line, record: record.type === 'case' && caption !== undefined ? { ...record, isCaptionGuessed: true } : record, counts: false }
    yield {
      line, counts: true,
      record: entryRecord.record.type === 'docketEntry' && modifiedAt !== undefined ? { ...entryRecord.record, modifiedAt } : entryRecord.record,
    }
  }
}

/** The number of its docket, which a webhook gives as such and the REST interface as the docket's address. */
const docketOf = ({ docket }: Entry): string | undefined => /^(?:.*\/dockets\/)?(\d+)\/?$/.exec(String(docket).trim())?.[1]

function entryFields(entry: Entry, open: readonly Document[], court: CourtRecord): object {
  // One that has no words of its own has those of its first document: sealed with it, none of the others may take their place.
  const isSealed = entry.description === undefined && entry.recap_documents?.[0]?.is_sealed === true
  const title = entry.description === undefined ? open.find((document) => document.description !== undefined)?.description : docketTitle(entry.description)
  const isNumberSealed = entry.recap_documents?.some((document) => document.is_sealed === true && document.document_number === entry.entry_number)
  const isNumberOpen = open.some((document) => document.document_number === entry.entry_number)
  return {
    id: `cl-${entry.id}`,
    // What was known of it before it was sealed goes.
    entryNumber: isNumberSealed === true && !isNumberOpen ? '' : entry.entry_number,
    filedAt: filedAt(entry, court.timeZone),
    description: isSealed ? 'Sealed' : title ?? 'Docket entry without text',
    text: entry.description ?? '',
    security: isSealed ? 'confidential' : 'public',
  }
}

/** When it or one of its documents was changed last: sealing a document need not touch its entry. */
function modifiedAtOf({ date_modified: own, recap_documents: documents }: Entry): string | undefined {
  const moments = [own, ...(documents ?? []).map((document) => document.date_modified)]
    .map((moment) => Date.parse(moment ?? '')).filter((moment) => !Number.isNaN(moment))
  return moments.length === 0 ? undefined : new Date(Math.max(...moments)).toISOString()
}

/** The instant, where the day comes with a time of the court's clock. */
function filedAt({ date_filed: day = '', time_filed: time }: Entry, timeZone: string): string {
  if (time === undefined || !isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(time)) return day
  return Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).toString({ timeZoneName: 'never' })
}

const lowerWords = new Set(['a', 'an', 'and', 'by', 'for', 'in', 'of', 'on', 'the', 'to'])

/** The caption as the address of a document spells it: `/docket/123/4/harbor-v-lowell/` is Harbor v. Lowell. */
function captionOf(open: readonly Document[]): string | undefined {
  const slug = open.map(({ absolute_url: address }) => /^(?:https?:\/\/[^/]+)?\/docket\/.+\/([a-z0-9-]*[a-z][a-z0-9-]*)\/?$/.exec(address ?? '')?.[1])
    .find((one) => one !== undefined)
  const words = slug?.split('-').filter((word) => word !== '').map((word, at) =>
    word === 'v' || word === 'vs' ? 'v.' : at > 0 && lowerWords.has(word) ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
  return words?.join(' ').replace(/^In Re /, 'In re ')
}
