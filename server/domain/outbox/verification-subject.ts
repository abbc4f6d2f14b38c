import type { PendingRequestContent } from './message-content.ts'

/** The subject of an e-mail that lists these requests and says that `more` wait besides (B8, C1, F11). */
export function verificationSubject(requests: readonly Pick<PendingRequestContent, 'caseNumber' | 'newOptions'>[], more: number): string {
  const [first] = requests
  const count = requests.length + more
  const changes = requests.filter(({ newOptions }) => newOptions !== undefined).length
  if (changes === 0) {
    return count === 1 && first ? `Confirm that you want to track case ${first.caseNumber}` : `Confirm that you want to track ${count} cases`
  }
  if (changes < requests.length) return `Confirm your ${count} requests`
  return count === 1 && first ? `Change your notices for case ${first.caseNumber}` : `Change your notices for ${count} cases`
}
