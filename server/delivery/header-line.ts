// Line ends and control characters would begin another header; marks that turn the direction of writing show other words.
const steering = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu

// So begins a word that a mail program decodes, line ends included.
const encodedWord = /=\?/g

/** Text as one line of a header: nothing in it can end the line, be decoded into another or steer who shows it (H3). */
export const headerLine = (text: string): string => text.toWellFormed().replace(steering, ' ').replace(encodedWord, '= ?').replace(/\s+/g, ' ').trim()

const addressForm = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/u

/** An address that names one recipient and nothing else. Throws for any other. */
export function oneAddress(address: string): string {
  if (!addressForm.test(address) || headerLine(address) !== address) throw new Error('Its address is not one address.')
  return address
}
