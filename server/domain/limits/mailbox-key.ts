// Domains that are one provider's, whose mailboxes are the same under each. `ignoresDots`: a.b@ and ab@ are one mailbox.
const providers = [
  { domains: ['gmail.com', 'googlemail.com'], ignoresDots: true },
  { domains: ['icloud.com', 'me.com', 'mac.com'], ignoresDots: false },
  { domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], ignoresDots: true },
] as const

/**
 * One key for all the spellings of an address that reach one mailbox, by which limits count (H1): case, what follows a plus, and
 * dots where the provider ignores them. Never where mail goes, and not by which a subscriber is known: two mailboxes that share a
 * key share a limit and nothing else.
 */
export function mailboxKey(email: string): string {
  const typed = email.trim().normalize('NFC').toLowerCase()
  const at = typed.lastIndexOf('@')
  const domain = typed.slice(at + 1)
  const provider = providers.find(({ domains }) => domains.some((one) => one === domain))
  const plus = typed.indexOf('+')
  // What begins with a plus has no tag.
  const name = typed.slice(0, plus > 0 && plus < at ? plus : Math.max(at, 0))
  return `${provider?.ignoresDots ? name.replaceAll('.', '') : name}@${provider?.domains[0] ?? domain}`
}
