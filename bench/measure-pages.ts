import Sqlite from 'better-sqlite3'
import { buildBarePage, buildWithEmptyPage } from './build-pages.ts'
import { withCopy, type Template } from './databases.ts'
import type { WorkerAnswer, WorkerOrder } from './engine-worker.ts'
import { grouped, median, ratios, spreadOf, type Figure } from './figures.ts'
import type { LoadAnswer, LoadOrder } from './page-load.ts'
import { fieldOf } from '../server/contract/field-of.ts'
import { eveningDay } from './put-evening.ts'
import { serveBarePage, servePages, type ServedPages } from './serve-pages.ts'
import { startChild, type BenchChild } from './start-child.ts'
import type { Provider } from './start-provider.ts'

type Loader = BenchChild<LoadOrder, LoadAnswer>

const casesAsked = 200
const readersAtOnce = 8
const loadForMs = 5000
// Few enough that they do not wait for each other.
const calmReaders = 2
const calmPauseMs = 25
const calmForMs = 8000

/** The case page against pages that do nothing, its slowest answers while a worker holds an evening beside it, and while it plans one itself. */
export async function measurePages({ large, modest, provider, rounds, say }: {
  large: Template; modest: Template; provider: Provider; rounds: number; say: (line: string) => void
}): Promise<Figure[]> {
  const loader = startChild<LoadOrder, LoadAnswer>('./page-load.ts')
  const [ours, bare] = [await buildWithEmptyPage(), await buildBarePage()]
  try {
    return [
      ...await withCopy(large, (file) => measureRequests({ loader, file, cases: large.size.cases, ours: ours.folder, bare: bare.folder, rounds, say })),
      await measureMeanwhile({
        loader, template: modest, ours: ours.folder, rounds, say,
        what: `p99 of case pages while a worker plans and delivers ${grouped(modest.owed.length)} notices`, hold: (file) => holdBeside(file, provider),
      }),
      await measureMeanwhile({
        loader, template: large, ours: ours.folder, rounds, say,
        what: `p99 of case pages while the web process itself plans ${grouped(large.owed.length)} notices, asked for by ping`, hold: (_, service) => planByPing(service, large.owed.length),
      }),
    ]
  } finally {
    ours.remove()
    bare.remove()
    await loader.close()
  }
}

/** Paths of cases that have entries, all over the table. */
export function casePaths(file: string): string[] {
  const db = new Sqlite(file, { readonly: true })
  try {
    const numbers = db.prepare(`
      select number from cases where security = 'public' and id in (select case_id from docket_changes where run_id is null) order by id limit ${casesAsked}
    `).pluck().all() as string[]
    return numbers.map((number) => `/cases/${number}`)
  } finally {
    db.close()
  }
}

async function load(loader: Loader, order: Omit<LoadOrder, 'kind'>): Promise<LoadAnswer> {
  loader.tell({ kind: 'load', ...order })
  return loader.next('loaded')
}

async function measureRequests({ loader, file, cases, ours, bare, rounds, say }: {
  loader: Loader; file: string; cases: number; ours: string; bare: string; rounds: number; say: (line: string) => void
}): Promise<Figure[]> {
  const paths = casePaths(file)
  const [service, nothing] = [await servePages(file, ours), await serveBarePage(bare)]
  try {
    const pages = {
      empty: [`${service.origin}/empty`],
      case: paths.map((path) => service.origin + path),
      bare: [`${nothing.origin}/`],
    }
    const rates: Record<keyof typeof pages, number[]> = { empty: [], case: [], bare: [] }
    for (let round = 0; round <= rounds; round++) {
      for (const page of round % 2 === 0 ? ['empty', 'case', 'bare'] as const : ['bare', 'case', 'empty'] as const) {
        const { perSecond } = await load(loader, { urls: pages[page], readers: readersAtOnce, forMs: loadForMs, pauseMs: 0 })
        if (round > 0) rates[page].push(perSecond)
      }
      if (round > 0) say(`  round ${round} of ${rounds}: case ${rates.case.at(-1)?.toFixed(0)}, empty ${rates.empty.at(-1)?.toFixed(0)}, bare ${rates.bare.at(-1)?.toFixed(0)} a second`)
    }
    const [againstEmpty, againstBare] = [ratios(rates.case, rates.empty), ratios(rates.case, rates.bare)]
    const perSecond = (page: keyof typeof pages): string => `${median(rates[page]).toFixed(0)} a second`
    return [
      {
        goal: 'P8', what: `requests of case pages a second, among ${grouped(cases)} cases`, limit: '≥ 0.65 ×', figure: `${median(againstEmpty).toFixed(2)} ×`,
        reference: `an empty page in the same frame, of the same server: ${perSecond('empty')} against ${perSecond('case')}`,
        spread: spreadOf(againstEmpty, 2, 'pairs'), isMet: median(againstEmpty) >= 0.65,
      },
      {
        goal: '–', what: 'the same', limit: '–', figure: `${median(againstBare).toFixed(2)} ×`,
        reference: `a page without any frame, of Next alone: ${perSecond('bare')}`, spread: spreadOf(againstBare, 2, 'pairs'), isMet: null,
      },
    ]
  } finally {
    await service.close()
    await nothing.close()
  }
}

/** How long the slowest pages take while `hold` lasts, against the same just before it, each round on a copy of its own. */
async function measureMeanwhile({ loader, template, ours, rounds, say, what, hold }: {
  loader: Loader; template: Template; ours: string; rounds: number; say: (line: string) => void; what: string
  /** Prepares what is held, and gives what holds it. */
  hold: (file: string, service: ServedPages) => Promise<Held>
}): Promise<Figure> {
  const calm: number[] = []
  const busy: number[] = []
  const counted: number[] = []
  for (let round = 0; round <= rounds; round++) {
    await withCopy(template, async (file) => {
      const service = await servePages(file, ours)
      let held: Held | undefined
      try {
        held = await hold(file, service)
        const beside = held
        const urls = casePaths(file).map((path) => service.origin + path)
        const asked = { urls, readers: calmReaders, pauseMs: calmPauseMs }
        await load(loader, { ...asked, forMs: 2000 })
        const idle = p99((await load(loader, { ...asked, forMs: calmForMs })).tookMs)
        // What is asked for after its end tells nothing of it.
        const tookMs: number[] = []
        const over = new AbortController()
        const ended = Promise.allSettled([beside.begin()]).then(([end]) => {
          over.abort()
          return end
        })
        for (;;) {
          const some = await load(loader, { ...asked, forMs: 250 })
          if (over.signal.aborted && tookMs.length > 0) break
          tookMs.push(...some.tookMs)
        }
        const end = await ended
        if (end.status === 'rejected') throw end.reason
        if (round > 0) {
          calm.push(idle)
          busy.push(p99(tookMs))
          counted.push(tookMs.length)
          say(`  evening ${round} of ${rounds}: p99 ${idle.toFixed(1)} ms idle, ${p99(tookMs).toFixed(1)} ms during it, ${Math.max(...tookMs).toFixed(0)} ms at most, ${tookMs.length} pages`)
        }
      } finally {
        await held?.close()
        await service.close()
      }
    })
  }
  const slower = ratios(busy, calm)
  return {
    goal: 'P8', what, limit: '≤ 2 ×', figure: `${median(slower).toFixed(2)} ×`,
    reference: `the same while nothing else runs: ${median(calm).toFixed(1)} ms against ${median(busy).toFixed(1)} ms`,
    spread: `${spreadOf(slower, 2, 'pairs')}, of ${Math.min(...counted)} pages and more`, isMet: median(slower) <= 2,
  }
}

interface Held {
  begin(): Promise<void>
  close(): Promise<void>
}

/** An evening in processes beside the service, which give way to it as `ttc worker` does. */
async function holdBeside(file: string, provider: Provider): Promise<Held> {
  const [planner, deliverer] = [startChild<WorkerOrder, WorkerAnswer>('./engine-worker.ts'), startChild<WorkerOrder, WorkerAnswer>('./engine-worker.ts')]
  for (const one of [planner, deliverer]) one.tell({ kind: 'giveWay' })
  provider.forget(false)
  deliverer.tell({ kind: 'prepare', databaseUrl: `file:${file}`, providerUrl: provider.url })
  await deliverer.next('ready')
  return {
    async begin() {
      planner.tell({ kind: 'plan', databaseUrl: `file:${file}` })
      await planner.next('done')
      deliverer.tell({ kind: 'go' })
      await deliverer.next('done')
    },
    async close() {
      await planner.close()
      await deliverer.close()
    },
  }
}

/** An evening that a scheduler asks the service for: no worker beside it sends what it owes. */
async function planByPing({ origin, cronSecret }: ServedPages, notices: number): Promise<Held> {
  return {
    async begin() {
      const answer = await fetch(`${origin}/api/cron/digest?day=${eveningDay}`, { method: 'POST', headers: { authorization: `Bearer ${cronSecret}` } })
      const said: unknown = await answer.json()
      if (!answer.ok || fieldOf(said, 'state') !== 'completed' || fieldOf(said, 'notices') !== notices) throw new Error(`The evening was not held: ${JSON.stringify(said)}`)
    },
    close: async () => {},
  }
}

function p99(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.NaN
}
