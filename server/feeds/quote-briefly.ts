const maxCharacters = 60

/**
 * A value of an untrusted record as a reason may quote it: no control or direction characters (H3), white space as
 * single spaces, at most 60 characters.
 */
export function quoteBriefly(value: string): string {
  const start = Array.from(value.slice(0, maxCharacters * 4).toWellFormed().replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim())
  return start.length > maxCharacters ? `${start.slice(0, maxCharacters - 1).join('')}…` : start.join('')
}
