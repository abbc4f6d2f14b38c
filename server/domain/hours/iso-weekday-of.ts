/** The weekday of a day written `YYYY-MM-DD`, as ISO counts: Monday is 1, Sunday 7. */
export const isoWeekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7
