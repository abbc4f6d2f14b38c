import { longestNote, type MyCaseView } from '../../../server/contract/my-cases-view.ts'
import { entryChoices } from '../../../server/contract/vocabulary.ts'
import { entryChoiceLabels, optionLabels } from '../../../server/contract/wording.ts'
import { Button } from '../../_ui/button.tsx'
import { CheckboxRow, RadioRow } from '../../_ui/checkbox-row.tsx'
import { TextField } from '../../_ui/field.tsx'

/** The options of B1 for one case, of which entries it is told, and its note. */
export function CaseChoices({ one, typedNote, back }: { one: MyCaseView; typedNote: string | undefined; back: string }) {
  return (
    <form method="post" action="/api/forms/my-cases" className="space-y-6">
      <input type="hidden" name="case" value={one.subscription} />
      <input type="hidden" name="back" value={back} />
      <fieldset>
        <legend className="mb-1 font-semibold">Notices besides those of new entries</legend>
        {(['eventTenDays', 'eventTwoDays', 'paymentTwoDays'] as const).map((option) => (
          <CheckboxRow key={option} id={option} name={option} label={optionLabels[option]} defaultChecked={one.options[option]} />
        ))}
      </fieldset>
      <fieldset>
        <legend className="mb-1 font-semibold">Entries you are told of</legend>
        {entryChoices.map((choice) => (
          <RadioRow key={choice} id={`entries-${choice}`} name="entryChoice" value={choice} label={entryChoiceLabels[choice]} defaultChecked={one.entryChoice === choice} />
        ))}
      </fieldset>
      <TextField
        id="note" name="note" label="Your note" hint="Only you see it, here and in your notices." maxLength={longestNote} autoComplete="off"
        defaultValue={typedNote ?? one.note}
      />
      <Button name="action" value="options">Save</Button>
    </form>
  )
}
