import type { ReactElement } from 'react'
import { accountWords } from './_parts/account-phrases.ts'
import { Action } from './_parts/action.tsx'
import { Frame } from './_parts/frame.tsx'
import type { FrameProps } from './_parts/frame.tsx'

/** G1: something about an account. */
export interface AccountProps extends FrameProps {
  readonly what: 'register' | 'alreadyRegistered' | 'resetPassword' | 'notRegistered' | 'changeAddress' | 'addressChanging' | 'mend' | 'eveningWaits'
  readonly emailAddress: string
  /** For `addressChanging`; null otherwise. */
  readonly newAddress: string | null
  /** For `eveningWaits`: why. */
  readonly told?: string
  readonly actionUrl: string
}

/** Mail about an account. `accountText` says the same in plain text. */
export function AccountEmail(props: AccountProps): ReactElement {
  const { heading, sentences, action } = accountWords(props)
  return (
    <Frame {...props} heading={heading} substance={sentences} footLead={null}>
      {sentences.map((sentence) => <p key={sentence} style={{ margin: '14px 0 0' }}>{sentence}</p>)}
      <p style={{ margin: '20px 0 6px' }}>
        <Action href={props.actionUrl} isFirst>{action}</Action>
      </p>
    </Frame>
  )
}

AccountEmail.PreviewProps = {
  serviceName: 'Track This Case',
  origin: 'https://track.example.org',
  helpDesk: {
    name: 'Court Help Desk',
    email: 'help@courts.example.org',
    phone: '(555) 010-0134',
    hours: '8 a.m. to 4:30 p.m. Monday to Friday',
  },
  notOfficial: 'This is a courtesy. It is not official court notice and does not change any deadline.',
  what: 'register',
  emailAddress: 'pat.okonkwo@mail.example',
  newAddress: null,
  actionUrl: 'https://track.example.org/confirm/Qe5nV8sJd1',
} satisfies AccountProps
