import { aCase, anEntry, enter, newNumber } from './court.ts'
import { describe, expect, it } from './test.ts'
import { press } from './tracking.ts'

describe('the docket', () => {
  it('sorts both ways and filters by text', async ({ page }) => {
    const number = newNumber()
    await enter([
      aCase(number),
      anEntry(number, 'a', { filedAt: '2026-04-01', description: 'Petition filed' }),
      anEntry(number, 'b', { filedAt: '2026-05-01T08:30:00-05:00', description: 'Answer filed', text: 'By the 100% owner.' }),
      anEntry(number, 'c', { filedAt: '2026-06-01', description: 'Hearing set', text: 'June 20.' }),
    ])
    const titles = page.getByRole('main').getByRole('listitem').getByRole('heading')
    await page.goto(`/cases/${number}/docket`)
    await expect(titles).toHaveText(['Hearing set', 'Answer filed', 'Petition filed'])
    await page.getByRole('link', { name: 'Show oldest first' }).click()
    await expect(titles).toHaveText(['Petition filed', 'Answer filed', 'Hearing set'])
    await page.getByLabel('Filter entries').fill('FILED')
    await press(page, 'Filter')
    await expect(titles).toHaveText(['Petition filed', 'Answer filed'])
    await page.getByRole('link', { name: 'Show newest first' }).click()
    await expect(titles).toHaveText(['Answer filed', 'Petition filed'])
    await page.getByLabel('Filter entries').fill('100%')
    await press(page, 'Filter')
    await expect(titles).toHaveText(['Answer filed'])
    await page.getByRole('link', { name: 'Show all entries' }).click()
    await expect(titles).toHaveCount(3)
  })

  it('says what a correction changed, strikes through what was voided, and explains codes on demand', async ({ page }) => {
    const number = newNumber()
    const [mistyped, misplaced] = [{ description: 'Order entred', code: 'ORD' }, { description: 'Wrong case', code: 'CONT' }]
    await enter([aCase(number), anEntry(number, 'a', mistyped), anEntry(number, 'b', misplaced)])
    const mended = { ...mistyped, description: 'Order entered' }
    await enter([anEntry(number, 'a', mended), anEntry(number, 'b', { ...misplaced, status: 'voided' })])
    await page.goto(`/cases/${number}/docket`)
    const corrected = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Order entered' })
    await expect(corrected.getByText('Corrected', { exact: true })).toBeVisible()
    await expect(corrected).toContainText('Title was: Order entred')
    const voided = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Wrong case' })
    await expect(voided.getByText('Voided', { exact: true })).toBeVisible()
    await expect(voided.locator('s')).toHaveText(['Wrong case', 'Text of b.'])
    const meaning = page.getByText('A hearing or trial was moved to a later day.')
    await expect(meaning).toBeHidden()
    await page.getByText('What does CONT mean?').click()
    await expect(meaning).toBeVisible()
  })
})

describe('a case file', () => {
  it('shows what the court sent under the tab of each', async ({ page }) => {
    const number = newNumber()
    await enter([
      aCase(number, { status: 'closed', judge: 'P. Lorne' }),
      { type: 'event', case: number, id: 'h-1', startsAt: '2036-12-03T09:00:00-06:00', kind: 'Bench trial', place: 'Courtroom 3' },
      { type: 'event', case: number, id: 'h-2', startsAt: '2036-12-05T14:30:00-06:00', kind: 'Settlement conference', status: 'cancelled' },
      { type: 'payment', case: number, plan: 'P-7', person: 'Farrow, Tobin', dueOn: '2036-12-10', amountDue: '1250.50', pastDue: '0.00' },
    ])
    await page.goto(`/cases/${number}`)
    const main = page.getByRole('main')
    for (const words of [number, '13th Judicial Circuit, Boone County', 'P. Lorne', 'Closed', 'December 3, 2036 at 9:00 a.m.']) {
      await expect(main).toContainText(words)
    }
    await page.getByRole('link', { name: 'Parties & Attorneys' }).click()
    await expect(page).toHaveURL(`/cases/${number}/parties`)
    await expect(page.getByRole('row', { name: /Farrow, Tobin.*Plaintiff.*R\. Penn/ })).toBeVisible()
    await page.getByRole('link', { name: 'Scheduled Hearings & Trials' }).click()
    await expect(page).toHaveURL(`/cases/${number}/events`)
    await expect(page.getByRole('heading', { name: 'Bench trial' })).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: 'Settlement conference' })).toContainText('Cancelled')
    await page.getByRole('link', { name: 'Scheduled Payments' }).click()
    await expect(page).toHaveURL(`/cases/${number}/payments`)
    await expect(page.getByRole('row', { name: /Farrow, Tobin.*P-7.*\$1,250\.50/ })).toBeVisible()
  })

  it('shows markup that was typed into it as text', async ({ page }) => {
    const number = newNumber()
    const markup = '<script>alert(1)</script><img src="x" onerror="alert(2)"> &amp; "quoted"'
    await enter([
      aCase(number, { caption: `${markup} v. Other`, judge: markup, parties: [{ name: markup, role: markup, attorney: markup }] }),
      anEntry(number, 'a', { description: markup, text: markup, code: '<b>X' }),
      { type: 'event', case: number, id: 'h', startsAt: '2036-01-03T09:00:00-06:00', kind: markup, place: markup },
      { type: 'payment', case: number, plan: markup, person: markup, dueOn: '2036-01-10', amountDue: '1.00' },
    ])
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      dialog.dismiss().catch(() => undefined)
    })
    for (const tab of ['', '/parties', '/docket', '/events', '/payments', '/track']) {
      await page.goto(`/cases/${number}${tab}`)
      await expect(page.getByRole('main')).toContainText(markup)
      await expect(page.locator('img')).toHaveCount(0)
    }
    expect(dialogs).toBe(0)
  })
})
