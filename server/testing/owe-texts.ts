import { cases, docketChanges, docketEntries, messageContents, phones, phoneVerifications, subscribers, subscriptions } from '../../db/schema.ts'
import { caseNumberKey } from '../contract/case-number.ts'
import type { Site } from '../domain/outbox/message-frame.ts'
import { textFrame } from '../domain/outbox/message-frame.ts'
import { putMessage } from '../domain/outbox/put-message.ts'
import { putTexts } from '../domain/outbox/put-texts.ts'
import type { Work } from '../work.ts'

// Texts put down directly, for tests of the outbox and of what takes them.

export interface OwedTexts {
  readonly phoneId: number
  readonly number: string
  readonly caseId: number
  readonly subscriptionId: number
  readonly changeIds: readonly number[]
}

let last = 0

/** A phone that gets texts of one case of its own, and so many texts of changes of it that are owed now. */
export async function oweTexts(work: Work, site: Site, count = 1): Promise<OwedTexts> {
  const { tx, now } = work
  const nth = ++last
  const number = `+1573555${String(1000 + nth)}`
  const caseNumber = `26BA-TEXTED-${nth}`
  const [phone] = await tx.insert(phones).values({ number, carrier: 'verizon', createdAt: now }).returning({ id: phones.id })
  const [subscriber] = await tx.insert(subscribers).values({ email: `texted-${nth}@mail.example.com`, emailKey: `texted-${nth}@mail.example.com`, confirmedAt: now, createdAt: now })
    .returning({ id: subscribers.id })
  const [aCase] = await tx.insert(cases).values({
    number: caseNumber, numberKey: caseNumberKey(caseNumber), court: '13-BOONE', caption: 'Harbor v. Lowell', caseType: 'CV', status: 'open', security: 'public', recordedAt: now,
  }).returning({ id: cases.id })
  if (!phone || !subscriber || !aCase) throw new Error('Nothing was put.')
  const [subscription] = await tx.insert(subscriptions).values({
    subscriberId: subscriber.id, caseId: aCase.id, emailState: 'active', textState: 'active', phoneId: phone.id, emailActiveAfter: 0, textActiveAfter: 0,
    eventTenDays: true, eventTwoDays: true, paymentTwoDays: true, eventTenDaysAt: now, eventTwoDaysAt: now, paymentTwoDaysAt: now, linkVersion: 1, createdAt: now, emailActiveAt: now,
  }).returning({ id: subscriptions.id })
  if (!subscription) throw new Error('Nothing was put.')
  const owed: Parameters<typeof putTexts>[2][number][] = []
  const changeIds: number[] = []
  for (let change = 0; change < count; change++) {
    const [entry] = await tx.insert(docketEntries).values({
      caseId: aCase.id, sourceId: `e${change}`, filedOn: '2026-11-20', code: 'MOT', description: 'Motion filed', text: '', status: 'active', security: 'public', lastActivityAt: now,
    }).returning({ id: docketEntries.id })
    const [row] = await tx.insert(docketChanges).values({ caseId: aCase.id, entryId: entry?.id ?? 0, kind: 'added', recordedAt: now, isQuiet: false }).returning({ id: docketChanges.id })
    if (!row) throw new Error('Nothing was put.')
    const [content] = await tx.insert(messageContents).values({
      caseId: aCase.id, firstChangeId: row.id, createdAt: now,
      payload: { ...textFrame(site), kind: 'text', told: `Case ${caseNumber}: New entry: Motion filed.`, address: `${site.origin}/cases/${caseNumber}/docket` },
    }).returning({ id: messageContents.id })
    changeIds.push(row.id)
    owed.push({ dedupeKey: `text/${phone.id}/${row.id}`, phoneId: phone.id, subscriptionId: subscription.id, contentId: content?.id ?? 0, runId: null })
  }
  await putTexts(work, site, owed)
  return { phoneId: phone.id, number, caseId: aCase.id, subscriptionId: subscription.id, changeIds }
}

/** Owes the text that verifies the phone of a subscription; answers the id of the verification. */
export async function owePhoneVerification(work: Work, site: Site, { phoneId, subscriptionId }: OwedTexts): Promise<number> {
  const { tx, now } = work
  const [subscriber] = await tx.select({ id: subscriptions.subscriberId, caseId: subscriptions.caseId }).from(subscriptions)
  const [verification] = await tx.insert(phoneVerifications).values({
    subscriptionId, subscriberId: subscriber?.id ?? 0, phoneId, carrier: 'att', createdAt: now, expiresAt: new Date(now.getTime() + 7 * 86_400_000),
  }).returning({ id: phoneVerifications.id })
  if (!verification) throw new Error('Nothing was put.')
  await putMessage(work, {
    dedupeKey: `verify-text/${verification.id}/1`, kind: 'textVerification', phoneId, subscriptionId,
    content: { ...textFrame(site), kind: 'textVerification', verificationId: verification.id, caseNumber: '26BA-TEXTED', carrier: 'att' },
  })
  return verification.id
}
