import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageContents, outboxMessages, phones, textReplies } from '../../../db/schema.ts'
import { leaseBatch } from '../outbox/lease-messages.ts'
import { oweTexts } from '../../testing/owe-texts.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { replyWord } from './reply-word.ts'
import { takeReply, type Reply } from './take-reply.ts'

describe('the word of a reply', () => {
  it('is taken in any case, with any marks, and by its synonyms', () => {
    for (const stop of ['STOP', 'stop', ' Stop. ', '"STOP"!', 'stop all', 'STOPALL', 'Unsubscribe', 'cancel', 'End', 'quit', 'opt-out', 'OPT OUT', 'revoke', 'Ｓtop', 'Stop texting me']) {
      expect(replyWord(stop), stop).toBe('stop')
    }
    for (const start of ['START', 'unstop', 'Yes!']) expect(replyWord(start), start).toBe('start')
    for (const help of ['help', 'HELP?', 'Info']) expect(replyWord(help), help).toBe('help')
  })

  it('is nothing else', () => {
    for (const other of ['', ' ', '👍', 'Thanks', 'Please tell me when it ends', 'nonstop', 'The hearing was stopped', 'stopping by', 'x'.repeat(5000)]) {
      expect(replyWord(other), other.slice(0, 20)).toBeUndefined()
    }
  })
})

describe('a reply to a text', () => {
  let world: World
  let number: string
  let phoneId: number
  let last = 0
  beforeEach(async () => {
    world = await openWorld()
    ;({ number, phoneId } = await world.work((work) => oweTexts(work, world.site)))
  })
  afterEach(() => world.close())

  const reply = (body: string, facts: Partial<Reply> = {}) =>
    world.work((work) => takeReply(work, world.site, { providerId: `SM${++last}`, from: number, body, isAnswered: false, ...facts }))
  const isStopped = async () => (await world.reading().tx.select().from(phones).where(eq(phones.id, phoneId)))[0]?.stoppedAt !== null
  const answers = async () => (await world.reading().tx.select({ payload: messageContents.payload }).from(outboxMessages)
    .innerJoin(messageContents, eq(messageContents.id, outboxMessages.contentId))
    .where(eq(outboxMessages.kind, 'textAnswer')).orderBy(outboxMessages.id)).map(({ payload }) => JSON.stringify(payload))

  it('stops all texts to the phone with STOP, and lets them come again with START', async () => {
    expect(await reply('Stop.')).toBe('stop')
    expect(await isStopped()).toBe(true)
    expect(await answers()).toEqual([expect.stringContaining('You will get no more texts')])
    const lease = { channel: 'text' as const, profile: world.profile, worker: 'w', limit: 10, seconds: 60, remembersForMs: 0 }
    const leased = await world.work((work) => leaseBatch(work, lease))
    // The answer leaves; what the phone was owed does not.
    expect(leased.batch?.messages.map(({ kind, address }) => [kind, address])).toEqual([['textAnswer', number]])
    expect((await world.work((work) => leaseBatch(work, lease))).settled.cancelled).toBe(1)
    expect(await reply('START')).toBe('start')
    expect(await isStopped()).toBe(false)
    expect(await answers()).toHaveLength(2)
  })

  it('answers HELP with whom to ask', async () => {
    expect(await reply('help')).toBe('help')
    expect(await answers()).toEqual([expect.stringContaining(world.profile.helpDesk.phone)])
    expect(await isStopped()).toBe(false)
  })

  it('counts once, however often it is told (E6)', async () => {
    await reply('STOP', { providerId: 'SM-same' })
    await reply('START', { providerId: 'SM-other' })
    await reply('STOP', { providerId: 'SM-same' })
    expect(await isStopped()).toBe(false)
    expect(await answers()).toHaveLength(2)
    expect(await world.reading().tx.$count(textReplies)).toBe(2)
  })

  it('is not answered a second time where the provider did', async () => {
    await reply('STOP', { isAnswered: true })
    expect(await isStopped()).toBe(true)
    expect(await answers()).toEqual([])
  })

  it('is not answered where it changes nothing', async () => {
    await reply('START')
    await reply('STOP')
    await reply('STOP')
    expect(await answers()).toHaveLength(1)
  })

  it('is answered five times an hour at most', async () => {
    for (let nth = 0; nth < 8; nth++) await reply('HELP')
    expect(await answers()).toHaveLength(5)
    await reply('STOP')
    expect(await isStopped()).toBe(true)
    world.clock.passMinutes(61)
    await reply('HELP')
    expect(await answers()).toHaveLength(6)
  })

  it('changes nothing for a phone that is not known and for any other word', async () => {
    expect(await reply('STOP', { from: '+15735559999' })).toBeNull()
    expect(await reply('Who is this?')).toBeNull()
    expect(await answers()).toEqual([])
    expect(await world.reading().tx.$count(textReplies)).toBe(0)
    expect(await world.reading().tx.$count(phones)).toBe(1)
  })
})
