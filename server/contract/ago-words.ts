const minuteMs = 60_000

/** How long ago that was, roughly, in the words people use: `just now`, `5 minutes ago`, `3 hours ago`, `2 days ago`. */
export function agoWords(instant: Date, now: Date): string {
  const minutes = Math.floor((now.getTime() - instant.getTime()) / minuteMs)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return counted(minutes, 'minute')
  return minutes < 48 * 60 ? counted(Math.floor(minutes / 60), 'hour') : counted(Math.floor(minutes / (24 * 60)), 'day')
}

const counted = (many: number, what: string): string => `${many.toLocaleString('en-US')} ${what}${many === 1 ? '' : 's'} ago`
