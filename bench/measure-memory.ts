import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { withCopy, type Template } from './databases.ts'
import { grouped, median, ratios, spreadOf, type Figure } from './figures.ts'
import { checkExactly } from './measure-evenings.ts'
import type { HeldMemory } from './memory-worker.ts'
import type { Provider } from './start-provider.ts'

const mostMegabytes = 250

/** The most memory that holding and delivering an evening takes, with all subscriptions and with a tenth of them, in turn. */
export async function measureMemory(
  { large, few, provider, rounds, say }: { large: Template; few: Template; provider: Provider; rounds: number; say: (line: string) => void },
): Promise<Figure[]> {
  const hold = (template: Template): Promise<number> => withCopy(template, async (file) => {
    provider.forget(false)
    const child = fork(fileURLToPath(new URL('./memory-worker.ts', import.meta.url)), [file, provider.url])
    const ended = once(child, 'exit')
    // Only memory-worker.ts speaks here.
    const [held] = await Promise.race([once(child, 'message'), ended.then(() => { throw new Error('An evening ended too soon.') })]) as [HeldMemory]
    await ended
    checkExactly(template.owed, await provider.received())
    return (held.peakBytes - held.beforeBytes) / 2 ** 20
  })
  const most: number[] = []
  const least: number[] = []
  for (let round = 0; round <= rounds; round++) {
    for (const template of round % 2 === 0 ? [large, few] : [few, large]) {
      const megabytes = await hold(template)
      if (round > 0) (template === large ? most : least).push(megabytes)
    }
    if (round > 0) say(`  evening ${round} of ${rounds}: ${most.at(-1)?.toFixed(0)} MB, with a tenth of the subscriptions ${least.at(-1)?.toFixed(0)} MB`)
  }
  const growth = ratios(most, least)
  return [
    {
      goal: 'P5',
      what: `the most memory of an evening with ${grouped(large.size.subscriptions)} subscriptions`,
      limit: `≤ ${mostMegabytes} MB`,
      figure: `${median(most).toFixed(0)} MB`,
      reference: 'what its process held before it opened the database',
      spread: spreadOf(most, 0, 'evenings'),
      isMet: median(most) <= mostMegabytes,
    },
    {
      goal: 'P5',
      what: 'that, against the same evening with a tenth of the subscriptions',
      limit: '≤ 1.1 ×',
      figure: `${median(growth).toFixed(2)} ×`,
      reference: `itself with ${grouped(few.size.subscriptions)} subscriptions: ${median(least).toFixed(0)} MB`,
      spread: spreadOf(growth, 2, 'pairs'),
      isMet: median(growth) <= 1.1,
    },
  ]
}
