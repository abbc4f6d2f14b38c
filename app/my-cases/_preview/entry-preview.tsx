import type { EntryPreviewView } from '../../../server/contract/entry-preview-view.ts'
import { formatDay } from '../../../server/contract/court-time.ts'
import { entryChoiceLabels } from '../../../server/contract/wording.ts'
import type { EntryChoice } from '../../../server/contract/vocabulary.ts'

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`

/** What the last 90 days of a case would have sent under each choice of entries, and the entries of the one that is looked at. */
export function EntryPreview({ preview, shown }: { readonly preview: EntryPreviewView; readonly shown: EntryChoice }) {
  const looked = preview.choices.find(({ choice }) => choice === shown)
  return (
    <section aria-labelledby="entry-preview">
      <h2 id="entry-preview" className="mb-3 font-serif text-section font-semibold">What the last 90 days would have sent</h2>
      <ul className="mb-5">
        {preview.choices.map(({ choice, evenings, entries }) => (
          <li key={choice} className="border-t border-rule py-2.5 last:border-b">
            <b>{entryChoiceLabels[choice]}</b>: {count(evenings, 'evening', 'evenings')}, {count(entries, 'docket entry', 'docket entries')}
            {choice === preview.choice ? ' (chosen now)' : ''}
          </li>
        ))}
      </ul>
      {looked === undefined || looked.entries === 0 ? <p>Nothing would have been sent.</p> : (
        <>
          <h3 className="mb-2 font-semibold">{entryChoiceLabels[looked.choice]}</h3>
          <ul>
            {looked.list.map(({ description, filedOn }, index) => <li key={index} className="py-1">{formatDay(filedOn)}: {description}</li>)}
          </ul>
          {looked.entries > looked.list.length && <p className="mt-2">and {looked.entries - looked.list.length} more</p>}
        </>
      )}
    </section>
  )
}
