import { randomInt, randomUUID } from 'node:crypto'
import { readFeedAnswer } from './court.ts'
import { origin } from './origin.ts'
import { secrets } from './secrets.ts'
import { describe, expect, it } from './test.ts'

const send = (body: string, headers: Readonly<Record<string, string>> = {}, secret: string = secrets.FEED_SECRET): Promise<Response> =>
  fetch(`${origin()}/api/feed/courtlistener/${encodeURIComponent(secret)}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

const hook = (docket: number, description: string, facts: object = {}) => JSON.stringify({
  payload: {
    results: [{
      id: docket + 1, docket, date_filed: '2026-11-20', time_filed: '09:05:00', entry_number: 12, recap_sequence_number: '2026-11-20.001',
      pacer_sequence_number: 40, description, recap_documents: [], date_created: '', date_modified: '', ...facts,
    }],
  },
  webhook: { version: 2, event_type: 1, date_created: '', deprecation_date: null },
})
const newDocket = (): number => randomInt(70_000_000, 1_000_000_000)

describe('a docket alert of CourtListener (I2)', () => {
  it('is on the page when it was answered, and is taken once by its key', async ({ page }) => {
    const docket = newDocket()
    const key = { 'idempotency-key': randomUUID() }
    const first = await readFeedAnswer(await send(hook(docket, 'ORDER granting the motion'), key))
    expect(first).toMatchObject({ accepted: 1, changes: { added: 1 } })
    expect(await readFeedAnswer(await send(hook(docket, 'ORDER denying the motion')))).toMatchObject({ changes: { updated: 1 } })
    expect(await readFeedAnswer(await send(hook(docket, 'ORDER granting the motion'), key))).toEqual(first)
    await page.goto(`/cases/${docket}/docket`)
    await expect(page.getByText('ORDER denying the motion', { exact: true })).toBeVisible()
    await expect(page.getByText('9:05 a.m.')).toBeVisible()
  })

  it('shows nothing of a sealed document', async ({ page }) => {
    const docket = newDocket()
    await readFeedAnswer(await send(hook(docket, 'SEALED ENTRY', {
      recap_documents: [{ document_number: '12', attachment_number: null, description: 'Plea Agreement', is_sealed: true, absolute_url: `/docket/${docket}/12/x-v-y/` }],
    })))
    await page.goto(`/cases/${docket}/docket`)
    await expect(page.getByText('SEALED ENTRY').first()).toBeVisible()
    await expect(page.getByText('Plea Agreement')).toHaveCount(0)
    await expect(page.getByText('Entry 12')).toHaveCount(0)
  })

  it('is refused without the secret, with nothing in the answer, and where it is no JSON', async () => {
    const body = hook(newDocket(), 'ORDER')
    for (const secret of ['wrong', `${secrets.FEED_SECRET}x`, secrets.FEED_SECRET.slice(1)]) {
      const refused = await send(body, {}, secret)
      expect([refused.status, await refused.text()]).toEqual([401, ''])
    }
    expect((await send(body, { 'content-type': 'text/plain' })).status).toBe(415)
    expect((await send('{"payload":')).status).toBe(400)
    // Who still writes when the answer comes may find the connection closed instead of reading it.
    const tooLarge = await send(' '.repeat(17 * 1024 * 1024)).then(({ status }) => status, () => 'cut off')
    expect([413, 'cut off']).toContain(tooLarge)
    // Larger than what a form may send.
    const large = hook(newDocket(), 'ORDER', { plain_text: 'x'.repeat(300_000) })
    expect((await send(large)).status).toBe(200)
  })
})
