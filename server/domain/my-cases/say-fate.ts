import { formatInstant } from '../../contract/court-time.ts'
import { fullStop } from '../../contract/full-stop.ts'
import type { Fate } from '../../contract/sent-view.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import { isSendingTime, nextSendingAt } from '../hours/sending-hours.ts'
import { obstacles, type Obstacle } from '../outbox/obstacles.ts'
import type { MessageRow } from './list-messages.ts'

type Settling = Pick<MessageRow, 'kind' | 'state' | 'dueAt' | 'settledAt' | 'attempts' | 'reason'>

/** What became of a message, for whom it was meant (G3): never a provider's own words, nor that a case is not public. */
export function sayFate(
  { kind, state, dueAt, settledAt, attempts, reason }: Settling, profile: Pick<CourtProfile, 'sendingHours' | 'timeZone'>, now: Date,
): { readonly fate: Fate; readonly fateSaid: string } {
  const on = (instant: Date): string => formatInstant(instant, profile.timeZone)
  const settled = settledAt === null ? '' : ` on ${on(settledAt)}`
  switch (state) {
    case 'waiting': {
      if (kind === 'text' && attempts === 0 && (!isSendingTime(now, profile) || dueAt > now)) {
        const leavesAt = nextSendingAt(dueAt > now ? dueAt : now, profile)
        return { fate: 'waitingForHours', fateSaid: `It leaves on ${on(leavesAt)}, when texts may be sent again.` }
      }
      return attempts === 0
        ? { fate: 'queued', fateSaid: 'It leaves within minutes.' }
        : { fate: 'queued', fateSaid: fullStop(`It could not be handed over yet and is tried again${dueAt > now ? ` on ${on(dueAt)}` : ' now'}`) }
    }
    case 'leased': return { fate: 'queued', fateSaid: 'It is being handed over just now.' }
    case 'sent': return { fate: 'sent', fateSaid: `${fullStop(`It was handed over${settled}`)} Whether it arrived was not reported.` }
    case 'delivered': return { fate: 'delivered', fateSaid: fullStop(`It arrived${settled}`) }
    case 'bounced': return { fate: 'bounced', fateSaid: `It came back${settled}: the address or phone did not take it.` }
    case 'failed': return { fate: 'failed', fateSaid: `It did not leave: it was refused, or could not be handed over after ${attempts === 1 ? 'one try' : `${attempts} tries`}.` }
    case 'cancelled': return { fate: 'cancelled', fateSaid: whyCancelled(reason) }
    case 'parked': return { fate: 'unknown', fateSaid: 'Whether it left is not known. The help desk looks into it.' }
  }
}

const whyOf: Readonly<Record<Obstacle, string>> = {
  suppressed: 'It did not leave: mail to your address came back before.',
  paused: 'It did not leave: e-mail of this case was paused before. The notice after the pause tells in short what was missed.',
  stopped: 'It did not leave: you had stopped or paused e-mail of this case by then.',
  doubled: 'It did not leave: another e-mail to you told the same.',
  textStopped: 'It did not leave: you had stopped texts of this case by then.',
  textsOff: 'It did not leave: the court sends no texts.',
  phoneStopped: 'It did not leave: the phone had answered STOP.',
  notPublic: 'It did not leave.',
  notTold: 'It did not leave: the court or this kind of case takes no part any more.',
  withdrawn: 'It did not leave: what it said was taken back.',
  unwatched: 'It did not leave: you had stopped the watch by then.',
  answered: 'It did not leave: what it asked for was settled by then.',
}

function whyCancelled(reason: string | null): string {
  for (const [obstacle, words] of Object.entries(obstacles)) {
    // What was tried before has a sentence more (may-have-left.ts).
    if (reason?.startsWith(words) && isObstacle(obstacle)) return whyOf[obstacle]
  }
  return 'It did not leave.'
}

const isObstacle = (word: string): word is Obstacle => word in whyOf
