import { DataTable } from '../_ui/data-table.tsx'
import { Prose } from '../_ui/prose.tsx'
import { clockWords, serviceHoursWords, weekdayWords } from '../../server/contract/hours-wording.ts'
import { notOfficial, oneNumberOnly } from '../../server/contract/wording.ts'
import { toldTable, type HelpRules } from './told-table.ts'
import { AccountsOnly, HowToTrack } from './how-to-track.tsx'
import { NothingArrives } from './nothing-arrives.tsx'
import { TextHelp } from './text-help.tsx'
import { WithAnAccount } from './with-an-account.tsx'

export interface HelpProps {
  readonly rules: HelpRules
  readonly serviceHours: { readonly days: readonly number[]; readonly open: string; readonly close: string } | null
  readonly whoMayTrack: 'anyone' | 'accounts'
  readonly sender: { readonly name: string; readonly email: string }
  readonly helpDesk: { readonly name: string; readonly email: string; readonly phone: string; readonly hours: string }
}

/** All of the help (J1), as this court's profile has it. */
export function HelpBody({ rules, serviceHours, whoMayTrack, sender, helpDesk }: HelpProps) {
  const { digest, sendingHours, policy, texts } = rules
  const evening = `${clockWords(`${String(digest.hour).padStart(2, '0')}:00`)} court time, ${weekdayWords(digest.days)}`
  const parts = [
    ['find', 'Find a case'], ['track', 'Track it'], ['visitors', 'With and without an account'], ['one', 'One case number, one request'],
    ['told', 'What you are told of'], ['when', 'When it arrives'], ...(texts === null ? [] : [['texts', 'Texts'] as const]), ['report', 'See what you track'],
    ['stop', 'Stop'], ['courts', 'Courts that take no part'], ['nothing', 'Nothing arrives?'], ['not-official', 'Not official notice'], ['ask', 'Whom to ask'],
  ] as const
  return (
    <Prose>
      <nav aria-label="On this page">
        <ul className="list-none! pl-0! sm:columns-2">
          {parts.map(([id, title]) => <li key={id} className="mt-0!"><a className="inline-flex min-h-11 items-center" href={`#${id}`}>{title}</a></li>)}
        </ul>
      </nav>
      <h2 id="find">Find a case</h2>
      <p>
        <a href="/">Search</a> by case number or by name. Hyphens, spaces and capitals do not matter in a number, and its beginning is enough.
        For a person, type the last name first. “More ways to search” narrows by court, county, circuit, type of case, dates, and open or closed.
      </p>
      <h2 id="track">Track it</h2>
      {whoMayTrack === 'accounts' ? <AccountsOnly /> : <HowToTrack rules={rules} sender={sender} />}
      <h2 id="visitors">With and without an account</h2>
      <Visitors whoMayTrack={whoMayTrack} />
      <WithAnAccount hasTexts={texts !== null} />
      <h2 id="one">One case number, one request</h2>
      <p>
        {oneNumberOnly} We follow numbers because that is what a court’s record has: two people can share a name, and one person can have many
        cases. A new case of the same person has a new number, and you are told nothing of it until you track it too.
      </p>
      <h2 id="told">What you are told of</h2>
      <DataTable
        caption="What sends you a notice, and what does not"
        columns={[{ label: 'What happens' }, { label: 'Are you told?' }]}
        rows={toldTable(rules).map(([what, isTold]) => ({ key: what, cells: [what, isTold] }))}
      />
      {policy.noticeDetail === 'full' ? null : <p>At this court a notice names the case number and leads to the case. What was entered stands there.</p>}
      <h2 id="when">When it arrives</h2>
      <ul>
        <li>
          One e-mail for each case leaves in the evening, from {evening}, and only when there is something to tell.
          {serviceHours === null ? '' : ' No evening is held while the service is closed.'}
        </li>
        <li>
          It covers what the court’s system sent us since the evening before, even when the entry bears an older filing date. An evening that was
          missed is made up by the next one.
        </li>
        <li>Notices before court events and payments come with the evening of the day that is due, or with the last evening before it.</li>
        {texts === null ? null : (
          <li>
            Texts of new entries leave as they come, between {clockWords(sendingHours.from)} and {clockWords(sendingHours.to)} court time; what comes
            outside these hours leaves in the morning. Texts before events and payments leave with the evening.
          </li>
        )}
        {serviceHours === null ? null : (
          <li>Search, case pages and the form are open within service hours only: {serviceHoursWords(serviceHours)}, court time.</li>
        )}
      </ul>
      {texts === null ? null : <TextHelp texts={texts} />}
      <h2 id="report">See what you track</h2>
      <p>
        On the page of any case that can be tracked, press “Track This Case”, type your address and press “Tracking Report”. We send a list to that address: each case
        number in order, {texts === null ? '' : 'whether texts are on, '}which notices before events and payments you chose, and links to stop. Only cases that you
        confirmed are in it. The link to the same list as a page works for 24 hours.
      </p>
      <h2 id="stop">Stop</h2>
      <p>
        Each message{texts === null ? '' : ', each text'} and each tracking report has links to stop this case or all your cases. A link opens a page that asks; nothing changes
        until you press YES. {texts === null ? '' : 'There you also choose whether to stop e-mail and text, or text only. '}Many mail programs have a button of their
        own to unsubscribe: it stops that case at once. Links in old e-mails go on working. To begin again, track the case anew.
      </p>
      <h2 id="courts">Courts that take no part</h2>
      <p>
        Some courts do not take part, and some types of case are excluded everywhere. Their pages have no “Track This Case” and say why.
        The <a href="/courts">list of courts</a> says which take part and since when. Where a court stops taking part, what you track stays, but nothing comes.
      </p>
      <NothingArrives texts={texts} sender={sender} hasServiceHours={serviceHours !== null} />
      <h2 id="not-official">Not official notice</h2>
      <p>
        {notOfficial} Notices can be late or lost. A deadline runs from the filing date, not from the day you hear of it. <strong>Look at the case page
        before each hearing, and keep a calendar of your own.</strong>
      </p>
      <h2 id="ask">Whom to ask</h2>
      <p>
        The {helpDesk.name}: <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a> or {helpDesk.phone}, {helpDesk.hours}.
        We can’t give legal advice.
      </p>
    </Prose>
  )
}

/** The three kinds of visitor. */
function Visitors({ whoMayTrack }: { whoMayTrack: HelpProps['whoMayTrack'] }) {
  const rows = [
    ['Without an account', whoMayTrack === 'anyone'
      ? 'Track with an e-mail address, confirm by the link we send, stop by the links in our messages'
      : 'Look at cases. At this court you need an account to track a case'],
    ['A member of the public with an account', 'Log in, open a case, press “Track This Case”: it is tracked at once. All your cases stand on My Cases'],
    ['An attorney or court user', 'The same, once the help desk has made the account a registered one. “Track several” takes a list of case numbers'],
  ]
  return (
    <DataTable
      caption="How each kind of visitor tracks" columns={[{ label: 'Who you are' }, { label: 'How you track' }]}
      rows={rows.map(([who = '', how]) => ({ key: who, cells: [who, how] }))}
    />
  )
}
