import { asc } from 'drizzle-orm'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cases, docketChanges, docketEntries, historyImports, takenDeliveries } from '../db/schema.ts'
import { openWorld, type World } from './testing/world.ts'
import { asHistory, maxWebhookBytes, takeCourtListener, takeFeed, type FeedAnswer } from './take-feed.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const bodyOf = (content: string | Uint8Array<ArrayBuffer>) => new Response(content).body
const reading = () => world.reading().tx
const aCase = '{"type":"case","number":"26BA-CV00001","court":"13-BOONE","caption":"Harbor v. Lowell"}'
const anEntry = '{"type":"docketEntry","case":"26BA-CV00001","court":"13-BOONE","id":"e-1","filedAt":"2026-11-20","description":"Order"}'

describe('history that is fed in (I7)', () => {
  const feed = (isQuiet: boolean, content = `${aCase}\n${anEntry}\n`) => takeFeed(world, bodyOf(content), { isGzip: false, isQuiet })

  it('is written down with what it brought, and told to nobody', async () => {
    expect(await feed(true)).toMatchObject({ kind: 'report', report: { accepted: 2 } })
    expect(await reading().select().from(historyImports).orderBy(asc(historyImports.id))).toMatchObject([
      { importedAt: new Date('2026-11-20T18:00:00Z'), way: 'feed', accepted: 2, changes: 1 },
    ])
    expect(await reading().select().from(docketChanges)).toMatchObject([{ isQuiet: true }])
  })

  it('is not what comes as news', async () => {
    await feed(false)
    expect(await reading().$count(historyImports)).toBe(0)
    expect(await reading().select().from(docketChanges)).toMatchObject([{ isQuiet: false }])
  })

  it('is written down where it fails on the way, too', async () => {
    expect(await takeFeed(world, bodyOf('no gzip'), { isGzip: true, isQuiet: true })).toMatchObject({ kind: 'unreadable' })
    await expect(asHistory(world.workplace, 'command', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    expect(await reading().select().from(historyImports).orderBy(asc(historyImports.id))).toMatchObject([{ way: 'feed', accepted: 0 }, { way: 'command', accepted: 0 }])
  })
})

describe('a webhook of CourtListener (I2)', () => {
  const entry = (description: string) => ({
    id: 400000001, docket: 70000001, date_filed: '2026-11-20', time_filed: '09:05:00', entry_number: 12, description,
    recap_documents: [{ document_number: '12', attachment_number: null, description: '', is_sealed: false, absolute_url: '/docket/70000001/12/harbor-v-lowell/' }],
  })
  const hook = (description = 'ORDER granting motion') =>
    JSON.stringify({ payload: { results: [entry(description)] }, webhook: { event_type: 1, version: 2 } })
  const send = (content: string | Uint8Array<ArrayBuffer>, key: string | null = null, isGzip = false): Promise<FeedAnswer> =>
    takeCourtListener(world, bodyOf(content), { isGzip, key })
  const texts = async () => (await reading().select().from(docketEntries).orderBy(asc(docketEntries.id))).map(({ text }) => text)

  it('is a case and its entries, on the clock of the court', async () => {
    expect(await send(hook())).toEqual({
      kind: 'report', report: { accepted: 1, unchanged: 0, rejected: [], changes: { added: 1, updated: 0, voided: 0 } },
    })
    expect(await reading().select().from(cases)).toMatchObject([{ number: '70000001', court: 'courtlistener', caption: 'Harbor v. Lowell' }])
    expect(await reading().select().from(docketEntries)).toMatchObject([{ filedAt: new Date('2026-11-20T15:05:00Z'), filedOn: '2026-11-20', entryNumber: '12' }])
    expect(await send(gzipSync(hook()), null, true)).toMatchObject({ report: { accepted: 0, unchanged: 1 } })
  })

  it('is taken once by its key, and answered alike', async () => {
    const first = await send(hook('ORDER granting motion'), 'key-1')
    await send(hook('ORDER denying motion'), 'key-2')
    expect(await send(hook('ORDER granting motion'), 'key-1')).toEqual(first)
    expect(await texts()).toEqual(['ORDER denying motion'])
    expect((await reading().select().from(takenDeliveries)).map(({ key }) => key).sort()).toEqual(['courtlistener/key-1', 'courtlistener/key-2'])
    await send(hook('ORDER granting motion'))
    expect(await texts()).toEqual(['ORDER granting motion'])
  })

  it('brings back no older text under a key of its own', async () => {
    const version = (description: string, minute: number) => JSON.stringify([{ ...entry(description), date_modified: `2026-11-20T09:${minute}:00Z` }])
    await send(version('ORDER denying motion', 20), 'key-2')
    await send(version('ORDER granting motion', 10), 'key-1')
    expect(await texts()).toEqual(['ORDER denying motion'])
    await send(version('ORDER vacated', 30), 'key-3')
    expect(await texts()).toEqual(['ORDER vacated'])
  })

  it('leaves a caption that is known better', async () => {
    await send(hook())
    await takeFeed(world, bodyOf('{"type":"case","number":"70000001","court":"courtlistener","caption":"Harbor Supply Co. v. Lowell"}'), { isGzip: false, isQuiet: false })
    await send(hook('ORDER'))
    expect(await reading().select().from(cases)).toMatchObject([{ caption: 'Harbor Supply Co. v. Lowell' }])
  })

  it('is refused when it is no JSON or too large, and may come again under its key', async () => {
    expect(await send('{"payload":', 'key-1')).toEqual({ kind: 'unreadable', reason: 'The body is not valid JSON.' })
    expect(await send(`"${' '.repeat(maxWebhookBytes)}"`, 'key-1')).toMatchObject({ kind: 'tooLarge' })
    expect(await reading().$count(takenDeliveries)).toBe(0)
    expect(await send(hook(), 'key-1')).toMatchObject({ report: { accepted: 1 } })
  })

  it('of another kind is answered with why nothing was taken', async () => {
    expect(await send('{"payload":{"results":[]},"webhook":{"event_type":2}}')).toMatchObject({
      kind: 'report', report: { accepted: 0, rejected: [{ line: 1, reason: 'This webhook is no docket alert.' }] },
    })
  })
})

describe('entries of CourtListener that are sealed later (A9)', () => {
  const send = (facts: object, entryFacts: object = {}, key: string | null = null) => takeCourtListener(world, bodyOf(JSON.stringify([{
    id: 5, docket: 7, date_filed: '2026-11-20', entry_number: 3, description: '', ...entryFacts,
    recap_documents: [{ document_number: '3', description: 'Plea Agreement', ...facts }],
  }])), { isGzip: false, key })
  const at = (minute: number) => ({ date_modified: `2026-11-20T09:${minute}:00.5-08:00` })

  it('are not brought back by an older delivery that comes later, whatever its key', async () => {
    await send({ is_sealed: true }, at(20), 'key-2')
    expect(await send({ is_sealed: false }, at(10), 'key-1')).toMatchObject({ report: { accepted: 0, unchanged: 1 } })
    expect(await send({ is_sealed: false }, at(20), 'key-3')).toMatchObject({ report: { unchanged: 1 } })
    expect(await reading().select().from(docketEntries)).toMatchObject([{ security: 'confidential', description: 'Sealed' }])
    await send({ is_sealed: false }, at(30), 'key-4')
    expect(await send({ is_sealed: true }, at(20), 'key-5')).toMatchObject({ report: { unchanged: 1 } })
    expect(await reading().select().from(docketEntries)).toMatchObject([{ security: 'public', description: 'Plea Agreement' }])
    expect(await reading().select().from(docketChanges)).toMatchObject([{ kind: 'added' }])
  })

  it('leave nothing of their versions when their case is expunged', async () => {
    await send({}, at(10))
    expect((await reading().select().from(takenDeliveries)).map(({ key }) => key)).toEqual(['entry/1'])
    await takeFeed(world, bodyOf('{"type":"caseRemoved","number":"7","court":"courtlistener"}'), { isGzip: false, isQuiet: false })
    expect(await reading().$count(takenDeliveries)).toBe(0)
  })

  it('keep no word of it, and are public again with it', async () => {
    await send({ is_sealed: false })
    await send({ is_sealed: true })
    expect(await reading().select().from(docketEntries)).toMatchObject([{ security: 'confidential', description: 'Sealed', entryNumber: null }])
    expect(await reading().select().from(docketChanges).orderBy(asc(docketChanges.id))).toMatchObject([{ kind: 'added', isQuiet: true }, { kind: 'updated', isQuiet: true, fields: null }])
    await send({ is_sealed: null })
    expect(await reading().select().from(docketEntries)).toMatchObject([{ security: 'public', description: 'Plea Agreement', entryNumber: '3' }])
  })
})
