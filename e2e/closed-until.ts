const zone = 'America/Chicago'
const hourMs = 3_600_000

/** `HH:MM` on the court's wall. */
const wallTime = (at: number): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** What a profile says to be closed from one moment to another, with a digest hour within its hours (in ms, less than 18 hours apart). */
export const closedUntil = (opens: number, closes = Date.now()): object => ({
  serviceHours: { days: [1, 2, 3, 4, 5, 6, 7], open: wallTime(opens), close: wallTime(closes) },
  digest: { hour: Number(wallTime(opens + 6 * hourMs).slice(0, 2)) },
})
