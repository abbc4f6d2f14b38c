import { confirmAll, confirmHeading, confirmOne, optionsChosen, whoAsked } from './phrases.ts'
import { plainLine } from './plain.ts'

// What the verification e-mail says according to what waits (C1): cases to be tracked, other options of cases that are (B8),
// or some of both. Its plain-text twin says the same.

interface WaitingRequest {
  readonly caseNumber: string
  /** B8: the options that a case tracked already would have; absent where the request is to track it. */
  readonly newOptions?: readonly string[]
}

interface Waiting {
  readonly emailAddress: string
  readonly requests: readonly WaitingRequest[]
  readonly more: number
}

const countOf = ({ requests, more }: Waiting): number => requests.length + more

const isChange = ({ newOptions }: WaitingRequest): boolean => newOptions !== undefined

export function headingOf(waiting: Waiting): string {
  const { requests } = waiting
  const count = countOf(waiting)
  const first = requests[0]?.caseNumber ?? ''
  if (!requests.some(isChange)) return confirmHeading(first, count)
  if (!requests.every(isChange)) return `Confirm your ${count} requests`
  return count === 1 ? `Change your notices for case ${plainLine(first)}` : `Change your notices for ${count} cases`
}

export function askedOf(waiting: Waiting): string {
  const { emailAddress, requests } = waiting
  const address = plainLine(emailAddress)
  const count = countOf(waiting)
  if (!requests.some(isChange)) return whoAsked(emailAddress, count)
  if (!requests.every(isChange)) return `Someone asked us for what is listed here, for ${address}. Nothing of it happens until you confirm.`
  return `Someone asked for other notices of ${count === 1 ? 'a case' : `${count} cases`} that you track with ${address}. Nothing changes until you confirm.`
}

export const confirmAllOf = ({ requests }: Waiting): string => (requests.some(isChange) ? 'Confirm all' : confirmAll)

export const confirmOf = (request: WaitingRequest): string =>
  isChange(request) ? `Confirm the change for case ${plainLine(request.caseNumber)}` : confirmOne(request.caseNumber)

/** B8: the options as they would be; null for a request to track. */
export const newOptionsOf = ({ newOptions }: WaitingRequest): string | null =>
  newOptions === undefined ? null : `You track this case already. When you confirm, your choices become these. ${optionsChosen(newOptions)}`
