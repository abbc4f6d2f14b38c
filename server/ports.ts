import type { ExecuteSql } from '../db/tx.ts'
import type { CaptchaSettings } from './contract/captcha.ts'
import type { FilledText } from './contract/filled-text.ts'
import type { Channel } from './contract/vocabulary.ts'

// The outside world begins at these interfaces, and interfaces exist only where it does.

export interface Clock {
  now(): Date
}

/** Facts only: never an address, phone number, token or docket text (H5). */
export interface Log {
  info(fact: string, details?: Readonly<Record<string, string | number | boolean | null>>): void
  error(fact: string, error: unknown, details?: Readonly<Record<string, string | number | boolean | null>>): void
}

/** A log whose lines may be marked with what they belong to. */
export interface MarkedLog extends Log {
  /** Whatever is logged meanwhile, however deep and late, bears these marks beside those around it. */
  during<T>(marks: Readonly<Record<string, string>>, todo: () => T): T
}

/** What a process counts of its own doing (`server/adapters/prom-metrics.ts`), with the values that each is told apart by. */
export interface Counted {
  readonly providerAnswers: { readonly channel: Channel; readonly outcome: ProviderOutcome }
  readonly messagesSettled: { readonly channel: Channel; readonly outcome: SettledOutcome }
}
/** `replayed`: an earlier try had arrived. `passing` and `final`: the request as a whole failed; `unanswered`: nobody knows. */
export type ProviderOutcome = 'accepted' | 'partlyRefused' | 'replayed' | 'passing' | 'final' | 'unanswered'
export type SettledOutcome = 'sent' | 'retrying' | 'failed' | 'cancelled' | 'parked' | 'lost'

export interface Meter {
  count<What extends keyof Counted>(what: What, of: Counted[What], by: number): void
  tookRequest(method: string, status: number, seconds: number): void
}

/** A file that goes with an e-mail, as text. */
export interface Attachment {
  readonly filename: string
  readonly contentType: string
  readonly content: string
}

/** One e-mail as it leaves. `messageKey` is ours, unique, and the same in every try. */
export interface Mail {
  readonly messageKey: string
  readonly from: string
  readonly to: string
  readonly subject: string
  /** Empty: there is none. */
  readonly html: string | FilledText
  readonly text: string | FilledText
  readonly headers: Readonly<Record<string, string>>
  /** A mail with files is never one of a batch of several. */
  readonly attachments?: readonly Attachment[]
}

/** A mail whose words are written out. */
export interface WrittenMail extends Mail {
  readonly html: string
  readonly text: string
}

export const writeOut = (mail: Mail): WrittenMail => ({ ...mail, html: String(mail.html), text: String(mail.text) })

/** One text message as it leaves. `messageKey` as of a mail. */
export interface Text {
  readonly messageKey: string
  /** `+1…`. */
  readonly to: string
  /** The code of the phone's carrier in the profile; null where none was asked for. */
  readonly carrier: string | null
  readonly body: string
}

/** What a provider said of one message of a batch. */
export type MailOutcome =
  | { readonly kind: 'sent'; readonly providerId: string | null }
  | { readonly kind: 'refused'; readonly reason: string; readonly isFinal: boolean }

/** `replayed`: this key was used before with another body, so the first try of this batch had arrived. */
export type BatchOutcome =
  | { readonly kind: 'answered'; readonly mails: readonly MailOutcome[] }
  | { readonly kind: 'replayed' }

/** Who takes messages of one kind from us and brings them where they go. */
export interface Provider<Message> {
  /** Whose rate it keeps: two that share a provider share its rate, on all machines. */
  readonly paceName: 'mail' | 'text'
  /** The most messages of one request. */
  readonly batchLimit: number
  /** How long it recognises a repeated batch by its key; 0: it remembers nothing. Infinity is allowed. */
  readonly remembersForMs: number
  /** Requests a second that the provider takes; null: no limit. */
  readonly requestsPerSecond: number | null
  /** Requests that may be under way at once. */
  readonly concurrency: number
  /** Outcomes in the order of `messages`. Throws `DeliveryError` when the request as a whole had no such answer. */
  send(batchKey: string, messages: readonly Message[]): Promise<BatchOutcome>
  close(): Promise<void>
}

export type Mailer = Provider<Mail>
export type Texter = Provider<Text>

/** A request that did not do its work. */
export class DeliveryError extends Error {
  /** True: trying again cannot help. */
  readonly isFinal: boolean
  /** True: the provider may have acted all the same (a time-out, a lost answer). */
  readonly isUnanswered: boolean
  /** How long the provider asks us to wait, where it says. */
  readonly retryAfterMs: number | null
  /** The address takes no mail, now or later. */
  readonly isAddressRefused: boolean
  constructor(message: string, facts: { isFinal: boolean; isUnanswered: boolean; retryAfterMs?: number | null; isAddressRefused?: boolean }) {
    super(message)
    this.name = 'DeliveryError'
    this.isFinal = facts.isFinal
    this.isUnanswered = facts.isUnanswered
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.isAddressRefused = facts.isAddressRefused ?? false
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

/** How many messages one delivery job stands for: a request to a provider that takes 100, a hundred to a relay that takes one. */
export const messagesPerJob = 100

/**
 * Promises, in the open transaction, that so many messages that wait are attended to when `inMs` milliseconds have passed: the
 * promise stands when the transaction does. It names none of them.
 */
export type PromiseDelivery = (executeSql: ExecuteSql, messages: number, inMs: number) => Promise<void>

/** What jobs do. Each logs what goes wrong and then throws; what it throws may quote an address and is kept nowhere. */
export interface JobHandlers {
  /** Attends to what so many jobs stand for. How long from now, in ms, it must be attended to again; null: it need not. */
  readonly deliver: (jobs: number, signal: AbortSignal) => Promise<number | null>
  /** Promises delivery of messages that are due and that none of the live jobs stands for. */
  readonly promiseForgotten: (countLiveJobs: () => Promise<number>) => Promise<void>
  /** Null: evenings are held by ping only. Otherwise held at this hour of these days (ISO: Monday is 1) of this time zone. */
  readonly evening: {
    readonly hour: number
    readonly days: readonly number[]
    readonly timeZone: string
    /** Holds the evening that is due, if one is. */
    readonly hold: () => Promise<void>
  } | null
}

/** A job that was tried as often as it may be. */
export interface DeadJob {
  readonly id: string
  readonly kind: string
  readonly diedAt: Date
  readonly tries: number
  readonly reason: string
}

export interface Jobs {
  readonly promiseDelivery: PromiseDelivery
  /** Does jobs until the signal; then resolves within 10 seconds, and what was not done is left to others. */
  runUntilStopped(handlers: JobHandlers, signal: AbortSignal): Promise<void>
  /** Newest first. */
  listDead(): Promise<readonly DeadJob[]>
  /** Puts all dead jobs back as if they had never been tried. How many. */
  redrive(): Promise<number>
  close(): Promise<void>
}

/** Who is logged in (G1). */
export interface Session {
  readonly accountId: number
  readonly sessionId: number
  /** By which its browser knows it. */
  readonly token: string
  /** Whether the second factor was given in it (H6). */
  readonly hasSecondFactor: boolean
}

/** Codes that change by the clock, and what is kept of them. */
export interface SecondFactors {
  /** A new secret, in letters that apps take, and codes that do for it once each. */
  create(): { readonly secret: string; readonly recoveryCodes: readonly string[] }
  /** What an app reads from a QR code. */
  addressOf(secret: string, label: string): string
  /** The step of the clock that a code belongs to, now or a step beside; null for a wrong one. Compared in constant time. */
  stepOf(secret: string, code: string, now: Date): number | null
  /** However it is spelt. */
  hashRecoveryCode(accountId: number, code: string): string
  /** What may be stored: it is opened for the same account only, by a key of the environment. */
  seal(accountId: number, words: string): string
  open(accountId: number, sealed: string): string
}

/** A `Set-Cookie` header of an answer. */
export type Cookie = string

/** Passwords and sessions. Never mails, and says nothing of why a log-in failed. */
export interface Authenticator {
  /** Refuses `tooMany` while so many wait for a look at their password that one more would wait too long. */
  refuseWhenFull(): void
  /** Off the event loop. */
  hashPassword(password: string): Promise<string>
  isPassword(accountId: number, password: string): Promise<boolean>
  /** Begins a session; null where the address or the password is wrong, which takes as long to say. */
  logIn(email: string, password: string, headers: Headers): Promise<readonly Cookie[] | null>
  /** Ends the session of these cookies, if there is one. */
  logOut(headers: Headers): Promise<readonly Cookie[]>
  findSession(headers: Headers): Promise<Session | null>
  /** That no session has yet. */
  newSessionToken(): string
  /** What gives a browser the session of this token; nothing when there is none. */
  cookiesOf(token: string): Promise<readonly Cookie[]>
}

/** What is tried too often: log-ins of an address and from a place, codes of an account; requests from a place that can cause mail or texts. */
export const limitedThings = ['logIn', 'failedLogInFrom', 'secondFactor', 'requestFrom'] as const
export type LimitedThing = (typeof limitedThings)[number]

/** How often something is tried, kept in the database for all processes (H1). `who` is kept as a keyed hash. */
export interface RateLimits {
  /** Counts one try; null when it is allowed, or else in how many seconds the next one is. */
  take(thing: LimitedThing, who: string): Promise<number | null>
  /** As `take` without counting. */
  look(thing: LimitedThing, who: string): Promise<number | null>
  forget(thing: LimitedThing, who: string): Promise<void>
  /** Takes one try back: it was none. */
  giveBack(thing: LimitedThing, who: string): Promise<void>
}
