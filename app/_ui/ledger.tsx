import type { ReactNode } from 'react'
import { shortDay } from './day-words.ts'

/** A ruled list with the red margin line: dates to the left of it, what happened to the right. */
export function Ledger({ children }: { children: ReactNode }) {
  return <ol className="mt-3.5 border-b border-rule">{children}</ol>
}

/** One line of it. `time` is left out where only the day is known. */
export function LedgerLine({ day, time, instant, children }: { day: string; time?: string | undefined; instant?: Date | undefined; children: ReactNode }) {
  return (
    <li className="relative grid gap-x-6 border-t border-rule py-4 pl-4 before:absolute before:inset-y-0 before:left-0.5 before:w-px before:bg-margin-line md:grid-cols-[7.4rem_minmax(0,1fr)] md:pl-0 md:before:left-[8.15rem] print:break-inside-avoid">
      <time dateTime={instant?.toISOString() ?? day} className="text-nav tabular-nums text-ink2 md:text-right">
        <span className="mr-1.5 font-serif text-body font-semibold text-ink md:mr-0 md:block">{shortDay(day)}</span>{' '}
        {day.slice(0, 4)}
        {time === undefined ? null : <> <span className="ml-1 whitespace-nowrap md:ml-0 md:block">{time}</span></>}
      </time>
      <div className="min-w-0">{children}</div>
    </li>
  )
}
