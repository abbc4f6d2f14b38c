import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { readFile } from 'node:fs/promises'
import { expectAccessible } from './accessible.ts'
import { register, takeSession } from './account.ts'
import { aCase, anEntry, enter, newNumber } from './court.ts'
import { addDays, courtToday, forenoonOf } from './days.ts'
import { newAddress } from './mailbox.ts'
import { describe, expect, it } from './test.ts'
import { press, resultOf, summaryOf, track } from './tracking.ts'

/** An account that tracks an open and a closed case, of which the open one then changed. */
async function openMyCases(page: Page): Promise<{ open: string; closed: string }> {
  const [open, closed, address] = [newNumber(), newNumber(), newAddress()]
  await enter([aCase(open, { caption: 'State v. Jordan A. Reyes' }), aCase(closed, { status: 'closed', caption: `In re ${'Wolframwerkstoffzulieferung'.repeat(3)}` })])
  await register(address)
  await track(open, address)
  await track(closed, address)
  await enter([
    anEntry(open, 'a'), { type: 'event', case: open, court: '13-BOONE', id: 'h', startsAt: forenoonOf(addDays(courtToday(), 3)), kind: 'Hearing', place: 'Courtroom 3' },
  ])
  await takeSession(page, address)
  await page.goto('/my-cases')
  return { open, closed }
}
const rowOf = (page: Page, number: string) => page.getByRole('main').getByRole('row').filter({ hasText: number })

async function expectFitting(page: Page): Promise<void> {
  await expectAccessible(page, 'wide')
  await page.setViewportSize({ width: 320, height: 780 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await expectAccessible(page, 'narrow')
  await page.setViewportSize({ width: 1280, height: 900 })
}

/** Going upwards by keyboard, nothing that has the focus lies under the bar of chosen cases (WCAG 2.4.11). */
async function expectUncovered(page: Page): Promise<void> {
  for (const width of [1280, 390, 320]) {
    await page.setViewportSize({ width, height: 700 })
    await page.getByRole('link', { name: 'Privacy' }).focus()
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Shift+Tab')
      const covered = await page.evaluate(() => {
        const [focus, bar] = [document.activeElement, document.querySelector('.chosen-bar')]
        if (!focus || !bar || bar.contains(focus) || !document.querySelector('#form')?.contains(focus)) return ''
        const [own, over] = [(focus.closest('label') ?? focus).getBoundingClientRect(), bar.getBoundingClientRect()]
        return own.top < over.bottom && over.top <= 1 ? `${focus.outerHTML.slice(0, 120)} at ${own.top}, the bar down to ${over.bottom}` : ''
      })
      expect(covered, `${width} px wide`).toBe('')
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
}

describe('My Cases (G2)', () => {
  it('shows what is new, filters, changes options in place, pauses, adds by number and gives a file', async ({ page }) => {
    const { open, closed } = await openMyCases(page)
    await expect(page.getByRole('main')).toContainText('2 tracked. 1 changed since you last looked. 1 hearing this week.')
    await expect(rowOf(page, open)).toContainText('New')
    await expect(rowOf(page, closed)).toContainText('Closed')
    await expectFitting(page)

    // The look itself counts as seen, but what was new stays findable on this visit.
    await page.getByRole('link', { name: 'Changed 1' }).click()
    await expect(rowOf(page, open)).toContainText('New')
    await expect(rowOf(page, closed)).toHaveCount(0)
    await expect(async () => {
      await page.goto('/my-cases')
      await expect(page.getByRole('main')).toContainText('None changed since you last looked.', { timeout: 1_000 })
    }).toPass()

    await rowOf(page, open).getByRole('link', { name: `Options for ${open}` }).click()
    await page.getByLabel('Only orders, judgments, warrants and hearings').check()
    await page.getByLabel('10 days before a scheduled event').check()
    await page.getByLabel('Your note').fill('Sister’s case')
    await press(page, 'Save')
    await expect(resultOf(page)).toHaveText('Your choices are saved.')
    await expect(page.getByLabel('Only orders, judgments, warrants and hearings')).toBeChecked()
    await page.getByLabel('Until').fill(addDays(courtToday(), 5))
    await press(page, 'Pause')
    await expect(page.getByRole('main')).toContainText('Paused until')
    await expectFitting(page)

    await page.goto('/my-cases?q=sister')
    await expect(rowOf(page, open)).toContainText('“Sister’s case”')
    await expect(rowOf(page, open)).toContainText('Paused until')
    await expect(rowOf(page, closed)).toHaveCount(0)

    // All of the page at once: the other gets reminders with it.
    await page.goto('/my-cases')
    await page.getByLabel('Choose all on this page').check()
    await expect(page.getByLabel(`Choose ${closed}`)).toBeChecked()
    await page.getByLabel(`Choose ${closed}`).uncheck()
    expect(await page.getByLabel('Choose all on this page').evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true)
    await page.getByLabel('Choose all on this page').check()
    await expect(resultOf(page)).toHaveText('2 cases chosen:')
    await expectFitting(page)
    await expectUncovered(page)
    await press(page, 'Change reminders')
    await expect(page.getByRole('listitem').filter({ hasText: closed })).toBeVisible()
    await page.getByLabel('2 days before a scheduled payment').check()
    await expectFitting(page)
    await press(page, 'Save')
    await expect(resultOf(page)).toHaveText('Your choices are saved.')
    await page.goto('/my-cases')

    await page.getByLabel('Case number').fill('no such number')
    await press(page, 'Track this number')
    await expect(summaryOf(page)).toContainText('We did not find a case with this number.')
    await expect(page.getByLabel('Case number')).toHaveValue('no such number')
    const added = newNumber()
    await enter([aCase(added)])
    await page.getByLabel('Case number').fill(added.toLowerCase())
    await press(page, 'Track this number')
    await expect(resultOf(page)).toHaveText('You are now tracking this case.')
    const nobody = await fetch(new URL('/my-cases/export.csv', page.url()), { redirect: 'manual' })
    expect([nobody.status, nobody.headers.get('location')]).toEqual([303, '/login?next=%2Fmy-cases'])
    const [file] = await Promise.all([page.waitForEvent('download'), page.goto('/my-cases').then(() => page.getByRole('link', { name: 'Download CSV' }).click())])
    const rows = parse<Record<string, string>>(await readFile(await file.path()), { bom: true, columns: true })
    expect(rows.map((row) => row['Case number']).sort()).toEqual([open, closed, added].sort())
  })

  describe('without JavaScript', () => {
    it.use({ javaScriptEnabled: false })

    it('lists, marks as seen, stops several and tracks one of them again', async ({ page }) => {
      const { open, closed } = await openMyCases(page)
      await expect(rowOf(page, open)).toContainText('New')
      await press(page, 'Mark all as seen')
      await expect(page.getByRole('main')).toContainText('None changed since you last looked.')
      await page.getByLabel(`Choose ${open}`).check()
      await page.getByLabel(`Choose ${closed}`).check()
      await press(page, 'Stop')
      // NO changes nothing.
      await expect(page.getByRole('heading', { name: 'Do you want to stop tracking these 2 cases?' })).toBeVisible()
      await press(page, 'NO')
      await page.getByLabel(`Choose ${open}`).check()
      await page.getByLabel(`Choose ${closed}`).check()
      await press(page, 'Stop')
      await press(page, 'YES')
      await expect(resultOf(page)).toHaveText('You are no longer tracking these 2 cases.')
      await page.getByRole('link', { name: 'Stopped 2' }).click()
      await page.getByLabel(`Choose ${open}`).check()
      await press(page, 'Resume')
      await expect(resultOf(page)).toHaveText('The case is tracked again from now on.')
      await expect(page.getByRole('main')).toContainText('1 tracked.')
    })
  })
})
