/** From a form of My Account back to it. */
export function BackToAccount() {
  return <p className="mb-2 text-nav"><a href="/account" className="inline-flex min-h-11 items-center">Back to My Account</a></p>
}
