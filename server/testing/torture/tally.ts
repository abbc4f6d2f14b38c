import type { ResendStandIn } from '../resend-stand-in.ts'
import { counted } from './scale.ts'

/** What became of mail that was owed, as the provider saw it. */
export interface Tally {
  readonly lost: number
  readonly twice: number
  /** `0 lost, 0 twice in 10,000`. */
  readonly figure: string
  readonly isRight: boolean
}

/** Whether each of `owed` arrived, and nothing more often than once. `nameOf` names a mail as `owed` does. */
export function tallyOf({ accepted }: Pick<ResendStandIn, 'accepted'>, owed: readonly string[], nameOf: (mail: ResendStandIn['accepted'][number]) => string): Tally {
  const arrived = new Set(accepted.map(nameOf))
  const lost = owed.filter((name) => !arrived.has(name)).length
  return tally(lost, accepted.length - arrived.size, owed.length)
}

const tally = (lost: number, twice: number, owed: number): Tally =>
  ({ lost, twice, figure: `${lost} lost, ${twice} twice in ${counted(owed)}`, isRight: lost === 0 && twice === 0 })

/** Of several, together. */
export function addTallies(tallies: readonly (Tally & { readonly owed: number })[]): Tally {
  const sum = (part: (one: Tally & { readonly owed: number }) => number): number => tallies.reduce((all, one) => all + part(one), 0)
  return tally(sum((one) => one.lost), sum((one) => one.twice), sum((one) => one.owed))
}
