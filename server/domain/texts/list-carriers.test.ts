import { describe, expect, it } from 'vitest'
import { aSite } from '../../testing/a-site.ts'
import { loadProfile } from '../../profile/load-profile.ts'
import { findGateway, listCarriers } from './list-carriers.ts'

const carriers = [
  { code: 'open', name: 'Open Wireless', gatewayDomain: 'txt.open.example.com', gatewayEndsOn: null },
  { code: 'ending', name: 'Ending Mobile', gatewayDomain: 'txt.ending.example.com', gatewayEndsOn: '2026-11-21' },
  { code: 'none', name: 'Gateless', gatewayDomain: null, gatewayEndsOn: null },
]
const profile = { ...loadProfile(), carriers }
const site = (needsCarrier: boolean) => ({ ...aSite(profile), texts: { takesReplies: false, needsCarrier } })
const lastMinute = new Date('2026-11-20T23:59:59-06:00')
const firstMinute = new Date('2026-11-21T00:00:00-06:00')

describe('the carriers of the form', () => {
  it('can all be chosen where texts need no gateway', () => {
    expect(listCarriers(site(false), firstMinute).every(({ isAvailable, remark }) => isAvailable && remark === null)).toBe(true)
  })

  it('cannot be chosen where their gateway is off, from the first day of the court on', () => {
    const availableAt = (now: Date): string[] => listCarriers(site(true), now).filter((one) => one.isAvailable).map((one) => one.code)
    expect(availableAt(lastMinute)).toEqual(['open', 'ending'])
    expect(availableAt(firstMinute)).toEqual(['open'])
    expect(listCarriers(site(true), lastMinute).map((one) => one.remark)).toEqual([
      null, 'it takes no texts from us from November 21, 2026 on', 'it takes no texts from us',
    ])
    expect(listCarriers(site(true), firstMinute)[1]?.remark).toBe('it takes no texts from us any more')
  })

  it('have a gateway or a reason', () => {
    expect(findGateway(profile, 'ending', lastMinute)).toEqual({ domain: 'txt.ending.example.com' })
    expect(findGateway(profile, 'ending', firstMinute)).toEqual({ reason: 'The e-mail gateway of Ending Mobile was switched off on November 21, 2026.' })
    for (const code of [null, 'none', 'other']) expect(findGateway(profile, code, lastMinute)).toHaveProperty('reason')
  })

  it('leave out the three great gateways that are switched off, in the shipped profile', () => {
    const shipped = { ...aSite(loadProfile()), texts: { takesReplies: false, needsCarrier: true } }
    const off = listCarriers(shipped, new Date('2027-04-01T12:00:00Z')).filter((one) => !one.isAvailable).map((one) => one.code)
    expect(off).toEqual(expect.arrayContaining(['att', 't-mobile', 'verizon']))
  })
})
