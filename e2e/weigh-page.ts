import type { Browser } from '@playwright/test'

export interface PageWeight {
  /** Bytes of JavaScript as they came over the line, compressed, from the page's opening until it rests. */
  readonly script: number
  /** Bytes of everything, the page included. */
  readonly all: number
  /** How far what stood already was moved by what came later: the "cumulative layout shift". */
  readonly shift: number
}

export interface Weighed {
  readonly url: string
  /** How what it fetches may be compressed: by gzip, which every browser takes, unless told otherwise (P10). */
  readonly accepted?: string
  /** Of a session: the page is asked for as its account. */
  readonly cookies?: Parameters<Awaited<ReturnType<Browser['newContext']>>['addCookies']>[0]
}

/** Opens a page in a phone's window of a browser that has nothing of it yet, and counts what that fetches. */
export async function weighPage(browser: Browser, { url, accepted = 'gzip', cookies = [] }: Weighed): Promise<PageWeight> {
  const context = await browser.newContext({ extraHTTPHeaders: { 'Accept-Encoding': accepted }, viewport: { width: 412, height: 823 } })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    const fetched: Promise<{ isScript: boolean; bytes: number }>[] = []
    context.on('requestfinished', (request) => {
      fetched.push(request.sizes().then(({ responseBodySize }) => ({ isScript: request.resourceType() === 'script', bytes: responseBodySize })))
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    if (page.url() !== url) throw new Error(`${url} led to ${page.url()}.`)
    const shift = await page.evaluate(() => new Promise<number>((resolve) => {
      new PerformanceObserver((list) => {
        resolve(list.getEntries().reduce((sum, entry) => sum + ('value' in entry ? Number(entry.value) : 0), 0))
      }).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(0), 100)
    }))
    const all = await Promise.all(fetched)
    const sum = (some: typeof all): number => some.reduce((bytes, one) => bytes + one.bytes, 0)
    return { script: sum(all.filter(({ isScript }) => isScript)), all: sum(all), shift }
  } finally {
    await context.close()
  }
}
