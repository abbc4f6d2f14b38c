import { asc, eq, inArray, sql } from 'drizzle-orm'
import { bundledNotices, cases, messageContents, phones, subscriptions, trackingRequests } from '../../../db/schema.ts'
import { briefText } from '../../contract/brief-text.ts'
import { displayText } from '../../contract/display-text.ts'
import { fieldOf } from '../../contract/field-of.ts'
import type { SentLine } from '../../contract/sent-view.ts'
import { textKinds, type MessageKind } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { addressesOfCases } from '../cases/address-of-case.ts'
import type { BundledNotice } from '../outbox/leased-batch.ts'
import type { Site } from '../outbox/message-frame.ts'
import type { MessageRow } from './list-messages.ts'
import { readInPieces } from './read-in-pieces.ts'
import { sayFate } from './say-fate.ts'

/** A message as its reader may see it, with what it says: JSON text by content id, empty where that may not be shown. */
export interface ToldMessage {
  readonly row: MessageRow
  readonly line: SentLine
  readonly contents: ReadonlyMap<number, string>
  /** Of an e-mail of several cases. */
  readonly bundle: readonly BundledNotice[]
  readonly phoneEnding: string | null
}

const longestWords = 110

/**
 * What these messages say, in short (G3). One that speaks of a case which is not public any more, of several cases of which one is not, or of
 * something that was taken back, is told without its words; one that speaks of such cases only is left out (A6, F8, A9).
 */
export async function tellMessages(reading: Reading, { profile }: Pick<Site, 'profile'>, rows: readonly MessageRow[]): Promise<ToldMessage[]> {
  const { tx } = reading
  const bundled = Map.groupBy(await readInPieces(rows.filter(({ kind }) => kind === 'digest').map(({ id }) => id), (ids) => tx.select({
    messageId: bundledNotices.messageId, subscriptionId: bundledNotices.subscriptionId, contentId: bundledNotices.contentId,
    linkVersion: subscriptions.linkVersion, note: subscriptions.note,
  }).from(bundledNotices)
    .innerJoin(subscriptions, eq(subscriptions.id, bundledNotices.subscriptionId))
    .innerJoin(cases, eq(cases.id, subscriptions.caseId))
    .where(inArray(bundledNotices.messageId, ids))
    // As the mail lists them (list-bundled.ts).
    .orderBy(asc(bundledNotices.messageId), asc(cases.number), asc(bundledNotices.subscriptionId))), ({ messageId }) => messageId)
  const contentIds = [...rows.map(({ contentId }) => contentId), ...[...bundled.values()].flat().map(({ contentId }) => contentId)]
  const contents = new Map((await readInPieces(contentIds, (ids) => tx.select({
    // As text: one that is not JSON must fail alone.
    id: messageContents.id, payload: sql<string>`cast(${messageContents.payload} as text)`, withdrawnAt: messageContents.withdrawnAt,
  }).from(messageContents).where(inArray(messageContents.id, ids)))).map((content) => [content.id, content]))
  const said = new Map(rows.map((row) => [row.id, parsed(contents.get(row.contentId)?.payload)]))
  const named = new Map(rows.map((row) => [row.id, namedBy(row, said.get(row.id), bundled.get(row.id) ?? [])]))
  const casesOf = await readCases(reading, [...named.values()])
  const pathOf = await addressesOfCases(reading, [...named.values()].flatMap((one) => casesOf(one)).flatMap((one) => (one?.security === 'public' ? [one] : [])))
  const endings = new Map((await readInPieces(rows.flatMap(({ phoneId }) => phoneId ?? []), (ids) =>
    tx.select({ id: phones.id, number: phones.number }).from(phones).where(inArray(phones.id, ids)))).map(({ id, number }) => [id, number.slice(-4)]))

  return rows.flatMap((row): ToldMessage[] => {
    const about = casesOf(named.get(row.id) ?? nobody)
    if (about.length > 0 && about.every((one) => one?.security !== 'public')) return []
    const itsContents = [row.contentId, ...(bundled.get(row.id) ?? []).map(({ contentId }) => contentId)].map((id) => contents.get(id))
    const isShown = about.every((one) => one?.security === 'public') && itsContents.every((content) => content?.withdrawnAt === null)
    const [first, another] = about
    const { id, kind, createdAt } = row
    return [{
      row,
      line: {
        id,
        at: createdAt,
        channel: textKinds.some((one) => one === kind) ? 'text' : 'email',
        what: whatIs[kind],
        words: isShown ? wordsOf(kind, said.get(id)) : null,
        ofCase: isShown && first && !another ? { number: displayText(first.number), address: pathOf(first) } : null,
        ...sayFate(isShown ? row : { ...row, reason: null }, profile, reading.now),
      },
      contents: new Map(isShown ? itsContents.flatMap((content) => (content ? [[content.id, content.payload]] : [])) : []),
      bundle: (bundled.get(row.id) ?? []).map(({ messageId: _, ...one }) => one),
      phoneEnding: row.phoneId === null ? null : endings.get(row.phoneId) ?? null,
    }]
  })
}

const whatIs: Readonly<Record<MessageKind, string>> = {
  notice: 'Notice',
  digest: 'Notice of several cases',
  candidates: 'New cases of a watch',
  verification: 'Verification e-mail',
  report: 'Tracking report',
  account: 'About your account',
  text: 'Text notice',
  textVerification: 'Verification text',
  textAnswer: 'Answer to a text',
}

/** Its subject, or the first words of a text. */
function wordsOf(kind: MessageKind, content: unknown): string | null {
  const field = (name: string): string | null => {
    const value = fieldOf(content, name)
    return typeof value === 'string' ? briefText(displayText(value).replace(/\s+/g, ' ').trim(), longestWords) : null
  }
  switch (kind) {
    case 'text':
    case 'textAnswer': return field('told')
    case 'textVerification': return `Confirm texts about case ${field('caseNumber') ?? ''}`
    default: return field('subject')
  }
}

function parsed(payload: string | undefined): unknown {
  try {
    return JSON.parse(payload ?? '')
  } catch {
    return null
  }
}

// --- which cases a message names

interface Named {
  readonly cases: readonly number[]
  readonly requests: readonly number[]
  readonly subscriptions: readonly number[]
}
const nobody: Named = { cases: [], requests: [], subscriptions: [] }

function namedBy({ subscriptionId }: MessageRow, content: unknown, bundled: readonly { readonly subscriptionId: number }[]): Named {
  return {
    cases: listIn(content, 'searches').flatMap((search) => listIn(search, 'cases')).flatMap((one) => idIn(one, 'caseId')),
    requests: listIn(content, 'requests').flatMap((one) => idIn(one, 'requestId')),
    subscriptions: [
      ...(subscriptionId === null ? [] : [subscriptionId]), ...bundled.map((one) => one.subscriptionId),
      ...listIn(content, 'cases').flatMap((one) => idIn(one, 'subscriptionId')),
    ],
  }
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : []
}

function idIn(value: unknown, name: string): number[] {
  const id = fieldOf(value, name)
  return typeof id === 'number' ? [id] : []
}

type CaseRow = Pick<typeof cases.$inferSelect, 'id' | 'number' | 'court' | 'security'>

/** Each case that is named, once; undefined for one that is there no more. */
async function readCases({ tx }: Reading, named: readonly Named[]): Promise<(one: Named) => (CaseRow | undefined)[]> {
  const ofSubscription = new Map((await readInPieces(named.flatMap((one) => one.subscriptions), (ids) =>
    tx.select({ id: subscriptions.id, caseId: subscriptions.caseId }).from(subscriptions).where(inArray(subscriptions.id, ids)))).map((row) => [row.id, row.caseId]))
  const ofRequest = new Map((await readInPieces(named.flatMap((one) => one.requests), (ids) =>
    tx.select({ id: trackingRequests.id, caseId: trackingRequests.caseId }).from(trackingRequests).where(inArray(trackingRequests.id, ids)))).map((row) => [row.id, row.caseId]))
  const ids = [...ofSubscription.values(), ...ofRequest.values(), ...named.flatMap((one) => one.cases)]
  const found = new Map((await readInPieces(ids, (some) =>
    tx.select({ id: cases.id, number: cases.number, court: cases.court, security: cases.security }).from(cases).where(inArray(cases.id, some)))).map((row) => [row.id, row]))
  return (one) => [...new Set([
    ...one.cases,
    ...one.subscriptions.map((id) => ofSubscription.get(id) ?? 0),
    ...one.requests.map((id) => ofRequest.get(id) ?? 0),
  ])].map((id) => found.get(id))
}
