import { aCase, enter, holdEvening, newNumber } from './court.ts'
import { addDays, briefDay, courtToday, forenoonOf, fullDay, longDay, timeWords } from './days.ts'
import { linksIn, mailsTo, mailTo, newAddress, type Mail } from './mailbox.ts'
import { itOnItsOwn } from './own-service.ts'
import { describe, expect } from './test.ts'
import { track } from './tracking.ts'

// Holds evenings of days to come, after which a shared service could hold none of today.
const it = itOnItsOwn()
it.describe.configure({ mode: 'default' })

/** The calendar file of a mail, line by line, long lines made whole. */
function calendarIn(mail: Mail): Map<string, string> {
  const [file, ...others] = mail.attachments
  expect(others).toEqual([])
  expect(file?.filename).toMatch(/\.ics$/)
  expect(file?.contentType).toContain('text/calendar')
  return readCalendar(file?.content ?? '')
}

function readCalendar(content: string): Map<string, string> {
  const lines = content.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
  return new Map(lines.map((line) => [line.replace(/[;:].*$/, ''), line.replace(/^[^:]*:/, '')]))
}

/** `20261203T163000Z`. */
const stampOf = (instant: string): string => instant.replaceAll(/[-:]/g, '')

describe('a tracked hearing', () => {
  it('is told 10 and 2 days ahead, each once, then when it is moved and when it is cancelled, on one calendar entry (F5, F10)', async ({ page }) => {
    const number = newNumber()
    const [both, late, neither] = [newAddress('both'), newAddress('late'), newAddress('neither')]
    const today = courtToday()
    const day = (days: number): string => addDays(today, days)
    const hearing = (startsAt: string, more: object = {}) => enter([{
      type: 'event', case: number, id: 'h-1', startsAt, kind: 'Plea or trial setting', place: 'Courtroom 2W', judge: 'C. Ansel', ...more,
    }])
    const [first, moved] = [forenoonOf(day(12)), forenoonOf(day(24))]
    await enter([aCase(number)])
    await hearing(first)
    await track(number, both, { eventTenDays: 'on', eventTwoDays: 'on' })
    await track(number, late, { eventTwoDays: 'on' })
    await track(number, neither)
    const countMails = async (): Promise<number[]> => Promise.all([both, late, neither].map(async (address) => (await mailsTo(address)).length))

    await it.step('says nothing before its day', async () => {
      await holdEvening(day(0))
      await holdEvening(day(1))
      expect(await countMails()).toEqual([1, 1, 1])
    })

    const tenDays = await it.step('comes 10 days ahead to who chose that, once', async () => {
      await holdEvening(day(2))
      await holdEvening(day(2))
      expect(await countMails()).toEqual([2, 1, 1])
      const mail = await mailTo(both, `Case ${number}: court in 10 days, ${briefDay(day(12), day(2))}, ${timeWords(first)}`)
      for (const part of [mail.html, mail.text]) {
        for (const words of ['Plea or trial setting', 'Courtroom 2W', 'C. Ansel', `${fullDay(day(12))} at ${timeWords(first)}`]) expect(part).toContain(words)
      }
      return calendarIn(mail)
    })
    expect(tenDays.get('DTSTART')).toBe(stampOf(first))

    await it.step('comes 2 days ahead', async () => {
      await holdEvening(day(9))
      expect(await countMails()).toEqual([2, 1, 1])
      await holdEvening(day(10))
      await holdEvening(day(10))
      expect(await countMails()).toEqual([3, 2, 1])
      for (const address of [both, late]) {
        const mail = await mailTo(address, `Case ${number}: court in 2 days, ${briefDay(day(12), day(10))}, ${timeWords(first)}`)
        expect(calendarIn(mail).get('UID')).toBe(tenDays.get('UID'))
      }
    })

    const afterMove = await it.step('says that it moved, the old date too, to all who chose event notices', async () => {
      await hearing(moved)
      await holdEvening(day(10))
      expect(await countMails()).toEqual([4, 3, 1])
      const subject = `Case ${number}: hearing moved to ${briefDay(day(24), day(10))}, ${timeWords(moved)}`
      await mailTo(late, subject)
      const mail = await mailTo(both, subject)
      for (const part of [mail.html, mail.text]) {
        expect(part).toContain(`${fullDay(day(24))} at ${timeWords(moved)}`)
        expect(part).toContain(`${longDay(day(12))} at ${timeWords(first)}`)
        expect(part.indexOf(fullDay(day(24)))).toBeLessThan(part.indexOf(longDay(day(12))))
      }
      return calendarIn(mail)
    })
    expect(afterMove.get('UID')).toBe(tenDays.get('UID'))
    expect(afterMove.get('DTSTART')).toBe(stampOf(moved))
    expect(Number(afterMove.get('SEQUENCE'))).toBeGreaterThan(Number(tenDays.get('SEQUENCE')))

    await it.step('comes again before the new date', async () => {
      await holdEvening(day(14))
      expect(await countMails()).toEqual([5, 3, 1])
      await mailTo(both, `Case ${number}: court in 10 days, ${briefDay(day(24), day(14))}, ${timeWords(moved)}`)
    })

    await it.step('stands on its tab, ready for a calendar', async () => {
      await page.goto(`/cases/${number}/events`)
      await expect(page.getByRole('main')).toContainText('Plea or trial setting')
      const address = await page.getByRole('link', { name: /calendar/i }).first().getAttribute('href')
      const file = await page.request.get(address ?? '')
      expect(file.headers()['content-type']).toContain('text/calendar')
      expect(readCalendar(await file.text()).get('UID')).toBe(tenDays.get('UID'))
    })

    await it.step('says that it is cancelled, takes the entry back, and is told no more', async () => {
      await hearing(moved, { status: 'cancelled' })
      await holdEvening(day(14))
      expect(await countMails()).toEqual([6, 4, 1])
      const mail = await mailTo(both, `Case ${number}: hearing of ${briefDay(day(24), day(14))}, ${timeWords(moved)} cancelled`)
      const cancelled = calendarIn(mail)
      expect(cancelled.get('UID')).toBe(tenDays.get('UID'))
      expect(cancelled.get('STATUS')).toBe('CANCELLED')
      expect(Number(cancelled.get('SEQUENCE'))).toBeGreaterThan(Number(afterMove.get('SEQUENCE')))
      await holdEvening(day(22))
      expect(await countMails()).toEqual([6, 4, 1])
    })
    for (const mail of await mailsTo(both)) expect(linksIn(mail).length).toBeGreaterThan(0)
  })
})

describe('a tracked payment', () => {
  it('is told 2 days ahead with all that a payer needs, once, and again when its amount changes; never when it is paid (F6)', async ({ page }) => {
    const number = newNumber()
    const [asked, other] = [newAddress('asked'), newAddress('other')]
    // Later than any evening above.
    const base = addDays(courtToday(), 30)
    const day = (days: number): string => addDays(base, days)
    const payment = (plan: string, more: object = {}) =>
      ({ type: 'payment', case: number, plan, person: 'Farrow, Tobin', dueOn: day(2), amountDue: '50.00', pastDue: '12.50', ...more })
    await enter([aCase(number), payment('P-881'), payment('P-882'), payment('P-883', { amountDue: '0.00', pastDue: '0.00' }), payment('P-884', { dueOn: day(3) })])
    await track(number, asked, { paymentTwoDays: 'on' })
    await track(number, other, { eventTenDays: 'on', eventTwoDays: 'on' })
    await enter([payment('P-882', { status: 'paid' })])

    await holdEvening(day(-1))
    expect(await mailsTo(asked)).toHaveLength(1)
    await holdEvening(day(0))
    await holdEvening(day(0))
    expect(await mailsTo(asked)).toHaveLength(2)
    const mail = await mailTo(asked, `Case ${number}: payment of $50.00 due ${briefDay(day(2), day(0))}`)
    for (const part of [mail.html, mail.text]) {
      for (const words of ['Farrow, Tobin', 'P-881', `Payment due ${longDay(day(2))}`, 'Amount due $50.00', 'Past due $12.50']) expect(part).toContain(words)
      for (const plan of ['P-882', 'P-883', 'P-884']) expect(part).not.toContain(plan)
    }

    await enter([payment('P-881', { amountDue: '75.00' })])
    await holdEvening(day(0))
    const changed = await mailTo(asked, `Case ${number}: payment due ${briefDay(day(2), day(0))} is now $75.00`)
    expect(changed.text).toContain('$50.00')

    await enter([payment('P-881', { status: 'paid' }), payment('P-884', { dueOn: day(3), status: 'paid' })])
    await holdEvening(day(1))
    await holdEvening(day(2))
    expect(await mailsTo(asked)).toHaveLength(3)
    expect(await mailsTo(other)).toHaveLength(1)

    await page.goto(`/cases/${number}/payments`)
    await expect(page.getByRole('row', { name: /P-881/ })).toContainText('Paid')
  })
})
