import type { Metadata } from 'next'
import { notFound, permanentRedirect, redirect } from 'next/navigation'
import { cache } from 'react'
import { getCaller, orNotFound } from '../../../_trpc/caller.ts'
import { type Query, queryValue } from '../../../_ui/with-query.ts'
import { caseAddress, type CaseTab } from '../../../../server/contract/case-address.ts'
import { caseNumberKey } from '../../../../server/contract/case-number.ts'
import type { CaseAnswer } from '../../../../server/contract/views.ts'

/** What Next gives a page under a case's address. */
export interface CasePageProps {
  readonly params: Promise<{ number: string }>
  readonly searchParams: Promise<Query>
}

// What procedures take; no case has a longer number, no court a longer code.
const longestNumber = 200
const longestCourt = 50

/** How many of the newest entries stand on the first page of the file. */
const newestEntries = 10

const answerOf = cache(async (number: string, court: string, newest: number): Promise<CaseAnswer> =>
  orNotFound((await getCaller()).cases.byNumber(court === '' ? { number, newest } : { number, court, newest })))

/**
 * The case that the address names, or the choice between courts (A3). Answers "not found" alike for what does not exist
 * and what is confidential (A6), and leads from another way of writing the number, or a former number, to the case's own
 * address; `tab` is the page that was asked for. Without one it is the first, for which the newest entries come with the case.
 */
export async function readCase(props: CasePageProps, tab?: CaseTab): Promise<CaseAnswer> {
  const { number, answer } = await readNamed(props, tab === undefined)
  if (answer.kind === 'case' && pathOf(answer.case.number) !== pathOf(number)) {
    const address = caseAddress(answer.case.number, answer.case.court.code, answer.case.needsCourt, tab)
    // A former number leads to this one for good (A9); another way of writing it may come to be a case's own.
    if (caseNumberKey(answer.case.number) !== caseNumberKey(number)) permanentRedirect(address)
    redirect(address)
  }
  return answer
}

/**
 * The title of a case's page: its number and what the page shows, or on the first page its number alone; no names. Search engines are
 * asked not to list it (H6).
 */
export async function caseMetadata(props: CasePageProps, shown?: string): Promise<Metadata & { title: string }> {
  const { answer } = await readNamed(props, shown === undefined)
  const number = answer.kind === 'case' ? answer.case.number : answer.number
  return { title: shown === undefined ? number : `${number}, ${shown}`, robots: { index: false, follow: false } }
}

// A page and its title read the same answer, once.
async function readNamed({ params, searchParams }: CasePageProps, isFirst: boolean): Promise<{ number: string; answer: CaseAnswer }> {
  const number = numberOf((await params).number)
  const court = queryValue(await searchParams, 'court')
  if (number.length > longestNumber || court.length > longestCourt) notFound()
  return { number, answer: await answerOf(number, court, isFirst ? newestEntries : 0) }
}

// Addresses are compared, not numbers, so that one that cannot be written in an address does not lead to itself for ever.
const pathOf = (number: string): string => caseAddress(number, '', false)

// Next hands the segment to a page as it stands in the address, to its metadata decoded; then a "%" may be the number's own.
function numberOf(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
