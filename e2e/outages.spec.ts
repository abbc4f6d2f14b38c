import Database from 'better-sqlite3'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { expectAccessible } from './accessible.ts'
import { aCase, enter, newNumber } from './court.ts'
import { addDays, dayOf } from '../server/contract/court-time.ts'
import { nothingElse } from './nothing-else.ts'
import { itOnItsOwn } from './own-service.ts'
import { folder } from './run.ts'
import { secrets } from './secrets.ts'
import { describe, expect } from './test.ts'

// The command and the service work on one database.
const database = { DATABASE_URL: `file:${join(folder, 'outages.db')}` }
const it = itOnItsOwn({ env: database })

interface Ran {
  readonly code: number
  readonly said: string
  readonly complaint: string
}

/** Runs `ttc outage …` as an operator does. */
const ttcOutage = (...args: readonly string[]): Promise<Ran> => new Promise((resolve) => {
  const env: NodeJS.ProcessEnv = { ...process.env, ...nothingElse, ...secrets, ...database }
  execFile(process.execPath, ['--import', 'tsx', 'server/cli/main.ts', 'outage', ...args], { env }, (error, said, complaint) => {
    resolve({ code: error === null ? 0 : 1, said, complaint })
  })
})

const idOf = ({ code, said, complaint }: Ran): string => {
  expect(complaint).toBe('')
  expect(code).toBe(0)
  return String(z.object({ id: z.number() }).parse(JSON.parse(said)).id)
}

const day = (ahead: number): string => addDays(dayOf(new Date(), 'America/Chicago'), ahead)

describe('outages (I6)', () => {
  it.use({ allowedComplaints: [/status of 404/] })

  it('are announced on every page until they end, and stand in the log', async ({ page, browser }) => {
    const number = newNumber()
    await enter([aCase(number)])
    const banner = page.getByRole('region', { name: 'Announcements' })
    const open = (path: string) => page.goto(path)

    await open('/status')
    await expect(page.getByRole('main')).toContainText('is running. All is well.')
    await expect(banner).toHaveCount(0)

    const tooSoon = await ttcOutage('add', '--from', `${day(1)} 20:00`, '--to', `${day(1)} 23:00`, '--what', 'Too soon.')
    expect(tooSoon).toMatchObject({ code: 1, said: '' })
    expect(tooSoon.complaint).toMatch(/^A planned outage is announced at least three business days ahead: one that is announced now begins on .+, or later\./)

    const planned = idOf(await ttcOutage('add', '--from', `${day(30)} 20:00`, '--to', `${day(30)} 23:00`, '--what', 'New disks <b>.', '--json'))
    for (const path of ['/', '/search?q=Farrow', `/cases/${number}`, `/cases/${number}/track`, '/help', '/courts', '/login', '/cases/99NONE-CV1']) {
      await page.goto(path)
      await expect(banner).toContainText('Planned outage:')
      await expect(banner).toContainText('at 8:00 p.m. to 11:00 p.m. New disks <b>.')
    }
    await open('/status')
    await expect(page.getByRole('main')).toContainText('All is well.')
    await expect(page.getByRole('table', { name: 'Planned outages' })).toContainText('New disks <b>.')

    const unplanned = idOf(await ttcOutage('add', '--unplanned', '--what', 'E-mail leaves slowly.', '--json'))
    await open('/status')
    await expect(banner.getByRole('listitem')).toHaveCount(2)
    await expect(banner).toContainText('Problem with the service: Since')
    await expect(page.getByRole('main')).toContainText('has an outage.')
    await expect(page.getByRole('table', { name: 'Now' })).toContainText('E-mail leaves slowly.')
    await expectAccessible(page, 'wide')
    await page.setViewportSize({ width: 320, height: 780 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await expectAccessible(page, 'narrow')

    const toCome = idOf(await ttcOutage('add', '--unplanned', '--from', `${day(1)} 20:00`, '--what', 'A cable is mended.', '--json'))
    await open('/status')
    await expect(banner).toContainText('Outage to come: From')
    await expect(page.getByRole('table', { name: 'Expected outages' })).toContainText('From')
    await expect(page.getByRole('table', { name: 'Planned outages' })).not.toContainText('A cable is mended.')

    for (const id of [planned, unplanned, toCome]) expect((await ttcOutage('end', id)).code).toBe(0)
    expect((await ttcOutage('end', unplanned)).code).toBe(1)
    await open('/status')
    await expect(banner).toHaveCount(0)
    await expect(page.getByRole('main')).toContainText('is running. All is well.')
    await expect(page.getByRole('table', { name: 'Past outages' })).toContainText('E-mail leaves slowly.')
    await expect(page.getByRole('main')).not.toContainText('New disks')
    expect((await ttcOutage('list')).said).toMatch(/\tover\tunplanned\t.*\tE-mail leaves slowly\.\n$/)

    await it.step('a page that cannot be made says so, without a script too', async () => {
      const broken = new Database(join(folder, 'outages.db'))
      broken.exec('ALTER TABLE courts RENAME TO gone')
      broken.close()
      const plain = await browser.newPage({ javaScriptEnabled: false })
      for (const path of ['/courts', `/cases/${number}`]) {
        expect((await plain.goto(new URL(path, page.url()).href))?.status(), path).toBe(500)
        await expect(plain.getByRole('main').getByRole('heading', { level: 1 }), path).toHaveText('Sorry, there is a problem with the service')
      }
      await plain.close()
    })
  })
})
