import lighthouse from 'lighthouse'

/** The four categories of P10. */
export const lighthouseCategories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type LighthouseCategory = (typeof lighthouseCategories)[number]

export interface LighthouseRun {
  readonly url: string
  /** Where a Chromium listens for DevTools. */
  readonly port: number
  readonly categories: readonly LighthouseCategory[]
  /** That of a session, `name=value`: the page is asked for as its account. */
  readonly cookie?: string
  /** Whether it may be found by search engines. Of pages that ask not to be (H6), the audit that wants them to be is left out. */
  readonly isListed: boolean
  /** Waits less until the page counts as at rest. A score of performance needs the whole wait. */
  readonly isHasty?: boolean
}

export interface LighthouseScores {
  /** From 0 to 100. */
  readonly scores: Readonly<Partial<Record<LighthouseCategory, number>>>
  /** What is not as it should be, in its own words. */
  readonly found: readonly string[]
}

const haste = { pauseAfterFcpMs: 100, pauseAfterLoadMs: 100, networkQuietThresholdMs: 200, cpuQuietThresholdMs: 200 }

/** Looks at a page as Lighthouse does for phones. */
export async function runLighthouse({ url, port, categories, cookie, isListed, isHasty = false }: LighthouseRun): Promise<LighthouseScores> {
  const done = await lighthouse(url, {
    port, logLevel: 'error', onlyCategories: [...categories], disableFullPageScreenshot: true,
    ...(isListed ? {} : { skipAudits: ['is-crawlable'] }),
    ...(cookie === undefined ? {} : { extraHeaders: { Cookie: cookie } }),
    ...(isHasty ? haste : {}),
  })
  if (!done || done.lhr.runtimeError) throw new Error(`Lighthouse did not look at ${url}: ${done?.lhr.runtimeError?.message ?? 'no answer'}`)
  const { categories: judged, audits, finalDisplayedUrl } = done.lhr
  if (finalDisplayedUrl !== url) throw new Error(`Lighthouse was led from ${url} to ${finalDisplayedUrl}.`)
  return {
    scores: Object.fromEntries(categories.map((name) => [name, Math.round((judged[name]?.score ?? 0) * 100)])),
    found: categories.flatMap((name) => (judged[name]?.auditRefs ?? []).flatMap(({ id, weight }) => {
      const audit = audits[id]
      const isFault = weight > 0 && audit !== undefined && audit.score !== null && audit.score < 0.9
      return isFault ? [`${name}: ${audit.title}${audit.displayValue === undefined ? '' : ` (${audit.displayValue})`}`] : []
    })),
  }
}
