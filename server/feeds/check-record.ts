import { z } from 'zod'
import type { FeedRecord } from '../contract/records.ts'
import { caseStatuses, entryStatuses, eventStatuses, paymentStatuses, securities } from '../contract/vocabulary.ts'
import { isDay, isInstant, withOffsetColon } from './calendar.ts'
import { quoteBriefly } from './quote-briefly.ts'

export type CheckedRecord = { readonly record: FeedRecord } | { readonly reason: string }

const maxFaultsNamed = 5

const missingOr = (otherwise: string) => (issue: { readonly input?: unknown }): string =>
  issue.input === undefined ? 'is missing' : otherwise
const wordList = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' or ')

const anyText = z.string({ error: missingOr('must be text') })
const tooLong = (max: number): string => `is longer than ${max.toLocaleString('en-US')} characters`
const text = (max: number) => anyText.max(max, tooLong(max))
const filledText = (max: number) => text(max).regex(/\S/, 'must not be empty')
const key = (max: number) => anyText.trim().min(1, 'must not be empty').max(max, tooLong(max))
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: missingOr(`must be ${wordList(words)}`) })

const instantExample = 'an instant with its offset, like 2026-11-20T13:52:00-06:00'
const day = anyText.refine(isDay, 'must be a date of the calendar, like 2026-08-14')
const instant = anyText.overwrite(withOffsetColon).refine(isInstant, `must be ${instantExample}`)
const dayOrInstant = anyText.overwrite(withOffsetColon)
  .refine((typed) => isDay(typed) || isInstant(typed), `must be a date of the calendar, like 2026-11-20, or ${instantExample}`)

const caseNumber = key(100)
const court = key(100).nullable().default(null)
const security = oneOf(securities).exactOptional()

/** Whole cents of an amount such as "50.00" or 50.5, or what is wrong with it. */
function readCents(amount: unknown): number | string {
  if (typeof amount !== 'string' && typeof amount !== 'number') return 'must be an amount like "50.00"'
  const typed = String(amount)
  if (/^-0*[1-9.]/.test(typed)) return 'must not be negative'
  const parts = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(typed)
  return parts ? Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0')) : 'must be an amount like "50.00"'
}
const cents = z.unknown().transform((amount, context) => {
  const read = amount === undefined ? 'is missing' : readCents(amount)
  if (typeof read === 'number') return read
  context.addIssue(read)
  return z.NEVER
})

const party = z.object({ name: filledText(500), role: text(500), attorney: text(5_000).exactOptional() }, 'must be an object')

const schemas = {
  case: z.object({
    number: caseNumber, court, caption: filledText(2_000), caseType: text(100).exactOptional(), filedOn: day.exactOptional(),
    status: oneOf(caseStatuses).exactOptional(), security, judge: text(500).exactOptional(),
    parties: z.array(party, 'must be a list').max(5_000, 'has more than 5,000 of them').exactOptional(),
    formerNumber: caseNumber.exactOptional(),
  }),
  docketEntry: z.object({
    case: caseNumber, court, id: key(200), entryNumber: text(100).exactOptional(), filedAt: dayOrInstant,
    code: text(100).exactOptional(), description: filledText(5_000), text: text(200_000).exactOptional(),
    status: oneOf(entryStatuses).exactOptional(), security,
  }),
  event: z.object({
    case: caseNumber, court, id: key(200), startsAt: instant, endsAt: instant.nullable().exactOptional(), kind: filledText(500),
    place: text(500).exactOptional(), judge: text(500).exactOptional(), status: oneOf(eventStatuses).exactOptional(), security,
  }),
  payment: z.object({
    case: caseNumber, court, plan: key(200), person: filledText(500), dueOn: day, amountDue: cents,
    pastDue: cents.default(0), status: oneOf(paymentStatuses).exactOptional(),
  }),
  caseRemoved: z.object({ number: caseNumber, court }),
}
const knownTypes = `The types are ${Object.keys(schemas).join(', ')}.`

/** What makes any text of the record, unknown fields included, one that cannot be kept. */
function findBrokenText(value: unknown): string | null {
  const rest: unknown[] = [value]
  while (rest.length > 0) {
    const one = rest.pop()
    if (typeof one === 'string') {
      if (one.includes('\0')) return 'A text of this record holds a NUL character.'
      if (!one.isWellFormed()) return 'A text of this record holds half a character (a lone surrogate).'
    } else if (Array.isArray(one)) {
      for (const item of one) rest.push(item)
    } else if (typeof one === 'object' && one !== null) {
      for (const [name, item] of Object.entries(one)) rest.push(name, item)
    }
  }
  return null
}

/** Null says the same as leaving the field out, except where a field gives null a meaning of its own. */
function withoutNulls(value: object): object {
  const entries = Object.entries(value)
  return entries.some(([, item]) => item === null || item === undefined)
    ? Object.fromEntries(entries.filter(([name, item]) => item !== undefined && (item !== null || name === 'endsAt')))
    : value
}

/** The field of a fault, its place counted from 1: `parties 2 role`. */
const fieldName = (path: readonly PropertyKey[]): string =>
  path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join(' ')

function nameFaults(error: z.ZodError): { reason: string } {
  const faults = new Map<string, string>()
  for (const issue of error.issues) {
    const field = fieldName(issue.path)
    if (!faults.has(field)) faults.set(field, `"${field}" ${issue.message}.`)
  }
  const named = [...faults.values()].slice(0, maxFaultsNamed)
  if (faults.size > maxFaultsNamed) named.push(`And ${faults.size - maxFaultsNamed} more.`)
  return { reason: named.join(' ') }
}

/**
 * One record of the feed (contract.md section 4), or why it is none, each wrong field named. Fields that are not in the
 * contract are ignored. Texts stay as sent; numbers, courts, ids and plans lose the space around them. Nothing long and
 * no control character of the record stands in a reason (H3).
 */
export function checkRecord(value: unknown): CheckedRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { reason: 'This is not a record: a JSON object is needed.' }
  }
  const broken = findBrokenText(value)
  if (broken !== null) return { reason: broken }
  const type = 'type' in value ? value.type : undefined
  const fields = withoutNulls(value)
  switch (type) {
    case 'case': {
      const parties = 'parties' in fields ? fields.parties : undefined
      const checked = schemas.case.safeParse(!Array.isArray(parties) ? fields : {
        ...fields, parties: parties.map((one: unknown) => (typeof one === 'object' && one !== null ? withoutNulls(one) : one)),
      })
      return checked.success ? { record: { type, ...checked.data } } : nameFaults(checked.error)
    }
    case 'docketEntry': {
      const checked = schemas.docketEntry.safeParse(fields)
      return checked.success ? { record: { type, ...checked.data } } : nameFaults(checked.error)
    }
    case 'event': {
      const checked = schemas.event.safeParse(fields)
      return checked.success ? { record: { type, ...checked.data } } : nameFaults(checked.error)
    }
    case 'payment': {
      const checked = schemas.payment.safeParse(fields)
      if (!checked.success) return nameFaults(checked.error)
      const { amountDue, pastDue, ...payment } = checked.data
      return { record: { type, ...payment, amountDueCents: amountDue, pastDueCents: pastDue } }
    }
    case 'caseRemoved': {
      const checked = schemas.caseRemoved.safeParse(fields)
      return checked.success ? { record: { type, ...checked.data } } : nameFaults(checked.error)
    }
    case undefined:
    case null:
      return { reason: `"type" is missing. ${knownTypes}` }
    default: {
      const fault = typeof type === 'string' ? `The type "${quoteBriefly(type)}" is not known.` : '"type" must be text.'
      return { reason: `${fault} ${knownTypes}` }
    }
  }
}
