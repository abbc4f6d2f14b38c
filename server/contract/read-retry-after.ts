/** `Retry-After`, which is given in seconds or as a date, in milliseconds from now; null where it is absent or cannot be read. */
export function readRetryAfter(told: string | null | undefined): number | null {
  if (told === null || told === undefined) return null
  const seconds = Number(told)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(told) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}
