import { describe, expect, it } from 'vitest'
import { atMostAtOnce } from '../contract/at-most-at-once.ts'
import { steps, tryOut } from '../testing/torture/random-trial.ts'
import { counted, report, seed, sized } from '../testing/torture/scale.ts'

// A trial mostly waits: for a provider that is silent, or a worker that died with its request.
const trialsAtOnce = 10

describe('R20: all faults by chance, against a model of the rules', () => {
  const seeds = sized(8, 1000)

  it(`agree in ${seeds} trials from seed ${seed}`, async () => {
    const inTurn = atMostAtOnce(trialsAtOnce)
    const trials = await Promise.all(Array.from({ length: seeds }, (_, nth) => inTurn(async () => ({ seed: seed + nth, ...await tryOut(seed + nth) }))))
    const disagreeing = trials.flatMap(({ wrongs, ...trial }) => (wrongs.length > 0 ? [`seed ${trial.seed}: ${wrongs.join('; ')}`] : []))
    const mails = trials.reduce((all, one) => all + one.mails, 0)
    report('R20', `${counted(seeds - disagreeing.length)} of ${counted(seeds)} seeds, ${counted(seeds * steps)} steps, ${counted(mails)} mails`, disagreeing.length === 0)
    expect(disagreeing).toEqual([])
  }, sized(120_000, 7_200_000))
})
