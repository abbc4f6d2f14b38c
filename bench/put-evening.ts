import Sqlite from 'better-sqlite3'
import { diceFor, type Dice } from '../server/domain/demo/dice.ts'

export interface EveningSize {
  readonly cases: number
  /** Those that ask for e-mail; a twentieth more are put that do not. */
  readonly subscriptions: number
  /** Docket entries of today that no evening has told yet. */
  readonly entries: number
}

export interface PutEvening {
  /** Who must be told of which case, once each: `address number`. Reckoned beside the database, not asked of it. */
  readonly owed: readonly string[]
}

/** The evening's docket day, and the moment from which it is held, in Missouri. */
export const eveningDay = '2026-11-20'
export const eveningAt = Date.parse('2026-11-20T18:00:00-06:00')

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const peoplePerSubscription = 0.3
/** How many of today's entries fall on a case that somebody tracks. */
const trackedShare = 0.9
const texts = [
  'Motion to continue, filed by the plaintiff. Hearing asked for.',
  'Order entered. The hearing set for next week is moved to the date below; counsel is to tell the parties.\nSo ordered.',
  'Summons issued & mailed to the address on file. Return due within 30 days of "service".',
  'Certificate of service.\nFiled by the attorney for the respondent, with two exhibits and a proposed order attached for the court to sign.',
  '',
]
const titles = ['Motion Filed', 'Order', 'Summons Issued-Circuit', 'Certificate of Service', 'Hearing Continued/Rescheduled', 'Entry of Appearance Filed']

/**
 * Puts one busy day's docket into a migrated database that has courts and nothing else: cases with a history that an
 * earlier evening told, subscriptions of which a few began in the course of the day, and today's entries. Among them is
 * what must be told to nobody: sealed cases, sealed entries, history taken in quietly. The same size puts the same rows.
 */
export function putEvening(file: string, size: EveningSize): PutEvening {
  const db = new Sqlite(file)
  try {
    for (const setting of ['synchronous = OFF', 'foreign_keys = OFF', 'cache_size = -524288']) db.pragma(setting)
    db.exec('BEGIN')
    const tracked = trackedCases(size)
    const lastOfHistory = putRecord(db, size, tracked)
    const told = putToday(db, size, tracked, lastOfHistory)
    const owed = putSubscriptions(db, size, tracked, lastOfHistory, told)
    db.exec('COMMIT')
    return { owed }
  } finally {
    db.close()
  }
}

interface TrackedCases {
  readonly count: number
  /** All over the table, and odd: the odd ones have a history. */
  readonly idOf: (index: number) => number
  readonly isSealed: (index: number) => boolean
}

function trackedCases({ cases, entries }: EveningSize): TrackedCases {
  // Twice as many as today's entries on them: about two of five have one or more.
  const count = Math.round(entries * trackedShare * 2)
  const step = Math.floor(cases / count / 2) * 2
  if (step < 2) throw new Error('There are too few cases for so many entries.')
  return { count, idOf: (index) => 1 + index * step, isSealed: (index) => index % 50 === 7 }
}

const numberOf = (caseId: number): string => `26BA-CV${String(caseId).padStart(8, '0')}`

/** Every case, and for every other one an entry of last month that run 1 told. Gives the last change of that. */
function putRecord(db: Sqlite.Database, { cases }: EveningSize, tracked: TrackedCases): number {
  const courts = db.prepare('select code from courts where is_taking_part order by code').pluck().all()
  db.prepare(`
    insert into cases (id, court, number, number_key, caption, case_type, filed_on, status, security, last_activity_at, recorded_at)
    with recursive counted (id) as (select 1 union all select id + 1 from counted where id < @cases)
    select id, @courts ->> cast(id % @courtCount as integer), printf('26BA-CV%08d', id), printf('26BACV%08d', id), 'Harbor v. Lowell', 'CV',
      date('2026-11-19', '-' || (id % 1500) || ' days'), 'open', 'public', @at, @at from counted
  `).run({ cases, courts: JSON.stringify(courts), courtCount: courts.length, at: eveningAt - 30 * dayMs })
  const seal = db.prepare(`update cases set security = 'confidential' where id = ?`)
  for (let index = 0; index < tracked.count; index++) if (tracked.isSealed(index)) seal.run(tracked.idOf(index))

  const last = Math.floor((cases + 1) / 2)
  const at = eveningAt - 30 * dayMs
  db.prepare(`
    insert into digest_runs (id, day, started_at, finished_at, last_change_id, changes, notices, emails, texts, reminders)
    values (1, '2026-10-21', @at, @at, @last, @last, 0, 0, 0, 0)
  `).run({ at, last })
  db.prepare(`
    insert into docket_entries (id, case_id, source_id, filed_on, code, description, text, status, security, last_activity_at)
    with recursive counted (id) as (select 1 union all select id + 1 from counted where id < @last)
    select id, 2 * id - 1, 'h' || id, '2026-10-21', 'PET', 'Petition Filed', 'Filed by the plaintiff.', 'active', 'public', @at from counted
  `).run({ at, last })
  db.prepare(`
    insert into docket_changes (id, case_id, entry_id, kind, recorded_at, is_quiet, run_id)
    with recursive counted (id) as (select 1 union all select id + 1 from counted where id < @last)
    select id, 2 * id - 1, id, 'added', @at, 0, 1 from counted
  `).run({ at, last })
  return last
}

/** Today's entries, one change each. Gives for each tracked case, by index, the last change of it that may be told. */
function putToday(db: Sqlite.Database, { cases, entries }: EveningSize, tracked: TrackedCases, lastOfHistory: number): Map<number, number> {
  const dice = diceFor(1, 'today')
  const told = new Map<number, number>()
  const putEntry = db.prepare(`
    insert into docket_entries (id, case_id, source_id, filed_on, filed_at, code, description, text, status, security, last_activity_at)
    values (@id, @caseId, @sourceId, '${eveningDay}', @filedAt, 'X', @title, @text, @status, @security, @at)
  `)
  const touchEntry = db.prepare('update docket_entries set description = @title, last_activity_at = @at where id = @id')
  const putChange = db.prepare(`
    insert into docket_changes (id, case_id, entry_id, kind, fields, recorded_at, is_quiet) values (@id, @caseId, @entryId, @kind, @fields, @at, @isQuiet)
  `)
  let changeId = lastOfHistory
  let entryId = lastOfHistory
  const enter = (caseId: number, { isQuiet, isSealed }: { isQuiet: boolean; isSealed: boolean }): void => {
    const at = eveningAt - dice.between(60, 500) * minuteMs
    const isVoided = dice.chance(0.03)
    putEntry.run({
      id: ++entryId, caseId, sourceId: `t${entryId}`, filedAt: at - dice.between(2, 120) * minuteMs, title: dice.pick(titles), text: dice.pick(texts),
      status: isVoided ? 'voided' : 'active', security: isSealed ? 'confidential' : 'public', at,
    })
    putChange.run({ id: ++changeId, caseId, entryId, kind: isVoided ? 'voided' : 'added', fields: null, at, isQuiet: isQuiet ? 1 : 0 })
  }
  const correctHistory = (caseId: number): void => {
    const at = eveningAt - dice.between(60, 500) * minuteMs
    const id = (caseId + 1) / 2
    touchEntry.run({ id, title: 'Petition Filed & Served', at })
    putChange.run({
      id: ++changeId, caseId, entryId: id, kind: 'updated', at, isQuiet: 0,
      fields: JSON.stringify([{ field: 'description', from: 'Petition Filed', to: 'Petition Filed & Served' }]),
    })
  }
  const corrected = new Set<number>()
  for (let nth = 0; nth < entries; nth++) {
    if (!dice.chance(trackedShare)) {
      // Even ids: nobody tracks them.
      enter(2 * dice.between(1, Math.floor(cases / 2)), { isQuiet: false, isSealed: false })
      continue
    }
    const index = dice.between(0, tracked.count - 1)
    const isSealed = dice.chance(0.03)
    if (!isSealed && dice.chance(0.05) && !corrected.has(index)) {
      corrected.add(index)
      correctHistory(tracked.idOf(index))
    } else enter(tracked.idOf(index), { isQuiet: false, isSealed })
    if (!isSealed && !tracked.isSealed(index)) told.set(index, changeId)
  }
  for (let nth = 0; nth < entries / 50; nth++) enter(tracked.idOf(dice.between(0, tracked.count - 1)), { isQuiet: true, isSealed: false })
  return told
}

/** Some cases are tracked by many and most by few. Gives who is owed a notice of what. */
function putSubscriptions(
  db: Sqlite.Database, { subscriptions, entries }: EveningSize, tracked: TrackedCases, lastOfHistory: number, told: ReadonlyMap<number, number>,
): string[] {
  const dice = diceFor(1, 'subscriptions')
  const people = Math.ceil(subscriptions * peoplePerSubscription)
  const addressOf = (person: number): string => `person${String(person).padStart(7, '0')}@example.com`
  const putPerson = db.prepare('insert into subscribers (id, email, email_key, confirmed_at, created_at) values (?, ?, ?, ?, ?)')
  for (let person = 1; person <= people; person++) {
    putPerson.run(person, addressOf(person), addressOf(person), eveningAt - 90 * dayMs, eveningAt - 90 * dayMs)
  }
  const put = db.prepare(`
    insert into subscriptions (subscriber_id, case_id, email_state, text_state, event_ten_days, event_two_days, payment_two_days,
      email_active_after, link_version, created_at, email_active_at, stopped_at)
    values (@person, @caseId, @state, 'none', 0, 0, 0, @activeAfter, @linkVersion, @at, @at, @stoppedAt)
  `)
  const owed: string[] = []
  const taken = new Set<number>()
  const total = Math.round(subscriptions * 1.05)
  for (let nth = 0; nth < total;) {
    const person = dice.between(1, people)
    const index = popular(dice, tracked.count)
    const pair = person * tracked.count + index
    if (taken.has(pair)) continue
    taken.add(pair)
    const isActive = nth++ < subscriptions
    // A few began while today's entries were coming in: what came before is not theirs.
    const activeAfter = dice.chance(0.03) ? lastOfHistory + dice.between(1, entries) : lastOfHistory
    put.run({
      person, caseId: tracked.idOf(index), state: isActive ? 'active' : 'stopped', activeAfter, linkVersion: dice.between(1, 3),
      at: eveningAt - dice.between(40, 80) * dayMs, stoppedAt: isActive ? null : eveningAt - 35 * dayMs,
    })
    if (isActive && (told.get(index) ?? 0) > activeAfter) owed.push(`${addressOf(person)} ${numberOf(tracked.idOf(index))}`)
  }
  return owed
}

// A prime that parts no count of ours: those that many track stand all over the table.
const scatter = 7919

const popular = (dice: Dice, count: number): number => (Math.floor(count * dice.roll() ** 1.5) * scatter) % count
