import { channels as allChannels, type Channel } from '../contract/vocabulary.ts'
import type { LinkKeys } from '../domain/links/link-token.ts'
import { countRemaining } from '../domain/outbox/count-remaining.ts'
import { addSettled, nothingSettled } from '../domain/outbox/leased-batch.ts'
import type { Mailer, Texter } from '../ports.ts'
import { createTextComposer } from './compose-text.ts'
import { createComposer } from './compose.tsx'
import { deliverChannel, type ChannelDeps } from './deliver-channel.ts'

export interface DeliveryDeps extends ChannelDeps {
  readonly mailer: Mailer
  readonly texter: Texter
  readonly linkKeys: LinkKeys
  /** Who delivers, for the log. */
  readonly workerName: string
}

export interface DeliveryOptions {
  /** Takes nothing more once this is aborted; what is under way is finished, or let go after 8 seconds. */
  readonly until?: AbortSignal
  /** Goes on, others' work included, until nothing of these runs waits or is being sent. Give `until` with it. */
  readonly runIds?: readonly number[]
  /**
   * Takes no more of each channel than the batches that this many messages fill. What a provider turns away for a moment
   * is then left to whoever looks next instead of being waited for.
   */
  readonly mostMessages?: number
  /** Default: all. */
  readonly channels?: readonly Channel[]
}

export interface Delivered {
  readonly sent: number
  readonly retrying: number
  /** Refused for good, or parked for a person. */
  readonly failed: number
  readonly cancelled: number
  /** What still has to leave, now or later. */
  readonly remaining: number
}

/**
 * Sends all that is due now and keeps each provider exactly full: one request a slot, what people wait for first. Returns
 * when nothing is due, or when the providers have asked for more than a few seconds of quiet. However many do this at once,
 * and wherever they are killed, nothing is lost and nothing leaves twice (N1, N2).
 */
export async function deliverOutbox(
  deps: DeliveryDeps,
  { until = new AbortController().signal, runIds = [], mostMessages = Number.POSITIVE_INFINITY, channels = allChannels }: DeliveryOptions = {},
): Promise<Delivered> {
  const { workplace, profile } = deps
  const ends = await Promise.allSettled(channels.map((channel) => (channel === 'email'
    ? deliverChannel(deps, { channel, provider: deps.mailer, compose: createComposer(deps.linkKeys) }, until, runIds, mostMessages)
    : deliverChannel(deps, { channel, provider: deps.texter, compose: createTextComposer(deps.linkKeys) }, until, runIds, mostMessages))))
  // Said when the other has ended too: nothing goes on behind who called.
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const { sent, retrying, failed, parked, cancelled } = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
    .reduce(addSettled, nothingSettled)
  const delivered = { sent, retrying, failed: failed + parked, cancelled, remaining: await countRemaining(workplace.reading(), profile) }
  if (sent + retrying + delivered.failed + cancelled > 0) deps.log.info('Messages were delivered', { worker: deps.workerName, ...delivered })
  return delivered
}
