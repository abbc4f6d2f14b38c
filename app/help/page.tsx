import type { Metadata } from 'next'
import { DataTable } from '../_ui/data-table.tsx'
import { readFrame } from '../_ui/frame.ts'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'
import { notOfficial } from '../../server/contract/wording.ts'

export const metadata: Metadata = { title: 'Help' }

const triggers: readonly (readonly [what: string, isTold: boolean])[] = [
  ['An entry is added to the docket', true],
  ['An entry is corrected', true],
  ['An entry is voided', true],
  ['A closed case is opened again', true],
  ['The status of the case changes in another way, without an entry', false],
  ['A payment is made', false],
  ['Somebody looks at the case', false],
]

export default async function HelpPage() {
  const { helpDesk, sender } = await readFrame()
  return (
    <PageMain width="narrow">
      <PageTitle lead="How to find a case, track it, and stop. You need no account, and it is free.">Help</PageTitle>
      <Prose>
        <h2>Find a case</h2>
        <p>
          <a href="/">Search</a> by case number or by name. Hyphens, spaces and capitals do not matter in a number, and its beginning is enough.
          For a person, type the last name first. “More ways to search” narrows by court, type of case, dates, and open or closed.
        </p>
        <h2>Track it</h2>
        <ol>
          <li>Open the case. Under Case Header, press “Track This Case”.</li>
          <li>Type your e-mail address twice, pass the verification, and press “Track This Case”.</li>
          <li>
            Open the e-mail we send you, follow its link, and press “Confirm”. The link works for 7 days. Until you confirm, nothing is tracked.
          </li>
        </ol>
        <p>Texts to a phone, and reminders before hearings and payments, are not sent yet, though the form already asks about them.</p>
        <h2>One case number, one request</h2>
        <p>
          Tracking follows a case number, not a person. A new case of the same person has a new number, and you are told nothing of it until you
          track it too.
        </p>
        <h2>What you are told of, and when</h2>
        <DataTable
          caption="What sends you a notice"
          columns={[{ label: 'What happens' }, { label: 'Are you told?' }]}
          rows={triggers.map(([what, isTold]) => ({ key: what, cells: [what, isTold ? 'Yes' : 'No'] }))}
        />
        <p>
          One e-mail for each case leaves in the evening, and only when there is something to tell. It covers what the court’s system sent us since
          the evening before, even when the entry bears an older filing date. Only what arrives after you confirmed counts.
        </p>
        <h2>See what you track</h2>
        <p>
          On the page of any case, press “Track This Case”, type your address and press “Tracking Report”. We send the list of your cases to that
          address. The link in it works for 24 hours.
        </p>
        <h2>Stop</h2>
        <p>
          Each e-mail has links to stop: this case, or all cases. A link opens a page that asks; nothing changes until you press YES. Links in old
          e-mails go on working.
        </p>
        <h2>Nothing arrives?</h2>
        <ul>
          <li>Look for <span className="wrap-anywhere">{sender.email}</span> in spam, and add it to your contacts.</li>
          <li>Ask for a tracking report: is the case in it? If not, the address was mistyped or never confirmed.</li>
          <li>Look at the docket of the case: was anything entered since you confirmed?</li>
          <li>See whether <a href="/courts">the court takes part</a>.</li>
          <li>Make sure that your mailbox is not full.</li>
        </ul>
        <h2>Not official notice</h2>
        <p>
          {notOfficial} E-mails can be late or lost. Look at the case itself before each hearing, and keep your own calendar.
        </p>
        <h2>Whom to ask</h2>
        <p>
          The {helpDesk.name}: <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a> or {helpDesk.phone}, {helpDesk.hours}. We can’t give
          legal advice.
        </p>
      </Prose>
    </PageMain>
  )
}
