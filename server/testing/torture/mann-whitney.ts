const middleOf = (sorted: readonly number[]): number => sorted[Math.floor(sorted.length / 2)] ?? 0

/**
 * Whether two samples come from the same distribution: their medians, and the two-sided p of the Mann-Whitney test by its normal
 * approximation, for samples of more than twenty.
 */
export function differenceOf(first: readonly number[], second: readonly number[]): { readonly medians: readonly [number, number]; readonly p: number } {
  const [n, m] = [first.length, second.length]
  const all = [...first.map((value) => ({ value, isFirst: true })), ...second.map((value) => ({ value, isFirst: false }))].sort((a, b) => a.value - b.value)
  let [rankSum, ties] = [0, 0]
  for (let from = 0; from < all.length;) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to++
    const rank = (from + 1 + to) / 2
    rankSum += all.slice(from, to).filter(({ isFirst }) => isFirst).length * rank
    ties += (to - from) ** 3 - (to - from)
    from = to
  }
  const u = rankSum - n * (n + 1) / 2
  const spread = Math.sqrt(n * m / 12 * (n + m + 1 - ties / ((n + m) * (n + m - 1))))
  const z = spread === 0 ? 0 : Math.abs(u - n * m / 2) / spread
  const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b)
  return { medians: [middleOf(sorted(first)), middleOf(sorted(second))], p: Math.min(1, 2 * upperTail(z)) }
}

/** Of the normal distribution, by Abramowitz and Stegun 26.2.17: right to seven places. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.231_641_9 * z)
  const sum = t * (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))))
  return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * sum
}
