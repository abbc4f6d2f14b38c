import { and, asc, eq, isNull, sql, type SQL } from 'drizzle-orm'
import { cases, consents, consentWords, phones, subscribers } from '../../../db/schema.ts'
import type { ConsentAct } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { parsePhone } from '../tracking/parse-phone.ts'
import { emailKey } from '../tracking/put-subscriber.ts'

export interface ConsentView {
  readonly at: Date
  readonly act: ConsentAct
  /** The one that did it, whatever its subscriber's is by now. */
  readonly emailAddress: string
  readonly phone: string | null
  /** Null for what is about no one case, and for one that is not public (A6). */
  readonly caseNumber: string | null
  readonly court: string | null
  readonly words: string
  /** Of the client address; null where it came by command or in a reply. */
  readonly fromHash: string | null
}

/** What a subscriber asked, confirmed and stopped, the oldest first (G1, H6). Of a case that is not public there is nothing. */
export const listOwnConsents = (reading: Reading, subscriberId: number): Promise<ConsentView[]> =>
  listConsents(reading, and(eq(consents.subscriberId, subscriberId), sql`(${consents.caseId} is null or ${cases.id} is not null)`))

/** The same of an address or a phone, as an operator names it, with what is about cases that are not public, unnamed. Null for what is neither. */
export async function findConsents(reading: Reading, typed: string): Promise<ConsentView[] | null> {
  if (typed.includes('@')) {
    const key = emailKey(typed)
    const present = await listConsents(reading, and(eq(subscribers.emailKey, key), isNull(consents.formerEmailKey)))
    return [...await listConsents(reading, eq(consents.formerEmailKey, key)), ...present].sort((a, b) => a.at.getTime() - b.at.getTime())
  }
  const number = parsePhone(typed)
  return number === undefined ? null : listConsents(reading, eq(phones.number, number))
}

function listConsents({ tx }: Reading, which: SQL | undefined): Promise<ConsentView[]> {
  return tx.select({
    at: consents.at, act: consents.act, emailAddress: sql<string>`coalesce(${consents.formerEmailKey}, ${subscribers.email})`, phone: phones.number, caseNumber: cases.number, court: cases.court,
    words: consentWords.words, fromHash: consents.fromHash,
  }).from(consents)
    .innerJoin(subscribers, eq(subscribers.id, consents.subscriberId))
    .innerJoin(consentWords, eq(consentWords.hash, consents.wordsHash))
    .leftJoin(phones, eq(phones.id, consents.phoneId))
    .leftJoin(cases, and(eq(cases.id, consents.caseId), eq(cases.security, 'public')))
    .where(which).orderBy(asc(consents.id))
}
