/** Runs what it is given, so many at once and the rest in the order in which it came. */
export function atMostAtOnce(most: number): <T>(todo: () => Promise<T>) => Promise<T> {
  let free = most
  const waiting: (() => void)[] = []
  return async (todo) => {
    if (free > 0) free--
    else await new Promise<void>((resume) => waiting.push(resume))
    try {
      return await todo()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
