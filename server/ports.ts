import type { CaptchaSettings } from './contract/captcha.ts'

// The outside world begins at these interfaces, and interfaces exist only where it does.

export interface Clock {
  now(): Date
}

/** Facts only: never an address, phone number, token or docket text (H5). */
export interface Log {
  info(fact: string, details?: Readonly<Record<string, string | number | boolean | null>>): void
  error(fact: string, error: unknown, details?: Readonly<Record<string, string | number | boolean | null>>): void
}

/** One e-mail as it leaves. `messageKey` is ours, unique, and the same in every try. */
export interface Mail {
  readonly messageKey: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a provider said of one mail of a batch. */
export type MailOutcome =
  | { readonly kind: 'sent'; readonly providerId: string | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly isFinal: boolean }

/** `replayed`: this key was used before with another body, so the first try of this batch had arrived. */
export type BatchOutcome =
  | { readonly kind: 'answered'; readonly mails: readonly MailOutcome[] }
  | { readonly kind: 'replayed' }

export interface Mailer {
  /** The most mails of one request. */
  readonly batchLimit: number
  /** How long it recognises a repeated batch by its key; 0: it remembers nothing. Infinity is allowed. */
  readonly remembersForMs: number
  /** Requests a second that the provider takes; null: no limit. */
  readonly requestsPerSecond: number | null
  /** Requests that may be under way at once. */
  readonly concurrency: number
  /** Outcomes in the order of `mails`. Throws `DeliveryError` when the request as a whole had no such answer. */
  send(batchKey: string, mails: readonly Mail[]): Promise<BatchOutcome>
  close(): Promise<void>
}

/** A request that did not do its work. */
export class DeliveryError extends Error {
  /** True: trying again cannot help. */
  readonly isFinal: boolean
  /** True: the provider may have acted all the same (a time-out, a lost answer). */
  readonly isUnanswered: boolean
  /** How long the provider asks us to wait, where it says. */
  readonly retryAfterMs: number | null
  constructor(message: string, facts: { isFinal: boolean; isUnanswered: boolean; retryAfterMs?: number | null }) {
    super(message)
    this.name = 'DeliveryError'
    this.isFinal = facts.isFinal
    this.isUnanswered = facts.isUnanswered
    this.retryAfterMs = facts.retryAfterMs ?? null
  }
}

/** What verifying a captcha's answer says. `answerKey` names the answer so that it is taken once; null: the provider sees to that. */
export type CaptchaVerdict =
  | { readonly kind: 'passed'; readonly answerKey: string | null; readonly expiresAt: Date | null }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unavailable' }

export interface CaptchaVerifier {
  readonly settings: CaptchaSettings
  /** A fresh challenge as JSON, for the local provider; null elsewhere. */
  createChallenge(): Promise<unknown>
  verify(answer: string, clientAddress: string): Promise<CaptchaVerdict>
}
