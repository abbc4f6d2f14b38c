import { accountNeeded } from '../../server/contract/hours-wording.ts'
import { ButtonLink } from '../_ui/button.tsx'

/** Beside what is left of the form where only accounts may track (I3): why, and the way to log in, which comes back to `next`. */
export function AccountNeeded({ next }: { next: string }) {
  return (
    <div>
      <p className="max-w-measure">{accountNeeded}</p>
      <ButtonLink href={`/login?${new URLSearchParams({ next })}`} className="mt-4.5">Log in to track this case</ButtonLink>
      <p className="mt-6 max-w-measure">
        What is tracked already goes on without one. To see it, or to stop, type the address here and press Tracking Report.
      </p>
    </div>
  )
}
