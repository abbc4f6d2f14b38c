import { holdBareEvening, type BareEvening } from './bare-evening.ts'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, ratios, seconds, spreadOf, type Figure } from './figures.ts'
import { holdOurEvening, type HeldEvening } from './our-evening.ts'
import type { Received } from './provider.ts'
import type { Provider } from './start-provider.ts'

export interface MeasuredEvenings {
  readonly figures: readonly Figure[]
  /** Of the evening with the median time. */
  readonly ours: HeldEvening
}

/**
 * Holds the evening ours, bare, and ours on a database with a fifth of the cases, in turn, each on a fresh copy; the first
 * round warms up and is not counted. After every evening the provider's list must be exactly the right one, or this throws.
 */
export async function measureEvenings(
  { large, small, provider, rounds, say }: { large: Template; small: Template; provider: Provider; rounds: number; say: (line: string) => void },
): Promise<MeasuredEvenings> {
  const ours: HeldEvening[] = []
  const bare: BareEvening[] = []
  const oursSmall: HeldEvening[] = []

  const hold = <T extends { mails: number; ms: number }>(template: Template, isWarmUp: boolean, how: (file: string, url: string) => Promise<T>) =>
    withCopy(template, async (file) => {
      provider.forget(isWarmUp)
      const held = await how(file, provider.url)
      const received = await provider.received()
      checkExactly(template.owed, received)
      return { held, received }
    })

  for (let round = 0; round <= rounds; round++) {
    const isWarmUp = round === 0
    const holdOurs = async () => {
      const { held, received } = await hold(large, isWarmUp, holdOurEvening)
      if (!isWarmUp) ours.push(held)
      return received
    }
    const holdBare = async () => {
      const { held, received } = await hold(large, isWarmUp, holdBareEvening)
      if (!isWarmUp) bare.push(held)
      return received
    }
    const holdSmall = async () => {
      const { held } = await hold(small, isWarmUp, holdOurEvening)
      if (!isWarmUp) oursSmall.push(held)
      return null
    }
    const sums: number[] = []
    for (const one of round % 2 === 0 ? [holdOurs, holdBare, holdSmall] : [holdSmall, holdBare, holdOurs]) {
      const received = await one()
      if (received) sums.push(received.sum)
    }
    if (sums[0] !== sums[1]) throw new Error('The bare loop sent other mails than we did: it is no measure.')
    const [ourMs, bareMs, smallMs] = [ours, bare, oursSmall].map((held) => held.at(-1)?.ms)
    say(ourMs === undefined || bareMs === undefined || smallMs === undefined
      ? '  warm-up: both sent the same mails, each once'
      : `  evening ${round} of ${rounds}: ours ${seconds(ourMs)}, bare ${seconds(bareMs)}, ours with fewer cases ${seconds(smallMs)}`)
  }

  const msOf = (held: readonly { ms: number }[]): number[] => held.map((one) => one.ms)
  const perMail = (held: readonly HeldEvening[]): number[] => held.map((one) => one.ms / one.mails)
  const processorOf = (held: readonly { processorMs: number }[]): number[] => held.map((one) => one.processorMs)
  const againstBare = ratios(msOf(ours), msOf(bare))
  const bySize = ratios(perMail(ours), perMail(oursSmall))
  const middle = median(msOf(ours))
  const { size, owed } = large
  const middling = ours.toSorted((a, b) => Math.abs(a.ms - middle) - Math.abs(b.ms - middle))[0]
  if (!middling) throw new Error('No evening was counted.')
  return {
    ours: middling,
    figures: [
      {
        goal: 'P1',
        what: `an evening end to end, ${grouped(owed.length)} mails`,
        limit: '≤ 1.3 ×',
        figure: `${median(againstBare).toFixed(2)} ×`,
        reference: `the bare loop: ${seconds(median(msOf(bare)))} against ${seconds(middle)}`,
        spread: `${spreadOf(againstBare, 2, 'pairs')}; in processor time ${median(ratios(processorOf(ours), processorOf(bare))).toFixed(2)} ×`,
        isMet: median(againstBare) <= 1.3,
      },
      {
        goal: 'Exact',
        what: `${grouped(size.subscriptions)} subscriptions, ${grouped(size.entries)} changed entries: the right set at the provider, each once`,
        limit: 'all, none twice',
        figure: `${grouped(owed.length)} of ${grouped(owed.length)}, ${seconds(middle)}`,
        reference: `a list reckoned beside the database; the bare loop: ${seconds(median(msOf(bare)))}`,
        spread: `the same in all ${3 * (rounds + 1)} evenings`,
        isMet: true,
      },
      {
        goal: 'P4',
        what: `a mail's cost with ${grouped(size.cases)} cases against ${grouped(small.size.cases)}`,
        limit: '≤ 1.15 ×',
        figure: `${median(bySize).toFixed(2)} ×`,
        reference: `itself: ${(median(perMail(ours)) * 1000).toFixed(0)} µs against ${(median(perMail(oursSmall)) * 1000).toFixed(0)} µs`,
        spread: spreadOf(bySize, 2, 'pairs'),
        isMet: median(bySize) <= 1.15,
      },
      {
        goal: '–',
        what: 'the whole of planning: take the changes, freeze what is said of each case, owe the messages',
        limit: '–',
        figure: `${median(ours.map((one) => one.parts.plan)).toFixed(0)} ms`,
        reference: `the bare loop's two statements, which freeze nothing: ${median(bare.map((one) => one.planMs)).toFixed(0)} ms`,
        spread: 'medians of the evenings of P1',
        isMet: null,
      },
    ],
  }
}

/** Throws unless the provider was told exactly this, each once. */
export function checkExactly(owed: readonly string[], { told, mails }: Received): void {
  const once = new Set(told)
  const missing = owed.filter((one) => !once.has(one)).length
  if (missing > 0 || once.size !== owed.length || mails !== owed.length) {
    throw new Error(`Owed ${owed.length}, received ${mails}, of which ${once.size} different; ${missing} are missing.`)
  }
}
