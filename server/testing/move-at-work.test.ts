import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { chosenEngine } from '../../db/engine.ts'
import { migratePostgres } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open-database.ts'
import { createResendMailer } from '../adapters/resend-mailer.ts'
import { deliverOutbox } from '../delivery/deliver-outbox.ts'
import { describeConfirmLink, describeStopLink } from '../domain/links/describe-link.ts'
import { openLink } from '../domain/links/link-token.ts'
import { confirmTracking } from '../domain/tracking/confirm-tracking.ts'
import { stopTracking } from '../domain/tracking/stop-tracking.ts'
import { describeReport } from '../domain/tracking/tracking-report.ts'
import { loadProfile } from '../profile/load-profile.ts'
import { workplaceOf, type Workplace } from '../work.ts'
import { startResendStandIn, type ResendStandIn } from './resend-stand-in.ts'
import { createKeptLog } from './stub-mailer.ts'
import { queryRows } from './test-databases.ts'
import { aSite } from './a-site.ts'
import { createStubTexter } from './stub-texter.ts'

const commandLine = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const asking = fileURLToPath(new URL('./ask-on-sqlite.ts', import.meta.url))
const linkKeys = ['the-secret-of-links-stays-the-same-'.repeat(2)]
const newcomer = 'newcomer@mail.example.com'
const tracker = 'person000001@example.com'

describe.runIf(chosenEngine() === 'postgres')('a service that moves in the middle of an evening', { timeout: 240_000 }, () => {
  let provider: ResendStandIn
  let folder: string
  let oldUrl: string
  let newUrl: string
  /** A connection to the new database. */
  let target: pg.Client
  let name: string
  let workplace: Workplace | undefined

  beforeEach(async () => {
    provider = await startResendStandIn()
    folder = mkdtempSync(join(tmpdir(), 'ttc-move-'))
    oldUrl = `file:${join(folder, 'old.db')}`
    name = `ttc_move_${randomBytes(6).toString('hex')}`
    await asAdmin(`create database ${name}`)
    newUrl = Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).href
    target = new pg.Client({ connectionString: newUrl })
    await target.connect()
  })
  afterEach(async () => {
    await workplace?.close()
    await target.end()
    await asAdmin(`drop database ${name} with (force)`)
    await provider.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function asAdmin(text: string): Promise<void> {
    const admin = new pg.Client({ connectionString: inject('postgresUrl') })
    await admin.connect()
    await admin.query(text)
    await admin.end()
  }

  interface End { readonly code: number | null; readonly signal: string | null; readonly said: string; readonly complaint: string }
  /** Runs a program on the old database to its end, which may be its death. */
  function run(program: string, args: readonly string[], onStart: (kill: () => void) => void = () => undefined): Promise<End> {
    const secret = 'a-secret-of-this-test-'.repeat(2)
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...process.env, DATABASE_URL: oldUrl, APP_URL: 'http://localhost:3000', AUTH_SECRET: secret, CRON_SECRET: secret, FEED_SECRET: secret,
          METRICS_SECRET: secret, LINK_SECRET: linkKeys.join(','), MAIL_TRANSPORT: 'resend', RESEND_API_KEY: provider.apiKey, RESEND_BASE_URL: provider.url,
          MAIL_RATE_PER_SECOND: '500',
        },
      })
      let [said, complaint] = ['', '']
      child.stdout.on('data', (chunk: Buffer) => said += chunk.toString())
      child.stderr.on('data', (chunk: Buffer) => complaint += chunk.toString())
      child.on('error', reject)
      child.on('close', (code, signal) => resolve({ code, signal, said, complaint }))
      onStart(() => child.kill('SIGKILL'))
    })
  }
  async function ttc(...args: readonly string[]): Promise<string> {
    const end = await run(commandLine, args)
    expect(end, args.join(' ')).toMatchObject({ code: 0 })
    return end.said
  }
  const one = async (url: string, text: string): Promise<number> => Number((await queryRows(url, `select count(*) as count from ${text}`))[0]?.['count'])
  const linkIn = (to: string, purpose: string): string => {
    const mail = provider.accepted.find((accepted) => accepted.to === to && accepted.text.includes(`/${purpose}/`))
    const token = new RegExp(`/${purpose}/([\\w-]+)`).exec(mail?.text ?? '')?.[1]
    if (token === undefined) throw new Error(`No mail to ${to} holds a link to ${purpose}.`)
    return token
  }

  it('is interrupted, goes on, and owes, sends and answers as it would have', async () => {
    await ttc('demo', '--cases', '1500', '--subscriptions', '1200', '--entries', '500')
    await ttc('digest')
    const number = (await run(asking, [oldUrl, newcomer, tracker])).said
    expect(number).not.toBe('')
    const owed = await one(oldUrl, 'outbox_messages')
    expect(owed).toBeGreaterThan(250)

    // Half an evening: of the first notices the answer is lost, the next arrive and are settled, and in the middle of the
    // third batch the worker dies.
    provider.change({ fail: (request) => (request === 1 ? 'dropAnswer' : null) })
    let requests = 0
    const worker = run(commandLine, ['deliver'], (kill) => provider.change({ latencyMs: 150, arrived: () => {
      if (++requests === 4) setTimeout(kill, 50)
    } }))
    expect((await worker).signal).toBe('SIGKILL')
    provider.change({ fail: () => null, latencyMs: 0, arrived: () => undefined })
    const before = await queryRows(oldUrl, 'select state, count(*) as messages from outbox_messages group by state order by state')
    expect(before.map(({ state }) => state)).toEqual(['leased', 'sent', 'waiting'])
    expect(provider.accepted.length).toBeLessThan(owed)
    const confirm = linkIn(newcomer, 'confirm')
    const report = linkIn(tracker, 'report')
    const stop = linkIn(tracker, 'stop')

    // The move stands still before it may write the outbox, and is killed there.
    await migratePostgres(newUrl)
    await target.query('begin; lock table outbox_messages in share mode')
    const stands = `pg_locks where not granted and relation = 'outbox_messages'::regclass`
    let kill = (): void => undefined
    const first = run(commandLine, ['move', '--to', newUrl], (given) => {
      kill = given
    })
    while (await one(newUrl, stands) === 0) await new Promise((resolve) => setTimeout(resolve, 50))
    kill()
    expect(await first).toMatchObject({ signal: 'SIGKILL' })
    // Postgres does not see at once that nobody waits for an answer any more.
    await target.query(`select pg_terminate_backend(pid) from ${stands}`)
    await target.query('rollback')
    expect(await one(newUrl, 'docket_entries')).toBe(await one(oldUrl, 'docket_entries'))
    expect(await one(newUrl, 'outbox_messages')).toBe(0)

    // Meanwhile somebody started the old service again.
    await ttc('demo', '--cases', '5', '--seed', '2')
    const moved: unknown = JSON.parse(await ttc('move', '--to', newUrl, '--json'))
    expect(moved).toMatchObject({ isFinished: true })
    expect(await queryRows(newUrl, 'select state, count(*)::int as messages from outbox_messages group by state order by state')).toEqual(before)
    for (const table of ['cases', 'docket_entries', 'name_words', 'subscriptions', 'message_contents']) {
      expect(await one(newUrl, table), table).toBe(await one(oldUrl, table))
    }

    // The old service says where to go.
    for (const command of ['deliver', 'worker']) {
      expect(await run(commandLine, [command])).toMatchObject({ code: 1, complaint: 'This database has moved to Postgres: set DATABASE_URL to its new address.\n' })
    }

    const log = createKeptLog()
    // Past the leases of the dead and the pause after a lost answer.
    workplace = workplaceOf(openDatabase(newUrl), { now: () => new Date(Date.now() + 10 * 60_000) })
    const delivered = await deliverOutbox({
      workplace, linkKeys, log, workerName: 'new', profile: loadProfile(), texter: createStubTexter(),
      mailer: createResendMailer({ apiKey: provider.apiKey, baseUrl: provider.url, requestsPerSecond: 500 }),
    })
    expect(delivered).toMatchObject({ retrying: 0, failed: 0, cancelled: 0, remaining: 0 })
    expect(provider.accepted).toHaveLength(owed)
    expect(new Set(provider.accepted.map(({ messageKey }) => messageKey)).size).toBe(owed)
    expect(await queryRows(newUrl, 'select state, count(*)::int as messages from outbox_messages group by state')).toEqual([{ state: 'sent', messages: owed }])
    // What was tried before came again under its key, and to the byte: with another body the provider would have said 409.
    const tries = Map.groupBy(provider.requests, ({ key }) => key)
    const again = [...tries.values()].filter((some) => some.length > 1)
    // That whose answer was lost, and what was under way when the worker died.
    expect(again.length).toBeGreaterThanOrEqual(2)
    for (const some of again) expect([some.length, some.at(-1)?.status]).toEqual([2, 200])

    // The old links.
    const keys = linkKeys
    const site = aSite(loadProfile())
    expect(await describeReport(workplace.reading(), site, keys, report)).toMatchObject({ kind: 'report', emailAddress: tracker })
    expect(await describeConfirmLink(workplace.reading(), site, keys, confirm)).toMatchObject({ kind: 'confirm', isConfirmed: false, emailAddress: newcomer })
    const request = openLink(keys, 'confirm', confirm)
    await workplace.inOneTransaction((work) => confirmTracking(work, site, request?.id ?? 0))
    expect(await describeConfirmLink(workplace.reading(), site, keys, confirm)).toMatchObject({ kind: 'confirm', isConfirmed: true })
    const subscription = openLink(keys, 'stop', stop)
    await workplace.inOneTransaction((work) => stopTracking(work, subscription?.id ?? 0, 'emailAndText'))
    expect(await one(newUrl, `subscriptions where email_state = 'stopped'`)).toBe(1)
    expect((await describeStopLink(workplace.reading(), keys, stop)).kind).toBe('stop')
    expect(log.lines.filter((line) => /stumbled|failed/.test(line) && !line.includes('"failed":0'))).toEqual([])
  })
})
