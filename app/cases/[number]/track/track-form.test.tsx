import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { accountAddressInvalid, fieldErrors, nowTracking, reportSent, textBeingSent, textVerificationSent, verificationSent } from '../../../../server/contract/wording.ts'
import { TrackForm, type Posted, type TrackFormProps } from './track-form.tsx'

const typed = {
  email: 'casey@example.com', confirmEmail: 'casy@example.com', wantsText: true, phone: '573', carrier: 'b',
  eventTenDays: false, eventTwoDays: true, paymentTwoDays: false,
}
const settings: TrackFormProps['settings'] = {
  captcha: { provider: 'local', challengeAddress: '/challenge' },
  texts: {
    carriers: [
      { code: 'a', name: 'Alpha', isAvailable: true, remark: null }, { code: 'b', name: 'Beta', isAvailable: true, remark: null },
      { code: 'c', name: 'Gamma', isAvailable: false, remark: 'takes no texts of ours' },
    ],
    needsCarrier: false,
  },
  account: null,
}
const shown = (posted: Posted | null, change: Partial<TrackFormProps['settings']> = {}): string => renderToStaticMarkup(
  <TrackForm
    number="26AA-CR00001" court="C" caseAddress="/cases/26AA-CR00001" formAddress="/cases/26AA-CR00001/track"
    settings={{ ...settings, ...change }} senderEmail="sender@example.com" posted={posted}
    helpDesk={{ name: 'Help Desk', email: 'help@example.com', phone: '(555) 555-0100' }}
  >
    <p>Read this first.</p>
  </TrackForm>,
)
/** The opening tags of that name, each followed by its text. */
const tags = (html: string, name: string): string[] => [...html.matchAll(new RegExp(`<${name} [^>]*>[^<]*`, 'g'))].map(([tag]) => tag)
const labels = (html: string): (string | undefined)[] => [...html.matchAll(/<label[^>]*>([^<]*)<\/label>/g)].map(([, label]) => label)

describe('TrackForm', () => {
  it('has the controls of B1 with exactly these labels, and both buttons', () => {
    const html = shown(null)
    expect(labels(html)).toEqual([
      'E-mail address', 'Confirm e-mail address', 'Receive text notices', 'Phone number', 'Carrier',
      '10 days before a scheduled event', '2 days before a scheduled event', '2 days before a scheduled payment',
    ])
    const [track = '', report = ''] = tags(html, 'button')
    expect(track).toMatch(/name="action"/)
    expect(track).toMatch(/value="track".*>Track This Case$/)
    expect(report).toMatch(/name="action"/)
    expect(report).toMatch(/value="report".*>Tracking Report$/)
  })

  it('posts without JavaScript, and shows what is to be read before it', () => {
    const html = shown(null)
    const [form = ''] = tags(html, 'form')
    for (const attribute of ['method="post"', 'action="/api/forms/track"', 'noValidate=""']) expect(form).toContain(attribute)
    expect(html.indexOf('Read this first.')).toBeLessThan(html.indexOf('<form'))
  })

  it('shows no text control where the court sends no texts (I3)', () => {
    expect(labels(shown(null, { texts: null }))).not.toContain('Phone number')
    expect(shown(null, { texts: null })).not.toContain('wantsText')
  })

  it('shows a carrier that cannot be chosen, and says why (B1)', () => {
    expect(shown(null)).toContain('<option value="c" disabled="">Gamma (takes no texts of ours)</option>')
    expect(shown(null)).toContain('You may leave this open.')
    const needed = shown(null, { texts: settings.texts && { ...settings.texts, needsCarrier: true } })
    expect(needed).toContain('Choose your carrier')
    expect(needed).not.toContain('You may leave this open.')
  })

  it('gives back what was typed with the errors of a plain post, at the field and in the summary (B5, B6)', () => {
    const html = shown({ answer: { kind: 'errors', fields: { confirmEmail: fieldErrors.confirmDiffers, captcha: fieldErrors.captchaMissing } }, typed })
    expect(html).toContain('value="casy@example.com"')
    expect(html).toMatch(/<option value="b" selected="">Beta/)
    expect(tags(html, 'input').filter((tag) => tag.includes('checked=""')).map((tag) => /name="(\w+)"/.exec(tag)?.[1]))
      .toEqual(['wantsText', 'eventTwoDays'])
    expect(html.split(fieldErrors.confirmDiffers)).toHaveLength(3)
    expect(html.split(fieldErrors.captchaMissing)).toHaveLength(3)
    expect(html).toContain('There is a problem')
  })

  it('answers a request in the exact words, names the address and the sender, and puts the form away (B2, J2)', () => {
    const html = shown({ answer: { kind: 'result', message: verificationSent, textMessage: textVerificationSent, email: 'casey@example.com' }, typed })
    expect(html).toMatch(/role="status"[^>]*><p>A verification e-mail/)
    expect(html).toContain(`<p>${verificationSent}</p><p>${textVerificationSent}</p></div>`)
    expect(html).toContain('casey@example.com')
    expect(html).toContain('sender@example.com')
    expect(html).toContain('7 days')
    expect(html).toContain('<div hidden="">')
  })

  it('answers a report above the form, which still shows the address (B4)', () => {
    const html = shown({ answer: { kind: 'result', message: reportSent, textMessage: null, email: 'casey@example.com' }, typed })
    expect(html.indexOf(reportSent)).toBeLessThan(html.indexOf('<form'))
    expect(html).not.toContain('<div hidden="">')
    expect(html).toContain('value="casey@example.com"')
  })
})

describe('TrackForm of who is logged in', () => {
  const account = { emailAddress: 'pat@example.com', obstacle: null, needsCaptcha: true }

  it('shows the address of the account, which is changed in My Account alone (D1)', () => {
    const html = shown(null, { account })
    expect(labels(html)).toEqual([
      'Receive text notices', 'Phone number', 'Carrier', '10 days before a scheduled event', '2 days before a scheduled event', '2 days before a scheduled payment',
    ])
    expect(html).toContain('pat@example.com')
    expect(html).toContain('<a href="/account">My Account</a>')
    expect(html).toContain('name="as" value="account"')
    expect(html).not.toContain('link to confirm')
  })

  it('asks for the captcha as the profile says (D1)', () => {
    expect(shown(null, { account })).toContain('id="captcha"')
    expect(shown(null, { account: { ...account, needsCaptcha: false } })).not.toContain('id="captcha"')
  })

  it('says that the case is tracked and that a verification text is being sent (D2)', () => {
    const html = shown({ answer: { kind: 'result', message: nowTracking, textMessage: textBeingSent, email: 'pat@example.com' }, typed: null }, { account })
    expect(html).toContain(`<p>${nowTracking}</p><p>${textBeingSent}</p></div>`)
    expect(html).not.toContain('Look in your e-mail')
    expect(html).toContain('<div hidden="">')
  })

  it('says at once what keeps its account from tracking (D5)', () => {
    const html = shown(null, { account: { ...account, obstacle: accountAddressInvalid } })
    expect(html).toContain('There is a problem')
    expect(html).toContain(accountAddressInvalid)
  })
})
