import { Button } from './button.tsx'

/**
 * G4: told where an account's address takes no mail, what is paused and how to mend it. A plain form; `next` is the page that shows
 * its answer.
 */
export function DeliveryTrouble({ emailAddress, next }: { readonly emailAddress: string; readonly next: '/account' | '/my-cases' }) {
  return (
    <section aria-labelledby="delivery-trouble" className="mb-6 border-2 border-amber bg-amber-wash p-5">
      <h2 id="delivery-trouble" className="mb-2 font-semibold">Your e-mail notices are paused</h2>
      <p className="mb-2">
        Mail to {emailAddress} came back or was marked as spam. Nothing you track is lost: the first notice after the pause says what you missed.
      </p>
      <p className="mb-4">Make sure that your mailbox is not full and takes our mail. Then ask for an e-mail and use the link in it.</p>
      <form method="post" action="/api/forms/mend-address">
        <input type="hidden" name="next" value={next} />
        <Button>Send the e-mail</Button>
      </form>
    </section>
  )
}
