import { asc, eq } from 'drizzle-orm'
import { cases, parties } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { CaseRecord, PartyRecord } from '../../contract/records.ts'
import { caseTypeOf } from './case-type-of.ts'
import { putFormerNumber, takeFromFormer } from './former-number.ts'
import { caseKey, type CaseFacts, type Intake } from './intake.ts'
import { logChange } from './log-change.ts'
import { accepted, shown, unchanged, type Outcome } from './outcome.ts'
import { putNameWords } from './name-words.ts'
import { renumberCase } from './renumber-case.ts'
import { findBearer, seekCase } from './seek-case.ts'
import { silenceCase } from './silence-changes.ts'
import { withdrawContents } from './withdraw-contents.ts'

type Case = typeof cases.$inferSelect

// A statement takes 32,766 values; a party is five.
const partiesPerStatement = 2_000

/**
 * Takes in one case, known by number and court. What a record leaves out stays as known, or takes its default on a first
 * arrival; parties that are given replace those before. A closed case that is open again leaves a `reopened` change
 * (E7). A case that turns confidential is silenced at once: nothing of it that has not left will (F8). `formerNumber`
 * renumbers the case that has it (A9); where none has, it leads to this one from now on. What an import of history brings
 * first is history for good: no watch tells of it (G7, I7).
 */
export async function recordCase(intake: Intake, record: CaseRecord): Promise<Outcome> {
  const named = await seekCase(intake, record.number, record.court)
  if ('kind' in named && named.kind !== 'caseUnknown') return named
  const bearer = 'kind' in named ? undefined : named
  const { number, security } = record
  const former = record.formerNumber === number ? undefined : record.formerNumber
  const source = former === undefined ? undefined : await findBearer(intake, former, record.court ?? bearer?.court ?? null)
  const found = source ? await renumberCase(intake, source, { number, bearer, security }) : bearer
  const court = found?.court ?? record.court
  if (court === null) return { kind: 'caseUnknown', reason: `No case ${shown(number)} is known here, so its court must be named.` }

  const { facts, outcome } = await putCase(intake, found, record, court)
  if (source) return accepted
  return former !== undefined && await putFormerNumber(intake, facts, former) ? accepted : outcome
}

interface PutCase {
  readonly facts: CaseFacts
  readonly outcome: Outcome
}

async function putCase(intake: Intake, found: CaseFacts | undefined, record: CaseRecord, court: string): Promise<PutCase> {
  if (!found) return addCase(intake, record, court)
  const [known] = await intake.tx.select().from(cases).where(eq(cases.id, found.id))
  if (!known) throw new Error('A case that was found is gone.')
  if (!isAnother(known, record)) return updateCase(intake, known, record)
  await takeFromFormer(intake, court, record.number)
  return addCase(intake, record, court)
}

/** A case that bears what was another's number and was filed on another day is a case of its own. */
const isAnother = (known: Case, { number, formerNumber, filedOn }: CaseRecord): boolean =>
  known.number !== number && formerNumber === undefined && filedOn !== undefined && known.filedOn !== null && filedOn !== known.filedOn

async function addCase(intake: Intake, record: CaseRecord, court: string): Promise<PutCase> {
  const { tx, now, profile } = intake
  const security = record.security ?? 'public'
  const [added] = await tx.insert(cases).values({
    court,
    number: record.number,
    numberKey: caseNumberKey(record.number),
    caption: record.caption,
    caseType: record.caseType || caseTypeOf(profile, record.number),
    filedOn: record.filedOn ?? null,
    status: record.status ?? 'open',
    security,
    judge: record.judge || null,
    recordedAt: now,
    isHistory: intake.isQuiet,
  }).returning({ id: cases.id })
  if (!added) throw new Error('A case was not added.')
  const facts: CaseFacts = { id: added.id, court, security }
  intake.cases.set(caseKey(court, record.number), facts)
  await insertParties(intake, added.id, record.parties ?? [])
  await putNameWords(intake, added.id, { caption: record.caption, parties: record.parties ?? [], isNew: true })
  return { facts, outcome: accepted }
}

async function updateCase(intake: Intake, known: Case, record: CaseRecord): Promise<PutCase> {
  const { tx } = intake
  const { id } = known
  const next = {
    // A source without a caption sends the number in its place, or guesses one: what is known says more.
    caption: isSaid(known, record) ? record.caption : known.caption,
    caseType: record.caseType || known.caseType,
    filedOn: record.filedOn ?? known.filedOn,
    status: record.status ?? known.status,
    security: record.security ?? known.security,
    judge: record.judge === undefined ? known.judge : record.judge || null,
  }
  const hasNewParties = record.parties !== undefined && !await areParties(intake, id, record.parties)
  const isSame = known.caption === next.caption && known.caseType === next.caseType && known.filedOn === next.filedOn &&
    known.status === next.status && known.security === next.security && known.judge === next.judge
  const facts: CaseFacts = { id, court: known.court, security: next.security }
  if (isSame && !hasNewParties) return { facts, outcome: unchanged }

  if (!isSame) await tx.update(cases).set(next).where(eq(cases.id, id))
  if (hasNewParties) {
    await tx.delete(parties).where(eq(parties.caseId, id))
    await insertParties(intake, id, record.parties)
  }
  await putNameWords(intake, id, {
    ...(known.caption !== next.caption && { caption: next.caption }), ...(hasNewParties && { parties: record.parties }), isNew: false,
  })
  // By each number that led to it.
  for (const [key, one] of intake.cases) if (one.id === id) intake.cases.set(key, facts)
  if (known.security === 'public' && next.security === 'confidential') {
    await silenceCase(intake, id)
    await withdrawContents(intake, id)
  }
  if (known.status === 'closed' && next.status === 'open') {
    // What comes together with its turning public arrived while it was not (F8).
    await logChange(intake, facts, { entryId: null, kind: 'reopened', isQuiet: known.security === 'confidential' })
  }
  return { facts, outcome: accepted }
}

const isSaid = ({ caption, number }: Case, record: CaseRecord): boolean =>
  record.caption !== record.number && (record.isCaptionGuessed !== true || caption === number)

async function insertParties({ tx }: Intake, caseId: number, named: readonly PartyRecord[]): Promise<void> {
  const rows = named.map(({ name, role, attorney }, index) => ({ caseId, ordinal: index + 1, name, role, attorney: attorney || null }))
  for (let from = 0; from < rows.length; from += partiesPerStatement) {
    await tx.insert(parties).values(rows.slice(from, from + partiesPerStatement))
  }
}

async function areParties({ tx }: Intake, caseId: number, named: readonly PartyRecord[]): Promise<boolean> {
  const known = await tx.select({ name: parties.name, role: parties.role, attorney: parties.attorney }).from(parties)
    .where(eq(parties.caseId, caseId)).orderBy(asc(parties.ordinal))
  return known.length === named.length && known.every((one, index) => {
    const other = named[index]
    return one.name === other?.name && one.role === other.role && one.attorney === (other.attorney || null)
  })
}
