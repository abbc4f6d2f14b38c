// The same evening with better-sqlite3, react-dom/server and node:http alone: the measure that ours is held against. It plans with
// a unique key, renders the template once a case, writes once what the mails of a case share, and keeps a ledger; it has no lease,
// no frozen content, no remembered batch, no second look at who may still be told, and no way back from a crash or a refusal.
import Sqlite from 'better-sqlite3'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { noticeText } from '../emails/notice-text.ts'
import { NoticeEmail, type NoticeProps } from '../emails/notice.tsx'
import { notOfficial } from '../server/contract/wording.ts'
import { processorMsSince } from './figures.ts'
import { linkKeys, site, underWayAtOnce } from './our-evening.ts'
import { eveningAt } from './put-evening.ts'

const batchSize = 100

interface Row {
  readonly id: number
  readonly subscriptionId: number
  readonly linkVersion: number
  readonly subscriberId: number
  readonly email: string
  readonly caseId: number
  readonly firstChangeId: number
}

/** A change of today with its entry and its case. */
interface Change {
  readonly id: number
  readonly caseId: number
  readonly number: string
  readonly caption: string
  readonly courtName: string
  readonly timeZone: string
  readonly kind: string
  readonly fields: string | null
  readonly filedOn: string
  readonly filedAt: number | null
  readonly description: string
  readonly text: string
  readonly status: string
  readonly lastActivityAt: number
}

export interface BareEvening {
  readonly mails: number
  readonly ms: number
  readonly processorMs: number
  readonly planMs: number
}

export async function holdBareEvening(file: string, providerUrl: string): Promise<BareEvening> {
  const db = new Sqlite(file)
  const agent = new Agent({ keepAlive: true, maxSockets: underWayAtOnce })
  try {
    for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'temp_store = MEMORY', 'cache_size = -65536']) db.pragma(setting)
    db.exec(`create table ledger (
      id integer primary key, run_id integer not null, subscription_id integer not null, case_id integer not null, first_change_id integer not null,
      sent_at integer, provider_id text, unique (subscription_id, run_id)
    )`)
    const processor = process.cpuUsage()
    const began = performance.now()
    const mails = plan(db)
    const planMs = performance.now() - began
    await deliver(db, new URL('/emails/batch', providerUrl), agent)
    return { mails, ms: performance.now() - began, processorMs: processorMsSince(processor), planMs }
  } finally {
    agent.destroy()
    db.close()
  }
}

/** Takes today's changes and owes each active subscription one mail: two statements, one transaction. */
function plan(db: Sqlite.Database): number {
  const runId = 2
  db.exec('begin immediate')
  db.prepare(`insert into digest_runs (id, day, started_at, finished_at, last_change_id, changes, notices, emails, texts, reminders)
    select ?, '2026-11-20', ?, ?, max(id), 0, 0, 0, 0, 0 from docket_changes where run_id is null and not is_quiet`).run(runId, eveningAt, eveningAt)
  db.prepare('update docket_changes set run_id = ? where run_id is null and not is_quiet').run(runId)
  const { changes } = db.prepare(`
    insert into ledger (run_id, subscription_id, case_id, first_change_id)
    select @runId, s.id, s.case_id, min(c.id)
    from docket_changes c
    cross join cases k on k.id = c.case_id and k.security = 'public'
    cross join docket_entries e on e.id = c.entry_id and e.security = 'public'
    cross join subscriptions s on s.case_id = c.case_id and s.email_state = 'active' and s.email_active_after < c.id
    where c.run_id = @runId
    group by s.case_id, s.id order by s.case_id, min(c.id)
    on conflict do nothing
  `).run({ runId })
  db.exec('commit')
  return changes
}

// Values that are compared come from subqueries: SQLite would plan anew for each value otherwise, as our own statements do not.
async function deliver(db: Sqlite.Database, to: URL, agent: Agent): Promise<void> {
  const waiting = db.prepare<[number], Row>(`
    select l.id, s.id as subscriptionId, s.link_version as linkVersion, u.id as subscriberId, u.email, l.case_id as caseId, l.first_change_id as firstChangeId
    from ledger l join subscriptions s on s.id = l.subscription_id join subscribers u on u.id = s.subscriber_id
    where l.id > (select ?) order by l.id limit ${batchSize}
  `)
  const settle = db.prepare(`update ledger set sent_at = ?, provider_id = ? ->> cast(id - ? as integer) where id between (select ?) and (select ?)`)
  const noticesOf = noticesFrom(db)
  const underWay = new Set<Promise<void>>()
  for (let after = 0; ;) {
    const rows = waiting.all(after)
    const [first, last] = [rows[0], rows.at(-1)]
    if (!first || !last) break
    after = last.id
    const noticeOf = noticesOf(first.caseId, last.caseId)
    const body = bodyOf(rows.map((row) => ({ row, notice: noticeOf(row.caseId, row.firstChangeId) })))
    const task = post(to, agent, body, `batch-${first.id}`).then((answer) => {
      // Our own provider's answer: its form is known.
      const { data } = JSON.parse(answer) as { data: { id: string }[] }
      settle.run(eveningAt, JSON.stringify(data.map((one) => one.id)), first.id, first.id, last.id)
      underWay.delete(task)
    })
    underWay.add(task)
    // Answers get their turn, as many requests as may be are under way.
    if (underWay.size >= underWayAtOnce) await Promise.race(underWay)
    else await new Promise(setImmediate)
  }
  await Promise.all(underWay)
}

const post = (to: URL, agent: Agent, body: Buffer, key: string): Promise<string> => new Promise((resolve, reject) => {
  const sending = request(to, {
    method: 'POST', agent,
    headers: { 'content-type': 'application/json', 'content-length': body.length, authorization: 'Bearer re_bench', 'idempotency-key': key },
  }, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => (text += chunk))
    response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))))
  })
  sending.on('error', reject)
  sending.end(body)
})

/** Text as JSON has it between quotes, in UTF-8, and which link stands behind each piece but the last. */
interface Pieces {
  readonly pieces: readonly Buffer[]
  readonly places: readonly number[]
}

interface Notice {
  readonly subject: string
  readonly reference: string
  readonly html: Pieces
  readonly text: Pieces
}

/** The notices of these cases, each from a change on and made when it is first asked for; equal ones are asked for in a row. */
function noticesFrom(db: Sqlite.Database) {
  const listChanges = db.prepare<[number, number], Change>(`
    select c.id, c.case_id as caseId, c.kind, c.fields, e.filed_on as filedOn, e.filed_at as filedAt, e.description, e.text, e.status,
      e.last_activity_at as lastActivityAt, k.number, k.caption, o.name as courtName, o.time_zone as timeZone
    from docket_changes c join docket_entries e on e.id = c.entry_id and e.security = 'public'
    join cases k on k.id = c.case_id join courts o on o.code = k.court
    where c.run_id = 2 and c.case_id between (select ?) and (select ?) order by c.case_id, e.filed_on desc, coalesce(e.filed_at, 0) desc, e.id desc
  `)
  let key = ''
  let notice: Notice | undefined
  return (firstCaseId: number, lastCaseId: number) => {
    const changes = Map.groupBy(listChanges.all(firstCaseId, lastCaseId), (change) => change.caseId)
    return (caseId: number, firstChangeId: number): Notice => {
      if (notice && key === `${caseId} ${firstChangeId}`) return notice
      key = `${caseId} ${firstChangeId}`
      notice = render((changes.get(caseId) ?? []).filter((change) => change.id >= firstChangeId))
      return notice
    }
  }
}

const mark = randomBytes(12).toString('hex')
const places = new RegExp(`${mark}([0-3])`)

function render(changes: readonly Change[]): Notice {
  const [told] = changes
  if (!told) throw new Error('There is nothing to tell.')
  const entries = changes.map((change) => entryOf(change, told.timeZone))
  const count = (word: 'New' | 'Corrected' | 'Voided'): string[] => {
    const some = entries.filter((entry) => entry.mark === word).length
    return some === 0 ? [] : [`${some} ${word.toLowerCase()} ${some === 1 ? 'entry' : 'entries'}`]
  }
  const happened = [...count('New'), ...count('Corrected'), ...count('Voided')].join(', ')
  const caseAddress = `${site.origin}/cases/${told.number}`
  const { helpDesk, serviceName } = site.profile
  const props: NoticeProps = {
    serviceName, origin: site.origin, helpDesk, notOfficial,
    caseNumber: told.number, caption: told.caption, courtName: told.courtName, caseAddress,
    heading: `${happened} in case ${told.number}`, leads: [], entries, more: 0,
    stopUrl: `${mark}0`, stopTextUrl: `${mark}1`, stopAllUrl: `${mark}2`, stopAllTextUrl: `${mark}3`,
  }
  return {
    subject: `Case ${told.number}: ${happened}`,
    reference: createHash('sha256').update(caseAddress).digest('hex').slice(0, 32),
    html: cut(`<!DOCTYPE html>${renderToStaticMarkup(createElement(NoticeEmail, props))}`),
    text: cut(noticeText(props)),
  }
}

function cut(text: string): Pieces {
  const inTurn = text.split(places)
  return {
    pieces: inTurn.filter((_, at) => at % 2 === 0).map((piece) => Buffer.from(JSON.stringify(piece).slice(1, -1))),
    places: inTurn.filter((_, at) => at % 2 === 1).map(Number),
  }
}

function entryOf(change: Change, timeZone: string): NoticeProps['entries'][number] {
  const mark = change.status === 'voided' ? 'Voided' : change.kind === 'added' ? 'New' : 'Corrected'
  return {
    mark,
    title: change.description,
    filed: change.filedAt === null ? dayFormat.format(Date.parse(`${change.filedOn}T12:00:00Z`)) : instant(change.filedAt, timeZone),
    text: change.text,
    changes: mark === 'New' ? [] : listFields(change.fields).map(({ from }) => `Description was “${from}”.`),
    lastActivity: instant(change.lastActivityAt, timeZone),
  }
}

// Written by put-evening.ts: only descriptions are corrected there.
const listFields = (fields: string | null): readonly { from: string }[] => JSON.parse(fields ?? '[]') as { from: string }[]

const dayFormat = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' })
const formats = new Map<string, Intl.DateTimeFormat>()
function instant(at: number, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', hour12: true })
    formats.set(timeZone, format)
  }
  return format.format(at).replace(' at ', ', ').replace(/\s(A|P)M$/, (_, half: string) => ` ${half.toLowerCase()}.m.`)
}

interface MailToWrite {
  readonly row: Row
  readonly notice: Notice
}

// What a mail has beside its notice, and more.
const mostOfMail = 8_000

/** The JSON of a batch: what the mails of a case share is copied, and links, which need no escape, are put between. */
function bodyOf(mails: readonly MailToWrite[]): Buffer {
  const room = mails.reduce((sum, { notice }) => sum + mostOfMail + 3 * notice.subject.length + bytesOf(notice.html) + bytesOf(notice.text), 0)
  const body = Buffer.allocUnsafe(room)
  let at = 0
  const put = (text: string): void => {
    at += body.write(text, at)
  }
  const fill = ({ pieces, places }: Pieces, links: readonly string[]): void => {
    for (const [nth, piece] of pieces.entries()) {
      if (nth > 0) put(links[places[nth - 1] ?? 0] ?? '')
      body.set(piece, at)
      at += piece.length
    }
  }
  for (const [nth, { row, notice }] of mails.entries()) {
    const stop = token('stop', row.subscriptionId, row.linkVersion)
    const all = token('stopAll', row.subscriberId, 1)
    const stopAt = `${site.origin}/stop/${stop}?choice=`
    const allAt = `${site.origin}/stop-all/${all}?choice=`
    const links = [`${stopAt}emailAndText`, `${stopAt}textOnly`, `${allAt}emailAndText`, `${allAt}textOnly`]
    const others = JSON.stringify({
      from: site.sender,
      to: [row.email],
      subject: notice.subject,
      headers: {
        'List-Unsubscribe': `<${site.origin}/api/stop/${stop}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'List-Id': '<notices.track.example.org>',
        'X-Entity-Ref-ID': notice.reference,
        'Auto-Submitted': 'auto-generated',
      },
      tags: [{ name: 'message', value: `m${row.id}` }],
    })
    put(`${nth === 0 ? '[' : ','}${others.slice(0, -1)},"html":"`)
    fill(notice.html, links)
    put('","text":"')
    fill(notice.text, links)
    put('"}')
  }
  put(']')
  return body.subarray(0, at)
}

const bytesOf = ({ pieces }: Pieces): number => pieces.reduce((sum, piece) => sum + piece.length, 0)

const key = linkKeys[0] ?? ''
const token = (purpose: string, id: number, version: number): string => {
  const mac = createHmac('sha256', key).update(`link/${purpose}/${id}/${version}`).digest('base64url').slice(0, 22)
  return `${id.toString(36)}-${version.toString(36)}-${Buffer.from(mac, 'base64url').toString('base64url')}`
}
