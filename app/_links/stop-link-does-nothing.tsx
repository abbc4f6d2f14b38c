import { LinkNoLongerWorks } from './link-no-longer-works.tsx'

/** What to do when a stop link is not one of ours. */
export function StopLinkDoesNothing() {
  return (
    <LinkNoLongerWorks>
      <p>It may have been cut short or changed on its way. Nothing was stopped.</p>
      <p>
        The links at the end of every other e-mail that we sent you work too. Or <a href="/">find any case</a> that can be tracked, choose Track
        This Case on its page and press Tracking Report: we send you the list of all that you track, with links to stop.
      </p>
    </LinkNoLongerWorks>
  )
}
