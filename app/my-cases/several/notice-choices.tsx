import { trackedAtOnce } from '../../../server/contract/consent-wording.ts'
import type { NoticeOptions } from '../../../server/contract/vocabulary.ts'
import { optionLabels } from '../../../server/contract/wording.ts'
import { CheckboxRow } from '../../_ui/checkbox-row.tsx'

/** The three options of B1, for all cases of a list alike. */
export function NoticeChoices({ chosen }: { chosen: NoticeOptions | null }) {
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">Notices besides those of new entries</legend>
      {(['eventTenDays', 'eventTwoDays', 'paymentTwoDays'] as const).map((option) => (
        <CheckboxRow key={option} id={option} name={option} label={optionLabels[option]} defaultChecked={chosen?.[option] ?? false} />
      ))}
      <p className="mt-2 text-nav text-ink3">They are chosen for cases that you do not track yet. What you track already keeps its own.</p>
      <p className="mt-2 max-w-measure text-nav text-ink3">{trackedAtOnce}</p>
    </fieldset>
  )
}
