import { and, asc, count, desc, eq, isNotNull, or, sql } from 'drizzle-orm'
import { downward, upward } from '../../../db/columns.ts'
import type { Reads } from '../../../db/tx.ts'
import { docketChanges, docketEntries } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import type { DocketPage, EntryView } from '../../contract/views.ts'
import { toldFields, type FieldChange, type ToldField } from '../../contract/vocabulary.ts'
import { explainDocketCode } from '../../profile/look-up.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { Reading } from '../../work.ts'
import { prepareOnce } from '../../../db/prepare-once.ts'
import { getPublicCase, type CaseName } from './public-cases-named.ts'

const entriesOnPage = 300

export interface DocketRequest extends CaseName {
  readonly order: 'newest' | 'oldest'
  /** Text that a description, text or code must hold, whatever its case; empty: all entries. */
  readonly filter?: string | undefined
  /** Counts from 1; a page past the last is the last. */
  readonly page: number
}

interface Shape {
  readonly isFiltered: boolean
}

const shown = ({ isFiltered }: Shape) => {
  const { description, text, code } = docketEntries
  const holds = (column: typeof description | typeof text | typeof code) =>
    sql`lower(${column}) like ${sql.placeholder('pattern')} escape '\\'`
  return and(
    eq(docketEntries.caseId, sql.placeholder('caseId')),
    eq(docketEntries.security, 'public'),
    isFiltered ? or(holds(description), holds(text), holds(code)) : undefined,
  )
}

const counted = prepareOnce((tx, shape: Shape) => tx.select({ total: count() }).from(docketEntries).where(shown(shape)).prepare())

const onePage = prepareOnce((tx, { order, ...shape }: Shape & Pick<DocketRequest, 'order'>) => {
  const direction = order === 'newest' ? desc : asc
  return tx.select({ entry: docketEntries, corrections: latestCorrection(tx) }).from(docketEntries)
    .where(shown(shape))
    .orderBy(direction(docketEntries.filedOn), order === 'newest' ? downward(docketEntries.filedAt) : upward(docketEntries.filedAt), direction(docketEntries.id))
    .limit(sql.placeholder('most')).offset(sql.placeholder('skipped'))
    .prepare()
})

function latestCorrection(tx: Reads) {
  const fields = tx.select({ fields: docketChanges.fields }).from(docketChanges)
    // That it was sealed is no correction.
    .where(and(eq(docketChanges.entryId, docketEntries.id), eq(docketChanges.kind, 'updated'), isNotNull(docketChanges.fields)))
    .orderBy(desc(docketChanges.id)).limit(1)
  return sql`coalesce(${fields}, '[]')`.mapWith(docketChanges.fields)
}

/**
 * The public entries of a case by day and time of filing, 300 a page, voided ones included; each with what its latest
 * correction changed and what its code means (A4, A7, A9). Refuses as `getPublicCase`.
 */
export async function listDocket(reading: Reading, profile: CourtProfile, request: DocketRequest): Promise<DocketPage> {
  const { case: { id: caseId } } = await getPublicCase(reading, request)
  const filter = request.filter?.trim() ?? ''
  const isFiltered = filter !== ''
  const values = isFiltered ? { caseId, pattern: patternOf(filter) } : { caseId }
  const total = (await counted(reading.tx, { isFiltered }).execute(values))[0]?.total ?? 0
  const pageCount = Math.max(1, Math.ceil(total / entriesOnPage))
  const page = Math.min(Math.max(request.page, 1), pageCount)
  const rows = await onePage(reading.tx, { isFiltered, order: request.order })
    .execute({ ...values, skipped: (page - 1) * entriesOnPage, most: entriesOnPage })
  return { entries: rows.map(({ entry, corrections }) => entryView(profile, entry, corrections)), total, page, pageCount }
}

/** At most so many of the newest public entries of a case that may be shown, as its docket shows them. */
export async function listNewestEntries(reading: Reading, profile: CourtProfile, { caseId, most }: { caseId: number; most: number }): Promise<EntryView[]> {
  if (most === 0) return []
  const rows = await onePage(reading.tx, { isFiltered: false, order: 'newest' }).execute({ caseId, skipped: 0, most })
  return rows.map(({ entry, corrections }) => entryView(profile, entry, corrections))
}

// In lower case as the databases have it, which know the letters A to Z only.
const patternOf = (filter: string): string =>
  `%${filter.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[\\%_]/g, '\\$&')}%`

function entryView(profile: CourtProfile, entry: typeof docketEntries.$inferSelect, corrections: readonly FieldChange[]): EntryView {
  const { id, entryNumber, filedOn, filedAt, code, description, text, status, lastActivityAt } = entry
  const known = code === null ? undefined : explainDocketCode(profile, code)
  const explanation = known ? { title: known.title, explanation: known.explanation } : null
  return {
    id,
    entryNumber: displayText(entryNumber),
    filedOn,
    filedAt,
    code: displayText(code),
    description: displayText(description),
    text: displayText(text),
    status,
    lastActivityAt,
    corrections: corrections.filter(isOfEntry).map(({ field, from, to }) => ({ field, from: displayText(from), to: displayText(to) })),
    explanation,
  }
}

const isOfEntry = (change: FieldChange): change is FieldChange<ToldField> => toldFields.some((field) => field === change.field)
