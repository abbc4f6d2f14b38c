import { cases, digestRuns, messageContents, outboxMessages, subscribers, subscriptions } from '../../db/schema.ts'
import { caseNumberKey } from '../contract/case-number.ts'
import type { NoticeContent } from '../domain/outbox/message-content.ts'
import { noticeKey } from '../domain/outbox/notice-key.ts'
import type { Work } from '../work.ts'

// Rows put down directly, for tests and benchmarks of the outbox: what an evening has planned and nobody has sent.

/** What a notice says; whatever a test does not say is an ordinary thing. */
export const aNotice = (facts: Partial<NoticeContent> = {}): NoticeContent => ({
  kind: 'notice',
  sender: 'Track This Case <ttc@courts.example.org>',
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  subject: 'Case 26BA-CV00001: 1 new entry',
  helpDesk: { name: 'Court Help Desk', email: 'help@courts.example.org', phone: '(555) 010-0134', hours: '8 a.m. to 4:30 p.m. Monday to Friday' },
  notOfficial: 'This is a courtesy. It is not official court notice.',
  caseNumber: '26BA-CV00001',
  caption: 'Harbor v. Lowell',
  courtName: 'Boone County Circuit Court',
  caseAddress: 'https://track.example.org/cases/26BA-CV00001',
  heading: '1 new entry in case 26BA-CV00001',
  told: [{ entryId: 1, mark: 'New', days: ['2026-11-20'] }],
  leads: [],
  entries: [{
    entryId: 1,
    mark: 'New',
    title: 'Motion filed',
    filed: 'November 20, 2026, 1:52 p.m.',
    text: 'Motion to continue, filed by the plaintiff.\nHearing asked for.',
    changes: [],
    lastActivity: 'November 20, 2026, 2:07 p.m.',
  }],
  more: 0,
  ...facts,
})

export interface OwedNotice {
  readonly messageId: number
  readonly subscriberId: number
  readonly subscriptionId: number
  readonly caseId: number
  readonly contentId: number
  readonly email: string
}

export interface NoticesToOwe {
  readonly cases: number
  /** How many track each case; default 1. */
  readonly recipients?: number
  /** What goes before the number in case numbers and addresses, so that more can be owed later; default `owed`. */
  readonly name?: string
  readonly content?: (index: number) => unknown
}

/** Owes one notice to each recipient of each case, all of one run, due now. */
export async function oweNotices({ tx, now }: Work, { cases: count, recipients = 1, name = 'owed', content }: NoticesToOwe): Promise<OwedNotice[]> {
  const [run] = await tx.insert(digestRuns).values({
    day: '2026-11-20', startedAt: now, finishedAt: now, lastChangeId: 0, changes: 0, notices: 0, emails: 0, texts: 0, reminders: 0,
  }).returning({ id: digestRuns.id })
  if (!run) throw new Error('The run was not put.')
  const owed: OwedNotice[] = []
  for (let index = 0; index < count; index++) {
    const number = `26BA-${name}-${index}`
    const caseId = idOf(await tx.insert(cases).values({
      number, numberKey: caseNumberKey(number), court: '13-BOONE', caption: 'Harbor v. Lowell', caseType: 'CV', status: 'open',
      security: 'public', recordedAt: now,
    }).returning({ id: cases.id }))
    const caseAddress = `https://track.example.org/cases/${number}`
    const contentId = idOf(await tx.insert(messageContents).values({
      runId: run.id, caseId, firstChangeId: 1, createdAt: now,
      payload: content?.(index) ?? aNotice({ caseNumber: number, caseAddress, subject: `Case ${number}: 1 new entry`, heading: `1 new entry in case ${number}` }),
    }).returning({ id: messageContents.id }))
    for (let nth = 0; nth < recipients; nth++) {
      const email = `${name}-${index}-${nth}@mail.example.com`
      const subscriberId = idOf(await tx.insert(subscribers).values({ email, emailKey: email.toLowerCase(), confirmedAt: now, createdAt: now })
        .returning({ id: subscribers.id }))
      const subscriptionId = idOf(await tx.insert(subscriptions).values({
        subscriberId, caseId, emailState: 'active', textState: 'none', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false,
        emailActiveAfter: 0, linkVersion: 1, createdAt: now, emailActiveAt: now,
      }).returning({ id: subscriptions.id }))
      const messageId = idOf(await tx.insert(outboxMessages).values({
        dedupeKey: `${noticeKey}${subscriptionId}/${run.id}`, kind: 'notice', state: 'waiting', subscriberId, subscriptionId, contentId,
        runId: run.id, createdAt: now, dueAt: now, attempts: 0,
      }).returning({ id: outboxMessages.id }))
      owed.push({ messageId, subscriberId, subscriptionId, caseId, contentId, email })
    }
  }
  return owed
}

function idOf(rows: readonly { readonly id: number }[]): number {
  const [row] = rows
  if (!row) throw new Error('A row was not put.')
  return row.id
}
