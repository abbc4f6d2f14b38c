import { ResultMessage } from '../../../_ui/result-message.tsx'
import type { Answer } from './answer.ts'

interface RequestResultProps {
  readonly outcome: Extract<Answer, { kind: 'result' }>
  readonly isReport: boolean
  /** Then a case is tracked at once (D2). */
  readonly isByAccount: boolean
  readonly senderEmail: string
  readonly caseAddress: string
  readonly formAddress: string
  /** Opens the form again, with what was typed; without JavaScript the address does, empty. */
  readonly onAgain: () => void
}

/** The answer in its exact words, the address as it was understood, and what to do next (J2). */
export function RequestResult({ outcome, isReport, isByAccount, senderEmail, caseAddress, formAddress, onAgain }: RequestResultProps) {
  if (isByAccount && !isReport) return <Tracked outcome={outcome} caseAddress={caseAddress} />
  return (
    <>
      <ResultMessage heading={isReport ? 'Look in your e-mail' : 'One more step: look in your e-mail'}>
        <p>{outcome.message}</p>
        {outcome.textMessage === null ? null : <p>{outcome.textMessage}</p>}
      </ResultMessage>
      <div className="mb-8 max-w-measure space-y-3">
        <p>{isByAccount ? 'The address of your account' : 'The address you gave'}: <strong className="wrap-anywhere">{outcome.email}</strong></p>
        {isReport ? null : (
          <p>Open the message and press Confirm on the page it leads to. The link works for 7 days. You are told nothing about this case before that.</p>
        )}
        <p>
          Nothing there after a few minutes? Look for a message from <strong className="wrap-anywhere">{senderEmail}</strong> in your spam or
          junk folder, and add that address to your contacts.
        </p>
        {isReport ? null : (
          <ul className="flex flex-wrap gap-x-6">
            <li>
              <a
                className="inline-flex min-h-11 items-center" href={formAddress}
                onClick={(event) => {
                  event.preventDefault()
                  onAgain()
                }}
              >
                Send again or use another address
              </a>
            </li>
            <li><a className="inline-flex min-h-11 items-center" href={caseAddress}>Back to the case</a></li>
          </ul>
        )}
      </div>
    </>
  )
}

/** D2: nothing is left to do but to verify a phone. */
function Tracked({ outcome, caseAddress }: Pick<RequestResultProps, 'outcome' | 'caseAddress'>) {
  return (
    <>
      <ResultMessage heading="Tracked">
        <p>{outcome.message}</p>
        {outcome.textMessage === null ? null : <p>{outcome.textMessage}</p>}
      </ResultMessage>
      <div className="mb-8 max-w-measure space-y-3">
        <p>Notices go to <strong className="wrap-anywhere">{outcome.email}</strong>, on the evening of a day when something is entered in the case.</p>
        <ul className="flex flex-wrap gap-x-6">
          <li><a className="inline-flex min-h-11 items-center" href="/my-cases">My Cases</a></li>
          <li><a className="inline-flex min-h-11 items-center" href={caseAddress}>Back to the case</a></li>
        </ul>
      </div>
    </>
  )
}
