import type { PendingRequestContent } from './message-content.ts'

/** The subject of an e-mail that lists these requests and says that `more` wait besides (C1, F11). */
export function verificationSubject(requests: readonly Pick<PendingRequestContent, 'caseNumber'>[], more: number): string {
  const [first] = requests
  const count = requests.length + more
  return count === 1 && first ? `Confirm that you want to track case ${first.caseNumber}` : `Confirm that you want to track ${count} cases`
}
