import { randomInt } from 'node:crypto'
import { z } from 'zod'
import { origin } from './origin.ts'
import { bearing, secrets } from './secrets.ts'
import { expect } from './test.ts'

const count = z.number().int().min(0)
const feedAnswer = z.strictObject({
  accepted: count,
  unchanged: count,
  rejected: z.array(z.strictObject({ line: count, reason: z.string() })),
  changes: z.strictObject({ added: count, updated: count, voided: count }),
})
export type FeedAnswer = z.infer<typeof feedAnswer>

interface Feeding {
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a body to the feed as a court's machine does. */
export const sendToFeed = ({ body, headers = {} }: Feeding): Promise<Response> =>
  fetch(`${origin()}/api/feed`, {
    method: 'POST', body, headers: { ...bearing(secrets.FEED_SECRET), 'content-type': 'application/x-ndjson', ...headers },
  })

export const linesOf = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')

export const readFeedAnswer = async (response: Response): Promise<FeedAnswer> => {
  expect(response.status).toBe(200)
  return feedAnswer.parse(await response.json())
}

/**
 * The court enters records, all of which must be taken. What one call brings is told in one notice: an evening that another
 * test holds meanwhile takes all of it or nothing.
 */
export async function enter(records: readonly object[]): Promise<FeedAnswer> {
  const answer = await readFeedAnswer(await sendToFeed({ body: linesOf(records) }))
  expect(answer.rejected).toEqual([])
  return answer
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
export const someLetters = (length: number): string => Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('')

/** A case number that no other test has. */
export const newNumber = (): string => `26${someLetters(4)}-CV${String(randomInt(100_000)).padStart(5, '0')}`

export const court = '13-BOONE'
export const courtName = '13th Judicial Circuit, Boone County'

/** An invented public case, with what the test says otherwise. */
export const aCase = (number: string, otherwise: object = {}) => ({
  type: 'case', number, court, caption: 'Tobin Farrow v. Millbrook Tile Works', caseType: 'CV', filedOn: '2026-03-02', status: 'open',
  judge: 'C. Ansel',
  parties: [{ name: 'Farrow, Tobin', role: 'Plaintiff', attorney: 'R. Penn' }, { name: 'Millbrook Tile Works', role: 'Defendant' }],
  ...otherwise,
})

/** An invented entry of a case. */
export const anEntry = (number: string, id: string, otherwise: object = {}) => ({
  type: 'docketEntry', case: number, court, id, filedAt: '2026-11-02T10:15:00-06:00', code: 'MOT', description: `Motion ${id}`,
  text: `Text of ${id}.`,
  ...otherwise,
})

const evening = z.object({ day: z.iso.date(), state: z.enum(['completed', 'running']), notices: count, emails: count })

/** Holds this evening, or that of a day to come in a service of one's own, until it has taken all that had arrived when it was called, and until nothing waits to leave. */
export async function holdEvening(day?: string): Promise<void> {
  const asScheduler = { method: 'POST', headers: bearing(secrets.CRON_SECRET) }
  await expect.poll(async () => {
    const response = await fetch(`${origin()}/api/cron/digest?wait=delivery${day === undefined ? '' : `&day=${day}`}`, asScheduler)
    return response.ok ? evening.parse(await response.json()).state : response.status
  }, { message: 'an evening is held', timeout: 60_000 }).toBe('completed')
  await expect.poll(async () => {
    const response = await fetch(`${origin()}/api/cron/deliver`, asScheduler)
    return z.object({ remaining: count }).parse(await response.json()).remaining
  }, { message: 'nothing waits to leave', timeout: 60_000 }).toBe(0)
}
