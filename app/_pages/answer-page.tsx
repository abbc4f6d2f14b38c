import type { Metadata } from 'next'
import { unstable_rethrow } from 'next/navigation'
import type { ReactNode } from 'react'
import { sayFailed, sayNotFound } from '../_trpc/page-status.ts'
import { PageFailed } from './page-failed.tsx'
import { PageNotFound } from './page-not-found.tsx'

/**
 * A page that also says in its own HTML that it does not exist (`notFound()`) or could not be made, with the status of
 * that. What a page throws Next shows by a script only, and without scripts not at all.
 */
export const answerPage = <Props,>(page: (props: Props) => Promise<ReactNode>) => async (props: Props): Promise<ReactNode> => {
  try {
    return await page(props)
  } catch (error) {
    if (isNotFound(error)) {
      await sayNotFound()
      return <PageNotFound />
    }
    // A redirect.
    unstable_rethrow(error)
    await sayFailed(error)
    return <PageFailed />
  }
}

/** The metadata of such a page; what keeps the page from being made, `answerPage` says. */
export const answerMetadata = <Props, Told extends Metadata>(metadata: (props: Props) => Promise<Told>) => async (props: Props): Promise<Metadata> => {
  try {
    return await metadata(props)
  } catch (error) {
    if (isNotFound(error)) return notFoundMetadata
    unstable_rethrow(error)
    return { title: 'Problem with the service', robots: { index: false } }
  }
}

export const notFoundMetadata: Metadata = { title: 'Page not found', robots: { index: false } }

const isNotFound = (error: unknown): boolean => error instanceof Error && 'digest' in error && error.digest === 'NEXT_HTTP_ERROR_FALLBACK;404'
