/** For how many days things are kept; counted from what each rule names. docs/privacy.md and the privacy page are checked against it. */
export const retentionDays = {
  /** Messages, and what they said, from when they were owed (G3). */
  messages: 90,
  /** Requests that nobody confirmed, and all that is known of their address only through them. */
  unconfirmed: 30,
  /** Tracking reports that were asked for; their pages open for a day (E8). */
  reports: 7,
  /** Registrations, and links that choose a password or an address. */
  accountRequests: 30,
  /** Log-ins that are over, captcha answers and counts of tries. */
  spent: 1,
  /** STOP, START and HELP, and answers to webhooks. */
  replies: 90,
  /** What the local mailbox received. */
  mailbox: 90,
  /** Subscriptions that were stopped, with the proof of who asked for them: for as long as anybody may ask for it. */
  stopped: 1461,
} as const
export type RetentionRule = keyof typeof retentionDays

const words = (days: number): string => (days === 1 ? '1 day' : days % 1461 === 0 ? `${days / 1461 * 4} years` : `${days} days`)

export interface RetentionLine {
  readonly what: string
  readonly howLong: string
  /** Of accounts or texts only. */
  readonly where?: 'accounts' | 'texts'
}

/** What is kept how long, as people read it. */
export const retentionLines: readonly RetentionLine[] = [
  { what: 'What was sent to you, what it said and what became of it', howLong: words(retentionDays.messages) },
  { what: 'A request that nobody confirmed, and whom it named', howLong: words(retentionDays.unconfirmed) },
  { what: 'That you asked for a tracking report', howLong: words(retentionDays.reports) },
  { what: 'A case that you stopped tracking, and when you asked, confirmed and stopped', howLong: words(retentionDays.stopped) },
  { what: 'Whom we know of through nothing else any more', howLong: 'until the last of it goes' },
  { what: 'That mail to an address came back or was called spam', howLong: 'until it is mended, so that nothing goes there' },
  { what: 'That a phone answered STOP', howLong: 'until it answers START, so that nothing goes there', where: 'texts' },
  { what: 'When a phone answered STOP, START or HELP', howLong: words(retentionDays.replies), where: 'texts' },
  { what: 'Which cases one e-mail told of together, so that its stop link works', howLong: 'while you track one of them', where: 'accounts' },
  { what: 'A registration or a link for a new password or address', howLong: words(retentionDays.accountRequests), where: 'accounts' },
  { what: 'A log-in that is over', howLong: words(retentionDays.spent), where: 'accounts' },
  { what: 'Your account, its notes and its searches', howLong: 'until you delete it, then at once', where: 'accounts' },
  { what: 'Counts of tries, and captcha answers that were used', howLong: words(retentionDays.spent) },
]
