import { and, asc, desc, gt, inArray, isNull, lte, or } from 'drizzle-orm'
import { outages } from '../../../db/schema.ts'
import { announcedKinds, type OutagesView, type OutageView } from '../../contract/outages-view.ts'
import type { Reading } from '../../work.ts'

const columns = { id: outages.id, kind: outages.kind, startsAt: outages.startsAt, endsAt: outages.endsAt, what: outages.what }

const isNotOver = (now: Date) => or(isNull(outages.endsAt), gt(outages.endsAt, now))

/** The log of outages (I6): all that is under way or to come, and the newest `pastLimit` of those that are over. */
export async function listOutages({ tx, now }: Reading, pastLimit: number): Promise<OutagesView> {
  const notOver = await tx.select(columns).from(outages).where(isNotOver(now)).orderBy(asc(outages.startsAt), asc(outages.id))
  const past = await tx.select(columns).from(outages).where(lte(outages.endsAt, now)).orderBy(desc(outages.startsAt), desc(outages.id)).limit(pastLimit)
  return {
    current: notOver.filter(({ startsAt }) => startsAt <= now),
    planned: notOver.filter(({ startsAt }) => startsAt > now),
    past,
  }
}

/** What every page says in its banner (I6): what a person announced, from then on until it ends. */
export const listAnnounced = ({ tx, now }: Reading): Promise<OutageView[]> =>
  tx.select(columns).from(outages).where(and(inArray(outages.kind, announcedKinds), isNotOver(now)))
    .orderBy(asc(outages.startsAt), asc(outages.id))
