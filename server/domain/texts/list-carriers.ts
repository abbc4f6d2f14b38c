import { dayOf, formatDay } from '../../contract/court-time.ts'
import type { Carrier, CourtProfile } from '../../profile/schema.ts'
import type { Site } from '../outbox/message-frame.ts'

/** One line of the form's list of carriers (B1). */
export interface CarrierChoice {
  readonly code: string
  readonly name: string
  /** False: texts cannot reach it, so that it cannot be chosen. */
  readonly isAvailable: boolean
  /** What there is to know of it, in a few words; null: nothing. */
  readonly remark: string | null
}

/** Where texts of a carrier go by e-mail; or why they cannot, in one sentence. */
export type Gateway = { readonly domain: string } | { readonly reason: string }

/**
 * The carriers of the profile, in its order. Where texts leave by the carriers' own gateways, one that has none or whose
 * gateway is switched off on this day of the court says so and cannot be chosen.
 */
export const listCarriers = ({ profile, texts }: Pick<Site, 'profile' | 'texts'>, now: Date): CarrierChoice[] =>
  profile.carriers.map((carrier) => {
    const { code, name, gatewayDomain, gatewayEndsOn } = carrier
    if (!texts.needsCarrier) return { code, name, isAvailable: true, remark: null }
    if ('reason' in gatewayOf(carrier, profile, now)) {
      return { code, name, isAvailable: false, remark: gatewayDomain === null ? 'it takes no texts from us' : 'it takes no texts from us any more' }
    }
    return { code, name, isAvailable: true, remark: gatewayEndsOn === null ? null : `it takes no texts from us from ${formatDay(gatewayEndsOn)} on` }
  })

/** The gateway of a carrier by its code, on this day of the court. */
export function findGateway(profile: Pick<CourtProfile, 'carriers' | 'timeZone'>, code: string | null, now: Date): Gateway {
  if (code === null) return { reason: 'The carrier of this phone is not known.' }
  const carrier = profile.carriers.find((one) => one.code === code)
  return carrier ? gatewayOf(carrier, profile, now) : { reason: 'The carrier of this phone is not in the court profile any more.' }
}

function gatewayOf({ name, gatewayDomain, gatewayEndsOn }: Carrier, { timeZone }: Pick<CourtProfile, 'timeZone'>, now: Date): Gateway {
  if (gatewayDomain === null) return { reason: `${name} has no e-mail gateway for texts.` }
  // The first day on which it no longer delivers.
  const isOff = gatewayEndsOn !== null && dayOf(now, timeZone) >= gatewayEndsOn
  return isOff ? { reason: `The e-mail gateway of ${name} was switched off on ${formatDay(gatewayEndsOn)}.` } : { domain: gatewayDomain }
}
