import { notFoundMetadata } from './_pages/answer-page.tsx'
import { PageNotFound } from './_pages/page-not-found.tsx'

export const metadata = notFoundMetadata

/** For an address that no page has. A page that finds nothing to show says so by itself (`answerPage`). */
export default function NotFoundPage() {
  return <PageNotFound />
}
