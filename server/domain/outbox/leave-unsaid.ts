import { and, eq, inArray } from 'drizzle-orm'
import { bundledNotices, messageContents } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'
import type { MessageFacts } from './list-message-facts.ts'
import { candidatesWithout } from './candidates-without.ts'
import type { CandidatesContent, ReportContent, VerificationContent } from './message-content.ts'
import { missUntoldParts } from '../tracking/miss-untold.ts'
import { verificationSubject } from './verification-subject.ts'

/**
 * Takes out of mail what it may not name any more (F8), for good: every try from now on says the same. What it
 * says belongs to it alone.
 */
export async function leaveUnsaid(work: Work, messages: readonly Pick<MessageFacts, 'id' | 'kind' | 'contentId' | 'unsayable'>[]): Promise<void> {
  const { tx } = work
  for (const { id, kind, contentId, unsayable } of messages) {
    if (unsayable.length === 0) continue
    if (kind === 'digest') {
      await missUntoldParts(work, id, unsayable)
      await tx.delete(bundledNotices).where(and(eq(bundledNotices.messageId, id), inArray(bundledNotices.subscriptionId, [...unsayable])))
      continue
    }
    const [content] = await tx.select({ payload: messageContents.payload }).from(messageContents).where(eq(messageContents.id, contentId))
    if (!content) throw new Error('A message says nothing.')
    // What names requests, subscriptions or cases is one of the three.
    const payload = without(content.payload as Listing, new Set(unsayable))
    await tx.update(messageContents).set({ payload }).where(eq(messageContents.id, contentId))
  }
}

type Listing = VerificationContent | ReportContent | CandidatesContent

function without(content: Listing, unsayable: ReadonlySet<number>): Listing {
  if (content.kind === 'candidates') return candidatesWithout(content, ({ caseId }) => unsayable.has(caseId))
  if (content.kind === 'report') return { ...content, cases: content.cases.filter((one) => !unsayable.has(one.subscriptionId)) }
  const requests = content.requests.filter((request) => !unsayable.has(request.requestId))
  return { ...content, requests, subject: verificationSubject(requests, content.more) }
}
