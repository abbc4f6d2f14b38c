import { eq } from 'drizzle-orm'
import { cases } from '../../../db/schema.ts'
import { caseNumberKey } from '../../contract/case-number.ts'
import type { Security } from '../../contract/vocabulary.ts'
import { putFormerNumber, takeFromFormer } from './former-number.ts'
import type { CaseFacts, Intake } from './intake.ts'
import { mergeCases } from './merge-cases.ts'
import { putNameWords } from './name-words.ts'

/** To what a case is renumbered. */
export interface NewNumber {
  readonly number: string
  /** The case that this number already leads to; undefined where it leads to none. */
  readonly bearer: CaseFacts | undefined
  /** What the record says, if it does. */
  readonly security: Security | undefined
}

/**
 * Gives a case another number (A9): it stays the case that it was, with its subscriptions and all, and the number that it
 * had leads to it. Where the other number is another case's already, the two become one: that one.
 */
export async function renumberCase(intake: Intake, source: CaseFacts, { number, bearer, security }: NewNumber): Promise<CaseFacts> {
  // What was remembered by number is no longer so.
  intake.cases.clear()
  if (bearer && bearer.id !== source.id) return mergeCases(intake, source, bearer, security)
  const { tx } = intake
  const [known] = await tx.select().from(cases).where(eq(cases.id, source.id))
  if (!known) throw new Error('A case that was found is gone.')
  await takeFromFormer(intake, source.court, number)
  // Where the caption is not known the number stands in its place.
  const isNameless = known.caption === known.number
  await tx.update(cases).set({ number, numberKey: caseNumberKey(number), ...(isNameless && { caption: number }) }).where(eq(cases.id, source.id))
  if (isNameless) await putNameWords(intake, source.id, { caption: number, isNew: false })
  await putFormerNumber(intake, source, known.number)
  return source
}
