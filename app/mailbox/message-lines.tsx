import { formatInstant } from '../../server/contract/court-time.ts'

interface Line {
  readonly id: number
  readonly channel: 'email' | 'text'
  readonly to: string
  readonly subject: string
  readonly said: string | null
  readonly arrivedAt: Date
}

/** The messages of the local mailbox, each a link to itself: an e-mail by its subject, a text by its first words. */
export function MessageLines({ mails, timeZone }: { mails: readonly Line[]; timeZone: string }) {
  return (
    <ol className="border-t-2 border-ink bg-sheet">
      {mails.map(({ id, channel, to, subject, said, arrivedAt }) => (
        <li key={id} className="border-b border-rule p-4.5">
          <a className="inline-block py-1 text-lead font-semibold wrap-anywhere" href={`/mailbox/${id}`}>{channel === 'text' ? firstWords(said ?? '') : subject}</a>
          <p className="flex flex-wrap gap-x-6 text-nav text-ink2">
            <span className="wrap-anywhere">{channel === 'text' ? 'Text to' : 'To'} {to}</span>
            <span className="tabular-nums">{formatInstant(arrivedAt, timeZone)}</span>
          </p>
        </li>
      ))}
    </ol>
  )
}

const mostShown = 110

const firstWords = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown).trimEnd()}…` : text)
