import { and, asc, count, desc, gte, isNotNull, lte, type SQL } from 'drizzle-orm'
import { outboxMessages as messages } from '../../../db/schema.ts'
import type { Bounded, OutboxView } from '../../contract/operator-view.ts'
import { messageKinds, messageStates, type MessageKind, type MessageState } from '../../contract/vocabulary.ts'
import type { Reading } from '../../work.ts'
import { isLeased, waitingLanes } from '../outbox/lanes.ts'
import { isInTrouble } from './is-in-trouble.ts'

const mostCounted = 10_000
const settledAmong = 20_000
const settledStates = ['sent', 'delivered', 'cancelled'] as const

type Counted = { readonly kind: MessageKind; readonly state: MessageState } & Bounded

/**
 * How many messages there are of each kind in each state (I5). Costs the same however many there are: what is open or went
 * wrong is counted over its own index up to a bound, what is settled among the newest messages.
 */
export async function countOutbox(reading: Reading): Promise<OutboxView> {
  const { tx, now } = reading
  const counted: Counted[] = []
  // Any moment at all: it says which index is meant.
  const isEver = gte(messages.dueAt, new Date(0))
  const isHeld = isNotNull(messages.leasedUntil)
  for (const part of [...waitingLanes.map((lane) => and(lane, isEver)), and(isLeased, isHeld), ...messageStates.flatMap((state) => isInTrouble(state) ?? [])]) {
    counted.push(...await countPart(reading, part))
  }
  counted.push(...await countSettled(reading))
  const due: number[] = []
  for (const lane of waitingLanes) {
    const [first] = await tx.select({ dueAt: messages.dueAt }).from(messages).where(and(lane, lte(messages.dueAt, now))).orderBy(asc(messages.dueAt)).limit(1)
    if (first) due.push(first.dueAt.getTime())
  }
  return { kinds: byKind(counted), settledAmong, oldestDueAt: due.length === 0 ? null : new Date(Math.min(...due)) }
}

async function countPart({ tx }: Reading, part: SQL | undefined): Promise<Counted[]> {
  const some = tx.select({ kind: messages.kind, state: messages.state }).from(messages).where(part).limit(mostCounted).as('some')
  const rows = await tx.select({ kind: some.kind, state: some.state, count: count() }).from(some).groupBy(some.kind, some.state)
  const isExact = rows.reduce((all, row) => all + row.count, 0) < mostCounted
  return rows.map((row) => ({ ...row, isExact }))
}

async function countSettled({ tx }: Reading): Promise<Counted[]> {
  const newest = tx.select({ kind: messages.kind, state: messages.state }).from(messages).orderBy(desc(messages.id)).limit(settledAmong).as('newest')
  const rows = await tx.select({ kind: newest.kind, state: newest.state, count: count() }).from(newest).groupBy(newest.kind, newest.state)
  const isExact = rows.reduce((all, row) => all + row.count, 0) < settledAmong
  const found = new Map(rows.map((row) => [`${row.kind} ${row.state}`, row.count]))
  return messageKinds.flatMap((kind) => settledStates.map((state) => ({ kind, state, count: found.get(`${kind} ${state}`) ?? 0, isExact })))
}

function byKind(counted: readonly Counted[]): OutboxView['kinds'] {
  const none = { count: 0, isExact: true }
  return messageKinds.map((kind) => {
    const of = (state: MessageState): Bounded => {
      const one = counted.find((each) => each.kind === kind && each.state === state)
      return one ? { count: one.count, isExact: one.isExact } : none
    }
    return {
      kind,
      states: {
        waiting: of('waiting'), leased: of('leased'), sent: of('sent'), delivered: of('delivered'), bounced: of('bounced'), failed: of('failed'),
        cancelled: of('cancelled'), parked: of('parked'),
      },
    }
  }).filter(({ states }) => Object.values(states).some((one) => one.count > 0))
}
