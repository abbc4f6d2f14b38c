import { Button } from '../../_ui/button.tsx'
import { LinkedText } from './linked-text.tsx'

interface Text {
  readonly id: number
  readonly text: string
  /** What a carrier counts of it: `Encoding` and `Segments`. */
  readonly headers: Readonly<Record<string, string>>
}

/** A text of the local mailbox as a phone shows it, what a carrier would count, and the answers that a phone may give. */
export function TextMessage({ text: { id, text, headers } }: { text: Text }) {
  const segments = headers['Segments'] ?? '1'
  return (
    <>
      <p className="max-w-md rounded-xl border border-rule bg-sheet p-4.5 text-lead whitespace-pre-wrap wrap-anywhere"><LinkedText>{text}</LinkedText></p>
      <p className="mt-2 mb-8 text-nav text-ink2 tabular-nums">
        {text.length} characters in {segments} {segments === '1' ? 'segment' : 'segments'}, {headers['Encoding'] ?? 'GSM-7'}
      </p>
      <form method="post" action="/api/forms/mailbox">
        <input type="hidden" name="id" value={id} />
        <h2 className="mb-3 font-serif text-section font-semibold">Answer it as its phone</h2>
        <div className="flex flex-wrap gap-3">
          {['STOP', 'START', 'HELP'].map((word) => <Button key={word} kind="secondary" name="reply" value={word}>Reply {word}</Button>)}
        </div>
      </form>
    </>
  )
}
