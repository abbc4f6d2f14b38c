import type Sqlite from 'better-sqlite3'

/** A subscription as the old database has it, where it stopped. */
export interface OldStop {
  readonly id: number
  readonly subscriberId: number
  readonly caseId: number
  readonly isTextOnly: boolean
}

/** What must not be undone by a backup, as the database knows it whose place it takes: by the numbers that both have. */
export interface OldFacts {
  readonly stops: readonly OldStop[]
  readonly phonesStopped: readonly { readonly id: number; readonly at: Date }[]
  readonly suppressed: readonly { readonly id: number; readonly at: Date; readonly because: string }[]
  readonly hidden: { readonly cases: readonly number[]; readonly entries: readonly number[]; readonly events: readonly number[] }
  /** What is there at all: of what a backup has besides, it was deleted since. Subscribers that became one with another count as there. */
  readonly there: { readonly cases: ReadonlySet<number>; readonly subscribers: ReadonlySet<number> }
}

/** Undefined where the old database is of a form that cannot be read any more. */
export function readOld(connection: Sqlite.Database): OldFacts | undefined {
  const rows = (text: string): Record<string, unknown>[] => connection.prepare<[], Record<string, unknown>>(text).all()
  const ids = (text: string): number[] => rows(text).map(({ id }) => Number(id))
  try {
    return {
      stops: rows(`select id, subscriber_id, case_id, email_state from subscriptions where email_state = 'stopped' or text_state = 'stopped'`).map((row) => ({
        id: Number(row['id']), subscriberId: Number(row['subscriber_id']), caseId: Number(row['case_id']), isTextOnly: row['email_state'] !== 'stopped',
      })),
      phonesStopped: rows('select id, stopped_at from phones where stopped_at is not null')
        .map((row) => ({ id: Number(row['id']), at: new Date(Number(row['stopped_at'])) })),
      suppressed: rows('select id, suppressed_at, suppressed_because from subscribers where suppressed_at is not null')
        .map((row) => ({ id: Number(row['id']), at: new Date(Number(row['suppressed_at'])), because: String(row['suppressed_because']) })),
      hidden: {
        cases: ids(`select id from cases where security <> 'public'`),
        entries: ids(`select id from docket_entries where security <> 'public'`),
        events: ids(`select id from scheduled_events where security <> 'public'`),
      },
      there: {
        cases: new Set(ids('select id from cases')),
        subscribers: new Set([...ids('select id from subscribers'), ...ids('select id from former_subscribers')]),
      },
    }
  } catch (error) {
    if (error instanceof Error && /no such (table|column)/.test(error.message)) return undefined
    throw error
  }
}

/** How many messages that nobody had asked for left after a moment, as the old database knows. */
export function countLeftSince(connection: Sqlite.Database, since: Date): number {
  const [row] = connection.prepare<[number], { readonly left: number }>(`select count(*) as left from outbox_messages
    where kind in ('notice', 'digest', 'candidates', 'text') and state in ('sent', 'delivered', 'bounced') and settled_at >= ?`).all(since.getTime())
  return row?.left ?? 0
}
