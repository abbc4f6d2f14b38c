import type { ReactElement } from 'react'
import { candidatesText } from '../../emails/candidates-text.ts'
import { CandidatesEmail } from '../../emails/candidates.tsx'
import { watchLinks } from '../contract/vocabulary.ts'
import { signLink, type LinkKeys } from '../domain/links/link-token.ts'
import type { CandidatesContent } from '../domain/outbox/message-content.ts'

interface ComposedCandidates {
  /** The most cases that one search lists. */
  readonly most: number
  readonly headers: Readonly<Record<string, string>>
  /** Both parts with so many cases of each search, and how many more there are (F12). */
  readonly shownOf: (count: number) => { readonly element: ReactElement; readonly text: string }
}

/** G7: mail of new cases, with the links that stop the watches it tells of; one click in the mail program stops them all (E4). */
export function candidatesOf(linkKeys: LinkKeys, { accountId, ...content }: CandidatesContent): ComposedCandidates {
  const { origin } = content
  const stopOne = (searchId: number): string => signLink(linkKeys, 'stopWatch', { id: searchId, version: watchLinks.one })
  const stopAll = signLink(linkKeys, 'stopWatch', { id: accountId, version: watchLinks.ofAccount })
  const [first, another] = content.searches
  if (!first) throw new Error('It tells of no search.')
  const searches = content.searches.map(({ searchId, ...search }) => ({ ...search, stopUrl: `${origin}/stop-watch/${stopOne(searchId)}` }))
  const stopAllUrl = another ? `${origin}/stop-watch/${stopAll}` : null
  return {
    most: Math.max(...searches.map(({ cases }) => cases.length)),
    headers: {
      'List-Unsubscribe': `<${origin}/api/stop/${another ? stopAll : stopOne(first.searchId)}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': `<watches.${new URL(origin).hostname}>`,
    },
    shownOf(count) {
      const shown = searches.map((search) => ({
        ...search, cases: search.cases.slice(0, count), more: search.more + Math.max(0, search.cases.length - count),
      }))
      const props = { ...content, searches: shown, stopAllUrl }
      return { element: <CandidatesEmail {...props} />, text: candidatesText(props) }
    },
  }
}
