import Sqlite from 'better-sqlite3'
import { existsSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { backUp } from '../db/backup/back-up.ts'
import { sqliteFileOf } from '../db/engine.ts'
import { accounts, outboxMessages, subscriptions } from '../db/schema.ts'
import { deleteAccount } from './domain/accounts/delete-account.ts'
import { signLink, openLink } from './domain/links/link-token.ts'
import { retentionDays } from './contract/retention.ts'
import { linkPurposes } from './contract/vocabulary.ts'
import { createMailboxMailer } from './adapters/mailbox-mailer.ts'
import { deliverOutbox } from './delivery/deliver-outbox.ts'
import { putMail } from './domain/mailbox/put-mail.ts'
import { runEvening } from './evening/run-evening.ts'
import { purge } from './evening/purge.ts'
import { putTestAccount } from './testing/put-account.ts'
import { putCase, putEntry } from './testing/put-case.ts'
import { putSubscription } from './testing/put-subscription.ts'
import { createStubMailer } from './testing/stub-mailer.ts'
import { createStubTexter } from './testing/stub-texter.ts'
import { takeAll } from './testing/take-all.ts'
import { trackByText } from './testing/text-subscriber.ts'
import { counted, report, seed, sized } from './testing/torture/scale.ts'
import { ask } from './testing/visitor.ts'
import { openWorld, type World } from './testing/world.ts'
import type { Workplace } from './work.ts'

const linkKeys = ['k'.repeat(32)]
let world: World
let file: string
beforeEach(async () => {
  world = await openWorld()
  file = sqliteFileOf(world.url)
})
afterEach(() => world.close())

/** All bytes that stand on disk of the database. */
const onDisk = (): string => [file, `${file}-wal`].filter((one) => existsSync(one)).map((one) => readFileSync(one, 'latin1')).join('\n')

/** What is found on disk once the log was emptied, which happens by itself. */
async function left(canaries: readonly string[]): Promise<string[]> {
  const beside = world.openBeside({ forgetsAfterMs: 20 })
  try {
    await beside.inOneTransaction(({ tx }) => tx.update(accounts).set({ updatedAt: new Date(1) }).where(eq(accounts.id, -1)))
    for (let tries = 0; tries < 100 && existsSync(`${file}-wal`) && readFileSync(`${file}-wal`).length > 0; tries++) await new Promise((resolve) => setTimeout(resolve, 30))
  } finally {
    await beside.close()
  }
  const bytes = onDisk()
  return canaries.filter((canary) => bytes.includes(canary))
}

const deliver = (workplace: Workplace = world.workplace) => deliverOutbox({
  workplace, profile: world.profile, linkKeys, texter: createStubTexter(), workerName: 'w', log: { info: () => undefined, error: () => undefined },
  mailer: createMailboxMailer((mails) => workplace.inOneTransaction((work) => putMail(work, mails))),
})

describe('what is gone', () => {
  it('S20: is in no table, index or log: an expunged case, a deleted account, and what was kept for its time', { timeout: 120_000 }, async () => {
    const canaries = ['canary-docket', 'CanaryCaption', 'canary-note', 'canary-reader', '5735550166', 'canary-never', '5735550177', 'canary-sent', 'canary-many']
    // Much besides, before, between and after, so that pages fill, split and are given back.
    const fill = async (from: number) => {
      await takeAll(world, Array.from({ length: 150 }, (_, nth) => ({
        type: 'case' as const, number: `26BA-CV${from + nth}`, court: '13-BOONE', caption: `Plain ${from + nth} v. Other`, caseType: 'CV', filedOn: '2026-08-14', status: 'open' as const,
        security: 'public' as const, parties: [{ name: `Person ${from + nth}`, role: 'Party' }],
      })))
    }
    await fill(10_000)
    await takeAll(world, [
      { type: 'case', number: '26BA-CR01482', court: '13-BOONE', caption: 'CanaryCaption v. State', caseType: 'CV', filedOn: '2026-08-14', status: 'open', security: 'public', parties: [] },
      ...Array.from({ length: 200 }, (_, nth) => ({
        type: 'docketEntry' as const, case: '26BA-CR01482', court: '13-BOONE', id: `e-${nth}`, filedAt: '2026-11-20', description: `canary-docket ${nth}`, text: 'canary-docket '.repeat(nth),
      })),
    ])
    await fill(20_000)
    const open = await world.work((work) => putCase(work, { number: '26BA-CR01500' }))
    const accountId = await putTestAccount(world, 'canary-reader@example.com')
    await trackByText(world, 'canary-reader@example.com', '26BA-CR01482', '+15735550166')
    const { id } = await trackByText(world, 'canary-reader@example.com', '26BA-CR01500', '+15735550166')
    await world.work(({ tx }) => tx.update(subscriptions).set({ note: 'canary-note '.repeat(50) }).where(eq(subscriptions.id, id)))
    await ask(world, 'canary-never@example.com', '26BA-CR01500', { phone: '+15735550177' })
    for (let nth = 0; nth < 60; nth++) await ask(world, `canary-many-${nth}@example.com`, '26BA-CR01500')
    await world.work((work) => putSubscription(work, open, { email: 'stays@example.com' }))
    await world.work((work) => putEntry(work, open, { text: 'canary-sent '.repeat(300) }))
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    await deliver()
    expect(onDisk()).toContain('canary-docket')
    expect(canaries.filter((canary) => !onDisk().includes(canary))).toEqual([])

    await takeAll(world, [{ type: 'caseRemoved', number: '26BA-CR01482', court: '13-BOONE' }])
    expect(await left(['canary-docket', 'CanaryCaption'])).toEqual([])
    const [account] = await world.reading().tx.select().from(accounts).where(eq(accounts.id, accountId))
    await world.work((work) => deleteAccount(work, { id: accountId, subscriberId: account?.subscriberId ?? 0 }))
    expect(await left(['canary-note'])).toEqual([])
    world.clock.passMinutes((retentionDays.messages + 1) * 24 * 60)
    await purge(world.workplace)
    // The record of a case that is there stays.
    await takeAll(world, [{ type: 'caseRemoved', number: '26BA-CR01500', court: '13-BOONE' }])
    const found = await left(canaries)
    report('S20', `${found.length} of ${canaries.length} left in tables, indexes or log`, found.length === 0)
    expect(found).toEqual([])
    const connection = new Sqlite(file, { readonly: true })
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    connection.close()
  })

  it('S3: no token of any message stands in the database, its log or a backup, and none is guessed', { timeout: 120_000 }, async () => {
    await world.work((work) => putCase(work, { number: '26BA-CR01482' }))
    await trackByText(world, 'reader@example.com', '26BA-CR01482')
    await ask(world, 'other@example.com', '26BA-CR01482', { phone: '+15735550188' })
    const caseId = await world.work((work) => putCase(work, { number: '26BA-CR01500' }))
    await world.work((work) => putSubscription(work, caseId, { email: 'third@example.com', phone: '+15735550199' }))
    await takeAll(world, [{ type: 'docketEntry', case: '26BA-CR01500', court: '13-BOONE', id: 'e', filedAt: '2026-11-20', description: 'Motion', text: '' }])
    await runEvening(world.workplace, world.site, { mayBeFuture: false })
    const [mailer, texter] = [createStubMailer(), createStubTexter()]
    const logged: string[] = []
    await deliverOutbox({
      workplace: world.workplace, profile: world.profile, linkKeys, texter, mailer, workerName: 'w',
      log: { info: (fact, facts) => logged.push(JSON.stringify([fact, facts])), error: (fact, error) => logged.push(JSON.stringify([fact, String(error)])) },
    })
    const said = [...mailer.batches.flatMap(({ mails }) => mails.map((mail) => JSON.stringify(mail))), ...texter.texts.map(({ body }) => body)].join('\n')
    const tokens = [...new Set([...said.matchAll(/[0-9a-z]{1,10}-[0-9a-z]{1,10}-([A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])/g)])]
    const whole = [...new Set(tokens.map(([token]) => token))].filter((token) => linkPurposes.some((purpose) => openLink(linkKeys, purpose, token)))
    expect(whole.length).toBeGreaterThan(4)

    await backUp(file, `${file}.backup`, { madeAt: world.clock.now() })
    const atRest = `${onDisk()}\n${readFileSync(`${file}.backup`, 'latin1')}\n${logged.join('\n')}`
    const found = whole.filter((token) => atRest.includes(token.slice(-22)))
    expect(found).toEqual([])

    // Guesses: other rows and versions under a known hash, one character or bit changed, cut, made longer, and by chance.
    const dice = diceOf(seed)
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const known = new Set(whole)
    let hits = 0
    const guesses = sized(10_000, 100_000)
    for (let nth = 0; nth < guesses; nth++) {
      const token = whole[nth % whole.length] ?? ''
      const [id = '', version = '', ...rest] = token.split('-')
      const mac = rest.join('-')
      const at = dice(22)
      const guess = [
        `${(dice(500)).toString(36)}-${version}-${mac}`,
        `${id}-${(dice(500)).toString(36)}-${mac}`,
        `${id}-${version}-${mac.slice(0, at)}${letters[dice(64)] ?? ''}${mac.slice(at + 1)}`,
        `${id}-${version}-${Array.from({ length: 22 }, () => letters[dice(64)]).join('')}`,
        token.slice(0, -1 - dice(5)), `${token}${letters[dice(64)] ?? ''}`, token.toUpperCase(), `0${token}`,
      ][nth % 8] ?? ''
      const isHit = linkPurposes.some((purpose) => openLink(linkKeys, purpose, guess))
      if (isHit && !known.has(guess)) hits++
    }
    report('S3', `${counted(guesses)} guesses, ${hits} hits; ${found.length} of ${whole.length} tokens found at rest`, hits === 0 && found.length === 0)
    expect(hits, `seed ${seed}`).toBe(0)
    // A token is of one purpose, and of our key.
    const one = signLink(linkKeys, 'stop', { id: 1, version: 1 })
    expect(linkPurposes.filter((purpose) => openLink(linkKeys, purpose, one))).toEqual(['stop'])
    expect(openLink(['x'.repeat(32)], 'stop', one)).toBeUndefined()
    expect(await world.reading().tx.$count(outboxMessages)).toBeGreaterThan(3)
  })
})

/** Whole numbers below the given one, the same every time. */
function diceOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor(state / 2 ** 32 * below)
  }
}
