import type { FeedReport } from './contract/records.ts'
import { finishHistoryImport, recordHistoryImport } from './domain/docket/record-history-import.ts'
import { findTakenDelivery, putTakenDelivery } from './domain/docket/taken-deliveries.ts'
import { takeRecords } from './domain/docket/take-records.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { BodyTooLarge, BodyUnreadable, feedBody } from './feed-body.ts'
import { readCourtListener } from './feeds/courtlistener.ts'
import { readNdjson } from './feeds/ndjson-feed.ts'
import type { Workplace } from './work.ts'

export interface FeedDeps {
  readonly workplace: Workplace
  readonly site: Site
}

export type FeedAnswer =
  | { readonly kind: 'report'; readonly report: FeedReport }
  | { readonly kind: 'tooLarge' | 'unreadable'; readonly reason: string }

type Body = ReadableStream<Uint8Array> | null

/** Takes in a body of the feed, record by record as it comes (I1). Quiet ones are written down as imports of history (I7). */
export const takeFeed = ({ workplace, site }: FeedDeps, body: Body, { isGzip, isQuiet }: { isGzip: boolean; isQuiet: boolean }): Promise<FeedAnswer> =>
  answered(async () => {
    const take = () => takeRecords(workplace, readNdjson(feedBody(body, isGzip)), { isQuiet, site })
    return isQuiet ? asHistory(workplace, 'feed', take) : take()
  })

/** What `take` takes in is history, told to nobody: who is an operator may say so, and it is written down (I7). */
export async function asHistory(workplace: Workplace, way: 'feed' | 'command', take: () => Promise<FeedReport>): Promise<FeedReport> {
  const id = await workplace.inOneTransaction((work) => recordHistoryImport(work, way))
  const report = await take()
  await workplace.inOneTransaction((work) => finishHistoryImport(work, id, report))
  return report
}

/** What a webhook brings at most. */
export const maxWebhookBytes = 16 * 1024 * 1024

/**
 * Takes in what CourtListener sends (I2). A delivery whose key was seen before takes nothing and is answered as it was; one
 * that comes late, as one that failed first, brings back no older version of an entry.
 */
export const takeCourtListener = ({ workplace, site }: FeedDeps, body: Body, { isGzip, key }: { isGzip: boolean; key: string | null }): Promise<FeedAnswer> =>
  answered(async () => {
    const delivery = key === null ? null : `courtlistener/${key}`
    const taken = delivery === null ? undefined : await findTakenDelivery(workplace.reading(), delivery)
    if (taken) return taken
    const bytes = await jsonOf(feedBody(body, isGzip))
    const readings = readCourtListener(onePiece(bytes), { timeZone: site.profile.timeZone })
    const report = await takeRecords(workplace, readings, { isQuiet: false, site })
    if (delivery !== null) await workplace.inOneTransaction((work) => putTakenDelivery(work, delivery, report))
    return report
  })

async function answered(take: () => Promise<FeedReport>): Promise<FeedAnswer> {
  try {
    return { kind: 'report', report: await take() }
  } catch (error) {
    if (error instanceof BodyTooLarge) return { kind: 'tooLarge', reason: error.message }
    if (error instanceof BodyUnreadable) return { kind: 'unreadable', reason: error.message }
    throw error
  }
}

async function jsonOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > maxWebhookBytes) throw new BodyTooLarge(`The body is larger than ${maxWebhookBytes / 1024 / 1024} MB.`)
    pieces.push(piece)
  }
  const whole = Buffer.concat(pieces)
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(whole))
  } catch {
    throw new BodyUnreadable('The body is not valid JSON.')
  }
  return whole
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
