import { Refusal } from '../../contract/refusals.ts'
import type { CaseLine, LineOutcome } from '../../contract/several-view.ts'
import type { NoticeOptions } from '../../contract/vocabulary.ts'
import type { Workplace } from '../../work.ts'
import type { Manner } from '../consent/put-consents.ts'
import { whyUnmailable } from '../accounts/why-unmailable.ts'
import type { Site } from '../outbox/message-frame.ts'
import { readCaseLines } from './read-case-lines.ts'
import { trackManyAsAccount, type TrackingAccount } from './track-many-as-account.ts'

// A transaction is short: who else writes waits for no list.
const casesAtOnce = 50

/**
 * Tracks the cases of a list (G6), some tens in each transaction, and says of each line what became of it. Asked again after it
 * was broken off, it goes on where it was. Refuses an account whose address takes no mail (`notAllowed`, D4, D5).
 */
export async function trackSeveral(
  { reading, inOneTransaction }: Pick<Workplace, 'reading' | 'inOneTransaction'>, site: Site, account: TrackingAccount,
  { lines, options }: { readonly lines: readonly CaseLine[]; readonly options: NoticeOptions }, manner: Manner = {},
): Promise<LineOutcome[]> {
  const why = whyUnmailable(account, site.profile)
  if (why !== null) throw new Refusal('notAllowed', why)
  const read = await readCaseLines(reading(), site.profile, account.subscriberId, lines)
  const wanted = read.flatMap(({ caseId }) => caseId ?? [])
  const [now, already] = [new Set<number>(), new Set<number>()]
  for (let at = 0; at < wanted.length; at += casesAtOnce) {
    const tracked = await inOneTransaction((work) => trackManyAsAccount(work, site, account, wanted.slice(at, at + casesAtOnce), options, manner))
    for (const id of tracked.now) now.add(id)
    for (const id of tracked.already) already.add(id)
  }
  return read.map(({ view, caseId }) =>
    view.kind === 'repeated' ? 'repeated' : caseId === null ? 'wrong' : now.has(caseId) ? 'now' : already.has(caseId) ? 'already' : 'wrong')
}
