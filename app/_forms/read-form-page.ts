import { cache } from 'react'
import type { Metadata } from 'next'
import { readFormAnswer } from '../_trpc/form-answer.ts'
import { queryValue, type Query } from '../_ui/with-query.ts'

/** What came of the form of a page, and what stands in it. */
export interface FormPage {
  /** What was done, in its own words; null where nothing was. */
  readonly message: string | null
  readonly email: string | null
  readonly fields: Readonly<Record<string, string>>
  readonly typed: Readonly<Record<string, string>>
  /** All that was wrong, for the summary: those of fields lead to them. */
  readonly errors: readonly { readonly fieldId: string; readonly message: string }[]
}

const nothing: FormPage = { message: null, email: null, fields: {}, typed: {}, errors: [] }

const readOnce = cache(async (nonce: string): Promise<FormPage> => {
  const answer = await readFormAnswer(nonce)
  if (answer?.kind === 'result') return { ...nothing, message: answer.message, email: answer.email }
  if (answer?.kind === 'refused') return { ...nothing, errors: [{ fieldId: 'form', message: answer.message }] }
  if (answer?.kind !== 'untaken') return nothing
  const { message, fields, typed } = answer
  const ofFields = Object.entries(fields).map(([fieldId, words]) => ({ fieldId, message: words }))
  return { ...nothing, fields, typed, errors: message === null ? ofFields : [{ fieldId: 'form', message }, ...ofFields] }
})

/** Reads the answer that led to a page whose form has the id `form`; fields have their names as ids. */
export const readFormPage = async (searchParams: Promise<Query>): Promise<FormPage> => readOnce(queryValue(await searchParams, 'answer'))

/** The metadata of such a page, whose title says that something is wrong with what was sent. */
export const formMetadata = (title: string) => async ({ searchParams }: { searchParams: Promise<Query> }): Promise<Metadata> => {
  const { errors } = await readFormPage(searchParams)
  return { title: errors.length > 0 ? `Error: ${title}` : title, robots: { index: false, follow: false } }
}
