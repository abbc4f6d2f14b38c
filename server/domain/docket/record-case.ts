import { asc, eq } from 'drizzle-orm'
import { cases, parties } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { CaseRecord, PartyRecord } from '../../contract/records.ts'
import { caseTypeOf } from './case-type-of.ts'
import { caseKey, type CaseFacts, type Intake } from './intake.ts'
import { logChange } from './log-change.ts'
import { accepted, shown, unchanged, type Outcome } from './outcome.ts'
import { putNameWords } from './put-name-words.ts'
import { seekCase } from './seek-case.ts'
import { silenceCase } from './silence-changes.ts'
import { withdrawContents } from './withdraw-contents.ts'

// A statement takes 32,766 values; a party is five.
const partiesPerStatement = 2_000

/**
 * Takes in one case, known by number and court. What a record leaves out stays as known, or takes its default on a first
 * arrival; parties that are given replace those before. A closed case that is open again leaves a `reopened` change
 * (E7). A case that turns confidential is silenced at once: nothing of it that has not left will (F8). `formerNumber`
 * is not followed yet.
 */
export async function recordCase(intake: Intake, record: CaseRecord): Promise<Outcome> {
  const found = await seekCase(intake, record.number, record.court)
  if (!('kind' in found)) return updateCase(intake, found, record)
  if (found.kind !== 'caseUnknown') return found
  if (record.court === null) {
    return { kind: 'caseUnknown', reason: `No case ${shown(record.number)} is known here, so its court must be named.` }
  }
  return addCase(intake, record, record.court)
}

async function addCase(intake: Intake, record: CaseRecord, court: string): Promise<Outcome> {
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
  }).returning({ id: cases.id })
  if (!added) throw new Error('A case was not added.')
  intake.cases.set(caseKey(court, record.number), { id: added.id, court, security })
  await insertParties(intake, added.id, record.parties ?? [])
  await putNameWords(intake, added.id, { caption: record.caption, parties: record.parties ?? [], isNew: true })
  return accepted
}

async function updateCase(intake: Intake, { id }: CaseFacts, record: CaseRecord): Promise<Outcome> {
  const { tx } = intake
  const [known] = await tx.select().from(cases).where(eq(cases.id, id))
  if (!known) throw new Error('A case that was found is gone.')
  const next = {
    // A source without a caption sends the number in its place (pacer-rss): what is known says more.
    caption: record.caption === record.number ? known.caption : record.caption,
    caseType: record.caseType || known.caseType,
    filedOn: record.filedOn ?? known.filedOn,
    status: record.status ?? known.status,
    security: record.security ?? known.security,
    judge: record.judge === undefined ? known.judge : record.judge || null,
  }
  const hasNewParties = record.parties !== undefined && !await areParties(intake, id, record.parties)
  const isSame = known.caption === next.caption && known.caseType === next.caseType && known.filedOn === next.filedOn &&
    known.status === next.status && known.security === next.security && known.judge === next.judge
  if (isSame && !hasNewParties) return unchanged

  if (!isSame) await tx.update(cases).set(next).where(eq(cases.id, id))
  if (hasNewParties) {
    await tx.delete(parties).where(eq(parties.caseId, id))
    await insertParties(intake, id, record.parties)
  }
  await putNameWords(intake, id, {
    ...(known.caption !== next.caption && { caption: next.caption }), ...(hasNewParties && { parties: record.parties }), isNew: false,
  })
  const facts: CaseFacts = { id, court: known.court, security: next.security }
  intake.cases.set(caseKey(known.court, known.number), facts)
  if (known.security === 'public' && next.security === 'confidential') {
    await silenceCase(intake, id)
    await withdrawContents(intake, id)
  }
  if (known.status === 'closed' && next.status === 'open') {
    // What comes together with its turning public arrived while it was not (F8).
    await logChange(intake, facts, { entryId: null, kind: 'reopened', isQuiet: known.security === 'confidential' })
  }
  return accepted
}

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
