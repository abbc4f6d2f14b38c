import { z } from 'zod'

// Every message completes a sentence that begins with the path of the value: "helpDesk.email must be an e-mail address."

const text = z.string().regex(/^(?=.*\S)[^\p{Cc}\u2028\u2029]+$/u, 'must be one line of text and not empty')
const email = z.email('must be an e-mail address')
const day = z.iso.date('must be a day like "2026-08-14"')
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day between "00:00" and "23:59"')
const domain = z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a domain in small letters, like "example.com"')
/** Codes that travel in addresses and forms. */
const code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters and digits, with ".", "_" or "-" between them')
/** Codes that case systems send; capitals only, so that a look-up may disregard case. */
const capitalCode = z.string().regex(/^[^\s\p{Ll}\p{Cc}]+$/u, 'must be a code in capital letters without spaces')
const timeZone = text.refine(isTimeZone, 'must be a time zone of the IANA list, like "America/Chicago"')
const isoWeekdays = z.array(whole(1, 7)).min(1).refine((days) => new Set(days).size === days.length, 'must name each day once')

/** A whole number of `least` to `most`. Not `z.int()`, whose refusal keeps the checks across fields from running. */
function whole(least: number, most: number) {
  return z.number().min(least).max(most).refine(Number.isInteger, 'must be a whole number')
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    // An offset is accepted there too, but knows nothing of summer time.
    return !/^[+-]/.test(name)
  } catch {
    return false
  }
}

/** The text under `key` when `row` has one; rows of a refused profile can have any shape. */
function textIn(row: unknown, key: string): string | undefined {
  if (typeof row !== 'object' || row === null) return undefined
  const value: unknown = Reflect.get(row, key)
  return typeof value === 'string' ? value : undefined
}

/** A list of rows in which no two have the same code. Rows are compared even where others are wrong, so that all is said at once. */
function uniqueByCode<Row extends z.ZodType>(row: Row) {
  return z.array(row).superRefine((rows, context) => {
    const seen = new Set<string>()
    for (const [index, value] of rows.entries()) {
      const rowCode = textIn(value, 'code')
      if (rowCode === undefined) continue
      const message = `repeats "${rowCode}", which another row has`
      if (seen.has(rowCode)) context.addIssue({ code: 'custom', path: [index, 'code'], message })
      seen.add(rowCode)
    }
  }, { when: ({ value }) => Array.isArray(value) })
}

const carrierSchema = z
  .strictObject({
    code,
    name: text,
    /** The carrier's e-mail gateway; null when it has none that is known to deliver. */
    gatewayDomain: domain.nullable(),
    /** The first day on which the gateway no longer delivers; null when no end is announced. */
    gatewayEndsOn: day.nullable(),
  })
  .refine((carrier) => carrier.gatewayEndsOn === null || carrier.gatewayDomain !== null, {
    path: ['gatewayEndsOn'],
    message: 'must be null where there is no gatewayDomain',
  })

const circuitSchema = z.strictObject({ code, name: text, number: whole(1, 999).nullable() })

const courtSchema = z.strictObject({
  code,
  name: text,
  shortName: text,
  /** The code of a circuit, or null for a court that stands outside them. */
  circuit: code.nullable(),
  counties: z.array(text),
  /** Only where it differs from the profile's. */
  timeZone: timeZone.exactOptional(),
  isTakingPart: z.boolean(),
  takingPartSince: day.nullable(),
})

const caseTypeSchema = z.strictObject({
  /** The class inside a case number, such as CR in 26BA-CR01482. */
  code: capitalCode,
  /** Reads well before "cases". */
  name: text,
  isExcluded: z.boolean(),
  /** One plain sentence. */
  exclusionReason: text.exactOptional(),
})

const docketCodeSchema = z.strictObject({
  code: capitalCode,
  title: text,
  explanation: text,
  /** What readers can choose by: routine such as a proof of service, or an order, judgment, warrant or hearing; absent: neither. */
  weight: z.enum(['routine', 'decision']).optional(),
})

/** Days before; the longer first, since the form names them in this order. */
const leadDays = z.strictObject({
  events: z.tuple([whole(1, 60), whole(1, 60)]).default([10, 2])
    .refine(([longer, shorter]) => longer > shorter, 'must name the longer time first'),
  payments: z.tuple([whole(1, 60)]).default([2]),
})

const sendingHours = z
  .strictObject({ from: clock.default('08:00'), to: clock.default('21:00') })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be later than sendingHours.from' })

/**
 * A `close` before `open` is the next day's, so that Missouri's 06:00 to 01:00 can be said (I4). Hours that are not on
 * stand in the file ready-made and count as none.
 */
const serviceHours = z
  .strictObject({ isOn: z.boolean().default(true), days: isoWeekdays, open: clock, close: clock })
  .refine(({ open, close }) => open !== close, { path: ['close'], message: 'must differ from serviceHours.open' })
  .transform(({ isOn, ...hours }) => (isOn ? hours : null))

const digest = z.strictObject({
  /** The hour of the court's day. */
  hour: whole(0, 23).default(19),
  /** ISO weekdays: 1 is Monday. */
  days: isoWeekdays.default([1, 2, 3, 4, 5, 6, 7]),
  /** Days without an evening all the same. */
  holidays: z.array(day).default([]),
})

const count = whole(1, 1_000_000)

/** What a visitor can cause to be sent (H1), with the figures of contract.md section 5. */
const limits = z.strictObject({
  /** E-mails to one address that has confirmed nothing. */
  unconfirmedPerHour: count.default(3),
  unconfirmedPerDay: count.default(6),
  /** E-mails to one address that has confirmed something. */
  confirmedPerHour: count.default(20),
  /** Verification texts to one phone. */
  phonePerHour: count.default(2),
  phonePerDay: count.default(4),
  /** Verification texts of the whole installation in 24 hours, so that nobody pumps texts through it (S7). */
  verificationTextsPerDay: count.default(5000),
  /** E-mails that visitors cause (verification, report, account) of the whole installation on one day of the court. */
  visitorMailsPerDay: count.default(20_000),
  /** Requests from one client address. */
  clientPerHour: count.default(60),
  /** Requests about one case. */
  casePerHour: count.default(200),
})

const policy = z.strictObject({
  whoMayTrack: z.enum(['anyone', 'accounts']).default('anyone'),
  noticeDetail: z.enum(['full', 'caseNumber']).default('full'),
  /** Whether those who chose event notices hear of a scheduling change that has no docket entry (F5). */
  schedulingChanges: z.enum(['told', 'never']).default('told'),
  texts: z.enum(['on', 'off']).default('on'),
  captchaForAccounts: z.boolean().default(true),
})

/**
 * A court profile (I3): all that differs from court to court. Unknown fields are refused, and every message is the rest
 * of a sentence that begins with the path of the value. What may be left out takes the default that the rules name.
 */
export const courtProfileSchema = z
  .strictObject({
    name: text,
    state: text,
    serviceName: text,
    legalAuthority: text,
    timeZone,
    helpDesk: z.strictObject({ name: text, email, phone: text, hours: text, holidays: text.exactOptional() }),
    /** Days of the week's five on which the court's offices are closed: no business days (I6). Looked after year by year. */
    officesClosedOn: z.array(day).default([]),
    sender: z.strictObject({ name: text, email }),
    textSender: z.strictObject({ name: text }),
    carriers: uniqueByCode(carrierSchema),
    circuits: uniqueByCode(circuitSchema),
    courts: uniqueByCode(courtSchema),
    caseTypes: uniqueByCode(caseTypeSchema),
    docketCodes: uniqueByCode(docketCodeSchema),
    leadDays: leadDays.prefault({}),
    /** When the evening run is held. */
    digest: digest.prefault({}),
    /** When texts may leave (F7), in court time. */
    sendingHours: sendingHours.prefault({}),
    /** Null: always open (I4). */
    serviceHours: serviceHours.nullable().default(null),
    limits: limits.prefault({}),
    /** More changed entries of one case in one run than that are told as a count and a link (I7). */
    brakes: z.strictObject({
      noticeChanges: count.default(50),
      textChanges: count.default(10),
      /** An evening that owes so many times the usual, and more than so many notices, waits for an operator's yes. */
      runTimesUsual: count.default(10),
      runNotices: count.default(1000),
    }).prefault({}),
    policy: policy.prefault({}),
  })
  .superRefine(({ circuits, courts }, context) => {
    const known = new Set(circuits.map((row: unknown) => textIn(row, 'code')))
    for (const [index, court] of courts.entries()) {
      const circuit = textIn(court, 'circuit')
      if (circuit === undefined || known.has(circuit)) continue
      const message = `names circuit "${circuit}", which circuits does not list`
      context.addIssue({ code: 'custom', path: ['courts', index, 'circuit'], message })
    }
  }, { when: ({ value }) => hasLists(value, ['circuits', 'courts']) })
  .refine(hasEvening, {
    path: ['digest', 'hour'],
    message: 'must lie within serviceHours on one of digest.days, or no evening is ever held',
    // Of a profile that is right otherwise.
    when: ({ issues }) => issues.length === 0,
  })

interface EveningHours {
  readonly digest: { readonly hour: number; readonly days: readonly number[] }
  readonly serviceHours: { readonly days: readonly number[]; readonly open: string; readonly close: string } | null
}

function hasEvening({ digest, serviceHours }: EveningHours): boolean {
  if (serviceHours === null) return true
  const { days, open, close } = serviceHours
  const at = `${String(digest.hour).padStart(2, '0')}:00`
  return digest.days.some((weekday) => (at >= open && (at < close || close < open) && days.includes(weekday))
    || (close < open && at < close && days.includes(weekday === 1 ? 7 : weekday - 1)))
}

function hasLists(value: unknown, keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => Array.isArray(Reflect.get(value, key)))
}

export type CourtProfile = z.infer<typeof courtProfileSchema>
export type Court = CourtProfile['courts'][number]
export type Circuit = CourtProfile['circuits'][number]
export type Carrier = CourtProfile['carriers'][number]
export type CaseType = CourtProfile['caseTypes'][number]
export type DocketCode = CourtProfile['docketCodes'][number]
