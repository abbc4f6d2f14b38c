// H3: eslint's no-control-regex is right to stop at these characters; they are named here because they are what must go.
const steering = /[^\P{Cc}\n\t]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
const otherLineEnds = /\r\n?|\u0085/g

/**
 * Text of a court as it may be shown (H3): without control characters, line feed and tab excepted, and without the marks that
 * turn the direction of writing and so show other words than were sent. Every line end becomes a line feed. Escapes nothing;
 * what is stored stays as sent.
 */
export function displayText(text: string): string
export function displayText(text: string | null): string | null
export function displayText(text: string | null): string | null {
  return text === null ? null : text.replace(otherLineEnds, '\n').replace(steering, '')
}
