/** An instant that was typed, like 2026-11-20T18:00:00Z or with an offset; undefined where none was. Refuses anything else. */
export function readInstant(option: string, typed: string | undefined): Date | undefined {
  if (typed === undefined) return undefined
  const instant = new Date(typed)
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(typed) || Number.isNaN(instant.getTime())) {
    throw new Error(`${option} must be a moment like 2026-11-20T18:00:00Z or 2026-11-20T12:00:00-06:00.`)
  }
  return instant
}
