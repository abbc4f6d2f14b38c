// H3: what courts and people typed is untrusted. React escapes markup; these two take out what escaping leaves: characters
// that steer a terminal or a mail program, and those that turn the direction of writing and so show other words than were sent.

// eslint's no-control-regex is right to stop at these; they are named here because they are what must go.
const steering = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const otherLineEnds = /\r\n?|[\u0085\u2028\u2029]/g
const emptyLines = /\n[ \t]*(?:\n[ \t]*)+\n/g

/**
 * Text of several lines as it may be shown: no control characters but line feed and tab, no bidirectional marks, overrides or
 * isolates, one kind of line end, never more than one empty line in a row, well-formed Unicode. Escapes nothing.
 */
export function plain(text: string): string {
  return text.toWellFormed().replace(otherLineEnds, '\n').replace(steering, '').replace(emptyLines, '\n\n').trim()
}

/** The same for what stands on one line (a title, a number, an address): every run of white space becomes one space. */
export function plainLine(text: string): string {
  return plain(text).replace(/\s+/g, ' ')
}
