import type { Metadata } from 'next'
import { cache } from 'react'
import { readFormAnswer } from '../_trpc/form-answer.ts'
import { queryValue, type Query } from '../_ui/with-query.ts'

/** What Next gives a page that a link in a message leads to. */
export interface LinkPageProps {
  readonly params: Promise<{ token: string }>
  readonly searchParams: Promise<Query>
}

/** Metadata of a page whose address is a key: not to be listed (H6), and not told to the pages that it links to. */
export const linkPageMetadata = (title: string): Metadata =>
  ({ title, robots: { index: false, follow: false } })

/** The answer to the form that led here, or null. Read once a request. */
export const readAnswer = cache(readFormAnswer)

/** What came of the button of a page: done, or refused with a sentence; null when none was pressed. */
export interface Act {
  readonly isDone: boolean
  readonly message: string
  /** What is said of texts besides; null where there is nothing. */
  readonly textMessage: string | null
}

export async function readAct(searchParams: Promise<Query>): Promise<Act | null> {
  const answer = await readAnswer(queryValue(await searchParams, 'answer'))
  if (answer === null || answer.kind === 'errors') return null
  if (answer.kind === 'untaken') return answer.message === null ? null : { isDone: false, message: answer.message, textMessage: null }
  return { isDone: answer.kind === 'result', message: answer.message, textMessage: answer.kind === 'result' ? answer.textMessage : null }
}
