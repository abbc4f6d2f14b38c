/** `j…s@example.com` for `jordan.reyes@example.com`: enough to know an address again by, not to write to it. */
export function maskedEmail(address: string): string {
  const at = address.lastIndexOf('@')
  const letters = Array.from(address.slice(0, Math.max(at, 0)))
  const [first = '', last = ''] = letters.length > 2 ? [letters[0], letters.at(-1)] : []
  return `${first}…${last}${at < 0 ? '' : address.slice(at)}`
}

/** `…0123` for `+15735550123`. */
export const maskedPhone = (number: string): string => `…${number.slice(-4)}`
