import type { ReactNode } from 'react'
import type { CausedView } from '../../../server/contract/operator-view.ts'
import { Facts } from './facts.tsx'

/** What visitors caused to be sent, against the most that they may (H1, S7). */
export const CausedFacts = ({ caused: { mails, texts } }: { caused: CausedView }) => (
  <Facts facts={[
    { name: 'Verification, report and account e-mails today', fact: against(mails) },
    { name: 'Verification texts in the last 24 hours', fact: against(texts) },
  ]} />
)

function against({ count, most }: CausedView['mails']): ReactNode {
  const words = `${count.toLocaleString('en-US')} of ${most.toLocaleString('en-US')}`
  return count < most ? words : <strong className="text-red">{words}: no more are sent until there is room</strong>
}
