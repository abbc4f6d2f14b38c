import type { Metadata } from 'next'
import { Fragment } from 'react'
import { retentionLines } from '../../server/contract/retention.ts'
import { getCaller } from '../_trpc/caller.ts'
import { readCookieNames } from '../_trpc/cookie-names.ts'
import { readFrame } from '../_ui/frame.ts'
import { DataTable } from '../_ui/data-table.tsx'
import { PageMain } from '../_ui/page-main.tsx'
import { PageTitle } from '../_ui/page-title.tsx'
import { Prose } from '../_ui/prose.tsx'

export const metadata: Metadata = { title: 'Privacy' }

export default async function PrivacyPage() {
  const [{ helpDesk }, { captcha, texts }] = await Promise.all([readFrame(), (await getCaller()).tracking.settings()])
  const cookies = readCookieNames()
  return (
    <PageMain width="narrow">
      <PageTitle>Privacy</PageTitle>
      <Prose>
        <h2>Looking at cases</h2>
        <p>You can search and read without telling us who you are. We set no cookie for it, and nobody else’s scripts run on these pages.</p>
        <h2>Tracking a case</h2>
        <p>We keep:</p>
        <ul>
          <li>your e-mail address{texts === null ? '' : ', and your phone number and carrier if you gave them'};</li>
          <li>which cases you asked to track, what you chose, and when you asked, confirmed and stopped;</li>
          <li>
            as proof of that, what the page said to you then, and the internet address that it came from, in a form from which nobody can read it
            without a secret of ours;
          </li>
          <li>which e-mails {texts === null ? 'were sent' : 'and texts were sent'} to you, what they said, and what became of them{texts?.takesReplies === true ? ';' : '.'}</li>
          {texts?.takesReplies === true ? <li>that your phone answered STOP, START or HELP, and when. The words of other replies are not kept.</li> : null}
        </ul>
        <p>We use it to send what you asked for, and for nothing else. The page answers the same whether or not an address tracks something, so nobody can find out from it what you track.</p>
        {texts === null ? null : (
          <p>
            If somebody names another phone for a case that you track, that phone is asked at once. When it confirms, texts of that case go to it,
            and unless you had confirmed that number yourself we tell you by e-mail, with its last four digits.
          </p>
        )}
        {texts === null ? null : <TextsGoThrough {...texts} />}
        <h2>With an account</h2>
        <p>
          We also keep your password in a form from which nobody can read it, when and with which browser you logged in, your notes and saved searches,
          and of attorneys and court users their name, mailing address and bar number. You download all of it, and delete it with your account,
          under <a href="/account">My Account</a>.
        </p>
        <h2>How long we keep it</h2>
        <DataTable
          caption="How long what is kept"
          columns={[{ label: 'What' }, { label: 'How long' }]}
          rows={retentionLines.filter(({ where }) => where !== 'texts' || texts !== null).map(({ what, howLong }) => ({ key: what, cells: [what, howLong] }))}
        />
        <p>
          What is over goes with the next evening, from the database and from its log. Backups that the court keeps may hold it longer. What a court publishes
          stays for as long as the court publishes it.
        </p>
        <h2>Cookies</h2>
        <ul>
          <li>
            <code>{cookies.answer}</code>, only when you press a button that confirms, stops or sends a form: carries the answer to the next page. It is gone after
            5 minutes.
          </li>
          <li>
            <code>{cookies.basket}</code>{cookies.lists.map((name) => <Fragment key={name}>, <code>{name}</code></Fragment>)}, only when you track several cases at once: the
            cases you gathered, for a day, and what came of a list, for half an hour.
          </li>
          <li><code>__Host-ttc-session</code>, only when you log in: says that it is you. It is gone when you log out, and after 14 days.</li>
        </ul>
        <h2>Verification</h2>
        {captcha.provider === 'local'
          ? <p>The tracking form’s verification is our own. Your browser does a small sum, and nothing goes to anybody else.</p>
          : <p>The tracking form’s verification is made by hCaptcha, another company. On that page your browser connects to it, under its own privacy terms.</p>}
        <h2>Names in court records</h2>
        <p>
          Case pages show what courts publish. We ask search engines not to list them. A mistake in a record can only be mended by its court; when
          the court makes a case confidential, it is no longer here.
        </p>
        <h2>Ask us</h2>
        <p>
          Without an account, to see what we keep about your address or to have it deleted, write to the {helpDesk.name}:{' '}
          <a className="wrap-anywhere" href={`mailto:${helpDesk.email}`}>{helpDesk.email}</a>.
        </p>
      </Prose>
    </PageMain>
  )
}

/** Who else meets a phone number. */
function TextsGoThrough({ needsCarrier, takesReplies }: { needsCarrier: boolean; takesReplies: boolean }) {
  return (
    <>
      <h2>Texts</h2>
      {needsCarrier ? <p>A text leaves as an e-mail to your carrier, which sends it on to your phone. Your carrier sees your number and what the text says.</p> : (
        <p>
          Another company sends texts for us. It and your carrier see your number and what each text says
          {takesReplies ? ', and your replies reach us through it' : ''}. It tells us whether a text arrived.
        </p>
      )}
    </>
  )
}
