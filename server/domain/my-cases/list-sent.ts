import type { SentPage } from '../../contract/sent-view.ts'
import type { Reading } from '../../work.ts'
import type { Site } from '../outbox/message-frame.ts'
import { listMessages, type MessageRow, type Place } from './list-messages.ts'
import { tellMessages } from './tell-messages.ts'

const linesOnPage = 50

/** What an account was sent, 50 a page, the newest first (G3). `before`: as an earlier page named what is older than it; all else is the first page. */
export async function listSent(reading: Reading, site: Pick<Site, 'profile'>, subscriberId: number, before: string): Promise<SentPage> {
  const rows = await listMessages(reading, subscriberId, { before: placeOf(before), limit: linesOnPage + 1 })
  const shown = rows.slice(0, linesOnPage)
  const last = shown.at(-1)
  return {
    lines: (await tellMessages(reading, site, shown)).map(({ line }) => line),
    older: rows.length > linesOnPage && last ? writtenPlace(last) : null,
  }
}

const writtenPlace = ({ createdAt, id }: MessageRow): string => `${createdAt.getTime()}-${id}`

function placeOf(written: string): Place | undefined {
  const [, at, id] = /^(\d{1,15})-(\d{1,15})$/.exec(written) ?? []
  return at === undefined || id === undefined || Number(at) > latestMs ? undefined : { at: new Date(Number(at)), id: Number(id) }
}

// No database knows of later moments.
const latestMs = 253_402_300_799_999
