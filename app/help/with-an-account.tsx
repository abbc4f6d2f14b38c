/** What an account is for, and how to come by one (G1, G2). */
export function WithAnAccount({ hasTexts }: { hasTexts: boolean }) {
  return (
    <>
      <p>
        <a href="/register">Register</a> with an e-mail address and a password, and open the link that we send. What that address tracks already is
        then on <a href="/my-cases">My Cases</a>: what is new since you last looked, the next hearings, and for each case its notices, a note of your
        own, a pause, and the way to stop. You can add a case by its number, or several at once from a list.
      </p>
      <p>
        Under <a href="/account">My Account</a> you change your address or password, end sessions on other devices, choose one e-mail for all your cases
        or notices that say nothing of a case but its number, download what we keep about you, and delete the account. Forgot your
        password? <a href="/forgot">Ask for a link</a> to choose a new one.
      </p>
      <p>
        “What we sent you” lists each {hasTexts ? 'e-mail and text' : 'e-mail'} of the last 90 days and what became of it. “Why did I not get a notice?”
        on the page of each case answers from our record.
      </p>
    </>
  )
}
