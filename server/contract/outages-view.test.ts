import { describe, expect, it } from 'vitest'
import { outageWords } from './outages-view.ts'

const startsAt = new Date('2026-11-22T02:00:00Z')
const words = (endsAt: string | null, now: string): string =>
  outageWords({ id: 1, kind: 'unplanned', startsAt, endsAt: endsAt === null ? null : new Date(endsAt), what: 'Words.' }, 'America/Chicago', new Date(now))

describe('when an outage is', () => {
  it('is from now on where its end is not known, and to come where it has not begun', () => {
    expect(words(null, '2026-11-22T02:00:00Z')).toBe('Since Saturday, November 21, 2026, at 8:00 p.m.')
    expect(words(null, '2026-11-22T01:59:59Z')).toBe('From Saturday, November 21, 2026, at 8:00 p.m.')
  })

  it('names its day once where it ends on it', () => {
    expect(words('2026-11-22T05:00:00Z', '2026-11-01T00:00:00Z')).toBe('Saturday, November 21, 2026, at 8:00 p.m. to 11:00 p.m.')
    expect(words('2026-11-22T07:00:00Z', '2026-11-01T00:00:00Z')).toMatch(/8:00 p\.m\. to Sunday, November 22, 2026, at 1:00 a\.m\.$/)
  })
})
