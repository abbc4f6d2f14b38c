import { and, asc, count, eq, gt, inArray, isNull, lt, max, min, ne, or, sql } from 'drizzle-orm'
import { cases, courts, docketChanges, docketEntries, messageContents, phones, subscriptions } from '../../../db/schema.ts'
import { displayText } from '../../contract/display-text.ts'
import { entryChoices, type EntryChangeKind, type EntryChoice } from '../../contract/vocabulary.ts'
import type { Work } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import { isChosen } from '../digest/entry-choice.ts'
import { isTracked } from '../digest/is-tracked.ts'
import type { TextContent } from '../outbox/message-content.ts'
import { textFrame, type Site } from '../outbox/message-frame.ts'
import { putTexts, type OwedText } from '../outbox/put-texts.ts'

/**
 * F7: owes the texts of the docket changes that this transaction recorded, those with a greater id than `afterChangeId`: one a
 * change and phone that gets texts of the case. More changes of one case than the brake lets through are one text with their
 * count (I7). How many texts are owed.
 */
export async function planTexts(work: Work, site: Site, afterChangeId: number): Promise<number> {
  if (site.profile.policy.texts === 'off') return 0
  const texted = await listTextedCases(work, site, afterChangeId)
  if (texted.length === 0) return 0
  const pathOf = await addressesOfCases(work, texted)
  const told: ToldByText[] = []
  for (const one of texted) {
    const address = site.origin + pathOf(one)
    for (const choice of await listChoices(work, one.id)) told.push(...await toldTo(work, site, one, choice, afterChangeId, address))
  }
  const owed: OwedText[] = []
  // By one address it may be told a count of all that another chose some of.
  const counted = new Set<string>()
  for (const { caseId, firstChangeId, fact, content, choice, isCount } of told) {
    const recipients = (await listPhones(work, caseId, firstChangeId, choice)).filter(({ phoneId }) => !counted.has(`${caseId} ${phoneId}`))
    if (isCount) for (const { phoneId } of recipients) counted.add(`${caseId} ${phoneId}`)
    if (recipients.length === 0) continue
    const contentId = await putContent(work, caseId, firstChangeId, content)
    owed.push(...recipients.map(({ phoneId, subscriptionId }) => ({ dedupeKey: `text/${phoneId}/${fact}`, phoneId, subscriptionId, contentId, runId: null })))
  }
  return putTexts(work, site, owed)
}

/** What is said alike to all phones of a case. */
interface ToldByText {
  readonly caseId: number
  readonly firstChangeId: number
  /** Names the change, or the first and the last of those that are counted. */
  readonly fact: string
  readonly content: TextContent
  readonly isCount: boolean
  /** Whom it is told: subscriptions with this choice of entries. */
  readonly choice: EntryChoice
}

interface TextedCase {
  readonly id: number
  readonly number: string
  readonly court: string
  readonly changes: number
  readonly firstId: number
  readonly lastId: number
}

const entryKinds = ['added', 'updated', 'voided'] as const

const isToldByText = (afterChangeId: number) => and(
  gt(docketChanges.id, afterChangeId),
  eq(docketChanges.isQuiet, false),
  inArray(docketChanges.kind, [...entryKinds]),
  eq(docketEntries.security, 'public'),
)

/** The public cases with changes to tell that somebody gets texts of (A5, F8): none, as a rule, and then nothing else is asked. */
async function listTextedCases({ tx }: Work, { profile }: Site, afterChangeId: number): Promise<TextedCase[]> {
  const rows = await tx.select({
    id: cases.id, number: cases.number, court: cases.court, changes: count(), firstId: min(docketChanges.id), lastId: max(docketChanges.id),
  }).from(docketChanges)
    .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .innerJoin(cases, and(eq(cases.id, docketChanges.caseId), eq(cases.security, 'public')))
    .innerJoin(courts, and(eq(courts.code, cases.court), eq(courts.isTakingPart, true)))
    .where(and(
      isToldByText(afterChangeId),
      isTracked(profile),
      sql`exists (select 1 from ${subscriptions} where ${subscriptions.caseId} = ${docketChanges.caseId} and ${subscriptions.textState} = 'active')`,
    ))
    .groupBy(cases.id)
  return rows.flatMap(({ firstId, lastId, ...row }) => (firstId === null || lastId === null ? [] : [{ ...row, firstId, lastId }]))
}

/** The choices of entries of those who get texts of the case, the widest first: as a rule that of everything alone. */
async function listChoices({ tx }: Work, caseId: number): Promise<EntryChoice[]> {
  const rows = await tx.selectDistinct({ choice: subscriptions.entryChoice }).from(subscriptions)
    .where(and(eq(subscriptions.caseId, caseId), sql`${subscriptions.textState} = 'active'`))
  return entryChoices.filter((one) => rows.some(({ choice }) => choice === one))
}

/** What those with one choice are told: the changes that they chose, or their count where it is more than the brake lets through. */
async function toldTo(work: Work, site: Site, texted: TextedCase, choice: EntryChoice, afterChangeId: number, address: string): Promise<ToldByText[]> {
  const most = site.profile.brakes.textChanges
  if (choice === 'all' && texted.changes > most) return [countOf(site, texted, choice, address)]
  const told = await changesOf(work, site, texted, choice, afterChangeId, address)
  const [first, last] = [told[0], told.at(-1)]
  if (told.length <= most || !first || !last) return told
  return [countOf(site, { ...texted, changes: told.length, firstId: first.firstChangeId, lastId: last.firstChangeId }, choice, address)]
}

const countOf = (site: Site, { id, number, changes, firstId, lastId }: TextedCase, choice: EntryChoice, address: string): ToldByText => ({
  caseId: id,
  firstChangeId: firstId,
  fact: `${firstId}-${lastId}`,
  content: textOf(site, number, `${changes} docket entries were added, corrected or voided.`, address),
  isCount: true,
  choice,
})

async function changesOf(
  { tx }: Work, site: Site, { id: caseId, number }: TextedCase, choice: EntryChoice, afterChangeId: number, address: string,
): Promise<ToldByText[]> {
  const changes = await tx.select({
    id: docketChanges.id, kind: docketChanges.kind, code: docketEntries.code, description: docketEntries.description, text: docketEntries.text,
  }).from(docketChanges)
    .innerJoin(docketEntries, eq(docketEntries.id, docketChanges.entryId))
    .where(and(isToldByText(afterChangeId), eq(docketChanges.caseId, caseId)))
    .orderBy(asc(docketChanges.id))
  return changes.filter((change) => isChosen(site.profile, choice, change)).map(({ id, kind, description, text }) => ({
    caseId, firstChangeId: id, fact: String(id), isCount: false, choice, content: textOf(site, number, sentenceOf(kind, displayText(description), displayText(text)), address),
  }))
}

/** More than any text holds: it is cut to its length when it is composed. */
const mostCharacters = 600

function textOf(site: Site, caseNumber: string, happened: string, address: string): TextContent {
  const said = site.profile.policy.noticeDetail === 'caseNumber' ? 'There is news on its page.' : happened
  return { ...textFrame(site), kind: 'text', told: `Case ${displayText(caseNumber)}: ${said}`.slice(0, mostCharacters), address }
}

const marks: Readonly<Record<EntryChangeKind, string>> = { added: 'New entry', updated: 'Corrected entry', voided: 'Voided entry' }

function sentenceOf(kind: string, description: string, text: string): string {
  const mark = entryKinds.find((one) => one === kind)
  const entry = [description, text].map((part) => part.trim()).filter((part) => part !== '').map((part) => (/[.!?…]$/.test(part) ? part : `${part}.`))
  return `${mark ? marks[mark] : ''}: ${entry.join(' ')}`
}

/** Each phone once, whoever named it with this choice and did not ask for a pause, and whose stop link it gets. */
async function listPhones({ tx }: Work, caseId: number, changeId: number, choice: EntryChoice): Promise<{ phoneId: number; subscriptionId: number }[]> {
  const rows = await tx.select({ phoneId: phones.id, subscriptionId: min(subscriptions.id) }).from(subscriptions)
    .innerJoin(phones, and(eq(phones.id, subscriptions.phoneId), isNull(phones.stoppedAt)))
    .where(and(
      eq(subscriptions.caseId, caseId), sql`${subscriptions.textState} = 'active'`, lt(subscriptions.textActiveAfter, changeId),
      eq(subscriptions.entryChoice, choice), or(isNull(subscriptions.pausedBecause), ne(subscriptions.pausedBecause, 'asked')),
    ))
    .groupBy(phones.id)
    .orderBy(asc(phones.id))
  return rows.flatMap(({ phoneId, subscriptionId }) => (subscriptionId === null ? [] : [{ phoneId, subscriptionId }]))
}

async function putContent({ tx, now }: Work, caseId: number, firstChangeId: number, payload: TextContent): Promise<number> {
  const [content] = await tx.insert(messageContents).values({ caseId, firstChangeId, payload, createdAt: now }).returning({ id: messageContents.id })
  if (!content) throw new Error('What a text says was not written.')
  return content.id
}
