const steering = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu
const maxLength = 300

/** What a provider or an error said, fit to be kept and shown to an operator: one short line that holds no address (H5). */
export const cleanReason = (said: string): string =>
  said.toWellFormed().replace(steering, ' ').split(/\s+/).map((word) => (word.includes('@') ? '(address)' : word)).join(' ').trim()
    .slice(0, maxLength)
