import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/** What a page may say of its answer, which Next does not let it say itself. */
export interface PageStatus {
  readonly status: number
  readonly retryAfterSeconds?: number
}

/**
 * The answers that pages are being made for, by the name that `server/main.ts` gave to the request. A page that has nothing
 * to show says so by its name before its first byte leaves.
 */
export function pagesUnderWay() {
  const answers = new Map<string, ServerResponse>()
  return {
    /** The name by which the page speaks of this answer: unguessable, and known until it has left. */
    begin(answer: ServerResponse): string {
      const name = randomUUID()
      answers.set(name, answer)
      answer.once('close', () => answers.delete(name))
      return name
    },
    setStatus(name: string, said: PageStatus): void {
      const answer = answers.get(name)
      if (answer && !answer.headersSent) fixStatus(answer, said)
    },
  }
}

/** Gives an answer its status, whatever Next sets after that. */
export function fixStatus(answer: ServerResponse, { status, retryAfterSeconds }: PageStatus): void {
  Object.defineProperty(answer, 'statusCode', { configurable: true, get: () => status, set: () => undefined })
  if (retryAfterSeconds !== undefined) answer.setHeader('Retry-After', String(retryAfterSeconds))
}
