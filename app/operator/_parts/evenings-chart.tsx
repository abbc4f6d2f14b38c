import { shortDay } from '../../_ui/day-words.ts'
import type { EveningView } from '../../../server/contract/operator-view.ts'

const [width, height] = [600, 120]

/** E-mails of the last evenings as one line; the same numbers stand in the table of runs, and the ends and the most in words here. */
export function EveningsChart({ evenings }: { evenings: readonly EveningView[] }) {
  const [first, last] = [evenings[0], evenings.at(-1)]
  if (first === undefined || last === undefined) return null
  const most = Math.max(...evenings.map(({ emails }) => emails))
  const points = evenings.map(({ day, emails }, index) => ({
    day,
    x: evenings.length === 1 ? width / 2 : (index / (evenings.length - 1)) * width,
    y: height - (most === 0 ? 0 : (emails / most) * height),
  }))
  const many = (count: number): string => `${count.toLocaleString('en-US')} ${count === 1 ? 'e-mail' : 'e-mails'}`
  const words = `${evenings.length === 1 ? 'One evening' : `${evenings.length} evenings`}, ${shortDay(first.day)} to ${shortDay(last.day)}: `
    + `${many(most)} on the fullest, ${many(last.emails)} on the last.`
  return (
    <figure className="border border-rule bg-sheet p-4.5">
      <svg viewBox={`-6 -6 ${width + 12} ${height + 12}`} role="img" aria-label={`E-mails an evening. ${words}`} className="block h-auto w-full text-primary">
        <path d={`M0 ${height}H${width}`} className="stroke-rule-strong" strokeWidth="1" />
        <polyline points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
        {points.map(({ day, x, y }) => <circle key={day} cx={x.toFixed(1)} cy={y.toFixed(1)} r="3" fill="currentColor" />)}
      </svg>
      <figcaption aria-hidden="true" className="mt-2 text-fine text-ink2 tabular-nums">{words}</figcaption>
    </figure>
  )
}
