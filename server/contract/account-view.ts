import type { AccountKind } from './vocabulary.ts'

export interface SessionView {
  readonly id: number
  /** `Firefox on Windows`. */
  readonly browser: string
  readonly since: Date
  readonly isThis: boolean
}

/** What My Account shows (G1). */
export interface AccountPageView {
  readonly emailAddress: string
  /** False where its address was never verified or takes no mail (D4). */
  readonly isMailable: boolean
  /** The address that the account is to have, once that confirms it; null where none was asked for. */
  readonly awaitedAddress: string | null
  readonly kind: AccountKind
  readonly isOperator: boolean
  /** Of a registered account; empty where nothing was said. */
  readonly name: string
  readonly mailingAddress: string
  readonly barNumber: string
  readonly sessions: readonly SessionView[]
}
