import type { ReactNode } from 'react'
import { ButtonLink } from '../../../_ui/button.tsx'
import { SectionTitle } from '../../../_ui/page-title.tsx'
import { Sheet } from '../../../_ui/sheet.tsx'
import { caseAddress } from '../../../../server/contract/case-address.ts'
import { formatDay } from '../../../../server/contract/court-time.ts'
import type { Visitor } from '../../../_trpc/visitor.ts'
import type { CaseView } from '../../../../server/contract/views.ts'
import { mailWaits } from '../../../../server/contract/wording.ts'

const trackAddress = ({ number, court, needsCourt }: CaseView): string => caseAddress(number, court.code, needsCourt, 'track')

/**
 * What tracking is and the way to it, or the one sentence that says why there is none (A5). `mailWait`: the day of whose evening mail to
 * the visitor is tried again; null while nothing of this case waits.
 */
export function TrackPanel({ shown, visitor, mailWait }: { shown: CaseView; visitor: Visitor | null; mailWait: string | null }) {
  return (
    <Sheet isPanel className="print:hidden">
      <SectionTitle id="tracking">{shown.untrackable === null ? 'Get alerts for this case' : 'No alerts for this case'}</SectionTitle>
      {shown.untrackable === null ? (
        <>
          <p className="text-ink2">Free. When something is entered in this case, we send you an e-mail that evening.</p>
          <ButtonLink href={trackAddress(shown)} className="mt-4.5 w-full text-[1.06rem]">Track This Case</ButtonLink>
          <p className="mt-3 text-fine text-ink3">
            {visitor === null ? 'We first send you a link to confirm your address. It works for 7 days.' : 'It goes to the address of your account.'}
          </p>
          {visitor === null || visitor.isMailable ? null : (
            <Trouble>
              <strong>Your e-mail notices are paused:</strong> mail to your address came back or was marked as spam. <a href="/account">Mend it in My Account</a>.
            </Trouble>
          )}
          {mailWait === null ? null : <Trouble><strong>Your e-mail notices of this case wait.</strong> {mailWaits(formatDay(mailWait))}</Trouble>}
        </>
      ) : <p>{shown.untrackable}</p>}
    </Sheet>
  )
}

const Trouble = ({ children }: { children: ReactNode }) => <p className="mt-4 border-l-4 border-amber bg-amber-wash p-3">{children}</p>

/**
 * The same way in under another name, kept at the foot of a narrow screen until the panel comes into view. It needs no script: the panel's
 * box and the page's foot lie above it and hide it once they are there. With the focus on it, it lies above them.
 */
export function TrackBar({ shown }: { shown: CaseView }) {
  return (
    <div className="track-bar fixed inset-x-0 bottom-0 z-5 border-t border-rule-strong bg-sheet px-4.5 pt-2.5 pb-[calc(0.625rem+env(safe-area-inset-bottom))] focus-within:z-20 md:px-8 lg:hidden print:hidden">
      <ButtonLink href={trackAddress(shown)} className="min-h-13 w-full text-[1.06rem]">Get alerts for this case</ButtonLink>
    </div>
  )
}

/** The look of the panel's box on a narrow screen: from edge to edge, and down to the page's foot. */
export const hidesTrackBar = 'max-lg:relative max-lg:z-10 max-lg:-mx-4.5 max-lg:-mb-16 max-lg:bg-ground max-lg:px-4.5 max-lg:pt-8 max-lg:pb-16 md:max-lg:-mx-8 md:max-lg:px-8'
