import { chromium, type Browser } from '@playwright/test'
import { existsSync } from 'node:fs'
import { putAccount } from '../server/domain/accounts/confirm-account.ts'
import { authenticatorFor } from '../server/log-ins.ts'
import { putSubscriber } from '../server/domain/tracking/put-subscriber.ts'
import { lighthouseCategories, runLighthouse, type LighthouseCategory } from '../e2e/run-lighthouse.ts'
import { weighPage } from '../e2e/weigh-page.ts'
import { withCopy, type Template } from './databases.ts'
import { median, spreadOf, type Figure } from './figures.ts'
import { casePaths } from './measure-pages.ts'
import { openWorkplace } from './our-evening.ts'
import { findFreePort, servePages } from './serve-pages.ts'

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const address = 'person0000001@example.com'
const password = 'seven quiet herons'
const least = 98
const mostScript = { page: 140_000, form: 165_000 }

interface Page {
  readonly name: string
  readonly path: string
  readonly isListed: boolean
  readonly isForm?: boolean
  readonly isOfAccount?: boolean
}

/** What five pages weigh, and what Lighthouse makes of them on a phone. Null where there is no browser. */
export async function measureLighthouse({ modest, rounds, say }: { modest: Template; rounds: number; say: (line: string) => void }): Promise<Figure[] | null> {
  const executablePath = process.env['CHROMIUM'] ?? browsers.find((path) => existsSync(path))
  if (executablePath === undefined) return null
  return withCopy(modest, async (file) => {
    await putReader(file)
    const service = await servePages(file)
    const port = await findFreePort()
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', `--remote-debugging-port=${port}`] })
    try {
      const [path = ''] = casePaths(file)
      const pages: readonly Page[] = [
        { name: 'home', path: '/', isListed: true },
        { name: 'results', path: '/search?q=Harbor', isListed: false },
        { name: 'case', path, isListed: false },
        { name: 'form', path: `${path}/track`, isListed: false, isForm: true },
        { name: 'My Cases', path: '/my-cases', isListed: false, isOfAccount: true },
      ]
      const cookie = await logIn(service.origin)
      const figures: Figure[] = []
      for (const page of pages) figures.push(await weigh(browser, service.origin, page, cookie))
      for (const page of pages) figures.push(await judge({ origin: service.origin, page, port, cookie, rounds, say }))
      return figures
    } finally {
      await browser.close()
      await service.close()
    }
  })
}

/** Gives one of the people of the evening an account. */
async function putReader(file: string): Promise<void> {
  const workplace = openWorkplace(`file:${file}`)
  try {
    const passwordHash = await authenticatorFor(workplace, { secret: 'only-for-hashing-0123456789abcdef', origin: 'http://localhost' }).hashPassword(password)
    await workplace.inOneTransaction(async (work) => putAccount(work, await putSubscriber(work, address), { passwordHash, emailVerified: true }))
  } finally {
    await workplace.close()
  }
}

async function logIn(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/forms/log-in`, { method: 'POST', body: new URLSearchParams({ email: address, password }), redirect: 'manual' })
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '').join('; ')
  if (cookie === '') throw new Error('The reader of the bench could not log in.')
  return cookie
}

async function weigh(browser: Browser, origin: string, { name, path, isForm = false, isOfAccount = false }: Page, cookie: string): Promise<Figure> {
  const [key, value] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)]
  const cookies = isOfAccount ? [{ name: key, value, domain: 'localhost', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' as const }] : []
  const { script, all } = await weighPage(browser, { url: origin + path, cookies })
  const brotli = await weighPage(browser, { url: origin + path, cookies, accepted: 'gzip, deflate, br' })
  const most = isForm ? mostScript.form : mostScript.page
  return {
    goal: 'P10', what: `JavaScript that a browser fetches for ${name}, by gzip`, limit: `≤ ${most / 1000} KB`, figure: `${(script / 1000).toFixed(1)} KB`,
    reference: `everything, with fonts and styles: ${(all / 1000).toFixed(0)} KB; by brotli ${(brotli.script / 1000).toFixed(1)} KB of JavaScript, ${(brotli.all / 1000).toFixed(0)} of everything`, spread: 'as compressed on the line, until the page rests', isMet: script <= most,
  }
}

async function judge({ origin, page: { name, path, isListed, isOfAccount = false }, port, cookie, rounds, say }: {
  origin: string; page: Page; port: number; cookie: string; rounds: number; say: (line: string) => void
}): Promise<Figure> {
  const scores = new Map<LighthouseCategory, number[]>(lighthouseCategories.map((category) => [category, []]))
  for (let round = 1; round <= rounds; round++) {
    const look = () => runLighthouse({ url: origin + path, port, categories: lighthouseCategories, isListed, ...(isOfAccount ? { cookie } : {}) })
    // Where the machine is overrun, the browser's trace may lack the page's beginning: then there is nothing to judge.
    const run = await look().catch(look)
    for (const category of lighthouseCategories) scores.get(category)?.push(run.scores[category] ?? 0)
    say(`  ${name}, ${round} of ${rounds}: ${lighthouseCategories.map((category) => run.scores[category]).join(', ')}${run.found.length > 0 ? `; ${run.found.join('; ')}` : ''}`)
  }
  const of = (category: LighthouseCategory): number => median(scores.get(category) ?? [])
  return {
    goal: 'P10', what: `Lighthouse for phones of ${name}: performance, accessibility, best practices, search`, limit: `≥ ${least} each`,
    figure: lighthouseCategories.map(of).join(', '),
    reference: isListed ? 'all its audits' : 'all its audits but the one that wants search engines to list the page, which asks not to be (H6)',
    spread: `performance ${spreadOf(scores.get('performance') ?? [], 0, 'runs')}`, isMet: lighthouseCategories.every((category) => of(category) >= least),
  }
}
