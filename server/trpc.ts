import { initTRPC, TRPCError, type TRPC_ERROR_CODE_KEY } from '@trpc/server'
import superjson from 'superjson'
import { unavailabilityOf } from '../db/tx.ts'
import { ZodError } from 'zod'
import { Refusal, type RefusalCode } from './contract/refusals.ts'
import { serviceClosed } from './contract/hours-wording.ts'
import { fieldErrors } from './contract/wording.ts'
import type { MessageCopy } from './contract/sent-view.ts'
import { spendCaptchaAnswer } from './domain/captcha/spend-captcha-answer.ts'
import { isOpen, opensAt } from './domain/hours/service-hours.ts'
import { clientNetwork } from './domain/limits/client-network.ts'
import type { LinkKeys } from './domain/links/link-token.ts'
import type { FrozenMessage } from './domain/my-cases/get-sent-message.ts'
import type { Site } from './domain/outbox/message-frame.ts'
import { findAccount, type Account } from './domain/accounts/find-account.ts'
import type { Authenticator, CaptchaVerifier, Cookie, Jobs, Log, RateLimits, SecondFactors, Session } from './ports.ts'
import type { Reading, Workplace } from './work.ts'

/** What every procedure can reach. One a request. */
export interface Context {
  readonly site: Site
  readonly linkKeys: LinkKeys
  readonly captcha: CaptchaVerifier
  readonly log: Log
  readonly reading: () => Reading
  readonly inOneTransaction: Workplace['inOneTransaction']
  /** Holds an evening at once, this one by default. Refuses as the digest address does. */
  readonly holdEvening: (day?: string) => Promise<{ readonly state: 'completed' | 'running' | 'waiting'; readonly notices: number }>
  /** See `Env`. */
  readonly eveningGraceMinutes: number
  /** See `Jobs`. */
  readonly jobs: Pick<Jobs, 'listDead' | 'redrive'>
  /** A message as it left, for whom it went to (G3); null where it cannot be made again. */
  readonly composeCopy: (message: FrozenMessage) => MessageCopy | null
  /** True while mail goes to the local mailbox. */
  readonly isMailboxOpen: boolean
  readonly clientAddress: string
  /** What is kept of it with a consent (H6). */
  readonly clientHash: () => string
  readonly requestId: string
  /** Ends no sooner than what takes longest, so that the time of an answer tells nothing of what is known (N5). */
  readonly evenly: <T>(todo: () => Promise<T>) => Promise<T>
  readonly authenticator: Authenticator
  readonly rateLimits: RateLimits
  readonly secondFactors: SecondFactors
  /** Of the request: the cookie and the name of the browser. */
  readonly headers: Headers
  /** Lets the answer set a cookie. Throws where there is no answer to set it on: a page that is only read logs nobody in or out. */
  readonly setCookie: (cookie: Cookie) => void
  /** Whose session the request has; null for a visitor without one. Asked once a request. */
  readonly session: () => Promise<Session | null>
}

/**
 * Who may call a procedure: everybody, always or within service hours; who is logged in, within them; an operator, before and
 * after the second factor; or whoever sits at the machine of a local mailbox.
 */
export type Access = 'anyone' | 'anyoneWhileOpen' | 'account' | 'operatorByPassword' | 'operator' | 'localMailbox'

const transport: Record<RefusalCode, TRPC_ERROR_CODE_KEY> = {
  caseNotFound: 'NOT_FOUND',
  courtTakesNoPart: 'PRECONDITION_FAILED',
  caseTypeExcluded: 'PRECONDITION_FAILED',
  captchaMissing: 'BAD_REQUEST',
  captchaInvalid: 'BAD_REQUEST',
  captchaUnavailable: 'SERVICE_UNAVAILABLE',
  inputInvalid: 'BAD_REQUEST',
  linkInvalid: 'NOT_FOUND',
  loginNeeded: 'UNAUTHORIZED',
  loginWrong: 'UNAUTHORIZED',
  secondFactorNeeded: 'FORBIDDEN',
  notFound: 'NOT_FOUND',
  dayAlreadyHeld: 'UNPROCESSABLE_CONTENT',
  dayInFuture: 'UNPROCESSABLE_CONTENT',
  tooMany: 'TOO_MANY_REQUESTS',
  notAllowed: 'FORBIDDEN',
  serviceClosed: 'SERVICE_UNAVAILABLE',
  unavailable: 'SERVICE_UNAVAILABLE',
}

const busy = 'The service is very busy just now. Nothing was lost or done twice. Please try again in a minute.'
const neutral = 'Sorry, there is a problem with the service. Try again later.'

const t = initTRPC.context<Context>().meta<{ access: Access }>().create({
  transformer: superjson,
  errorFormatter({ shape, error }) {
    const refusal = error.cause instanceof Refusal ? error.cause : undefined
    const message = refusal?.message
      ?? (error.cause instanceof ZodError ? 'The request is not in the right form.' : error.code === 'INTERNAL_SERVER_ERROR' ? neutral : shape.message)
    // No stack and no path of ours: an answer names nothing of the inside.
    return { message, code: shape.code, data: { code: shape.data.code, httpStatus: shape.data.httpStatus, refusal: refusal?.code ?? null, fields: refusal?.fields ?? {} } }
  },
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/** A refusal becomes its transport status; anything else thrown is a bug: logged once, here, and said neutrally. */
const refusing = t.middleware(async ({ next, ctx, path }) => {
  const result = await next()
  if (result.ok) return result
  const cause = unavailabilityOf(result.error.cause) ? new Refusal('unavailable', busy) : result.error.cause
  if (cause instanceof Refusal) throw new TRPCError({ code: transport[cause.code], message: cause.message, cause })
  if (result.error.code !== 'INTERNAL_SERVER_ERROR') return result
  ctx.log.error('A procedure failed.', cause ?? result.error, { procedure: path })
  // Without its cause: whoever prints this error prints nothing private (H5).
  throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: neutral })
})

/** Open to everybody. */
export const anyone = t.procedure.meta({ access: 'anyone' }).use(refusing)

/** Open to everybody within the court's service hours (I4); outside them it refuses with `serviceClosed`. */
export const anyoneWhileOpen = t.procedure.meta({ access: 'anyoneWhileOpen' }).use(refusing).use(({ ctx, next }) => {
  refuseOutsideHours(ctx)
  return next()
})

export const isServiceOpen = ({ site: { profile }, reading }: Context): boolean => isOpen(reading().now, profile)

/** Refuses `serviceClosed` while the service is closed (I4). */
export function refuseOutsideHours({ site: { profile }, reading }: Context): void {
  const { now } = reading()
  if (!isOpen(now, profile)) throw new Refusal('serviceClosed', serviceClosed(opensAt(now, profile), profile.timeZone))
}

/** The account of the request's session; undefined for a visitor without one. */
export async function findVisitor(ctx: Context): Promise<Account | undefined> {
  const session = await ctx.session()
  return session === null ? undefined : findAccount(ctx.reading(), session.accountId)
}

/** Open to who is logged in, within service hours (I4): `ctx.account`. Refuses `loginNeeded`. */
export const accountOnly = t.procedure.meta({ access: 'account' }).use(refusing).use(async ({ ctx, next }) => {
  refuseOutsideHours(ctx)
  const account = await findVisitor(ctx)
  if (!account) throw new Refusal('loginNeeded', 'Log in first.')
  return next({ ctx: { account } })
})

/** Open at any hour to operators who are logged in, before they gave their second factor: `ctx.account`; for everybody else it is not there. */
export const operatorByPassword = t.procedure.meta({ access: 'operatorByPassword' }).use(refusing).use(async ({ ctx, next }) => {
  const account = await findVisitor(ctx)
  if (!account?.isOperator) throw new Refusal('notFound', 'Not found.')
  return next({ ctx: { account } })
})

/** Open at any hour to operators in a session with their second factor (H6): `ctx.account`. Refuses `secondFactorNeeded`; for everybody else it is not there. */
export const operatorOnly = t.procedure.meta({ access: 'operator' }).use(refusing).use(async ({ ctx, next }) => {
  const account = await findVisitor(ctx)
  if (!account?.isOperator) throw new Refusal('notFound', 'Not found.')
  if ((await ctx.session())?.hasSecondFactor !== true) throw new Refusal('secondFactorNeeded', 'Give the code of your app first.')
  return next({ ctx: { account } })
})

/** Open only while mail goes to the local mailbox; elsewhere it is not there. */
export const localMailbox = t.procedure.meta({ access: 'localMailbox' }).use(refusing).use(({ ctx, next }) => {
  if (!ctx.isMailboxOpen) throw new Refusal('caseNotFound', 'Not found.')
  return next()
})

/**
 * Verifies `input.captcha`, which the procedure's input must hold. It stands after the input and its rules, so that a
 * typing error does not spend an answer that is good for one use. Refuses `captchaMissing`, `captchaInvalid` (a replay
 * too) and `captchaUnavailable`; then nothing is sent.
 */
export async function passCaptcha(ctx: Context, answer: string): Promise<void> {
  if (answer === '') throw captchaRefusal('captchaMissing', fieldErrors.captchaMissing)
  const verdict = await ctx.captcha.verify(answer, ctx.clientAddress)
  if (verdict.kind === 'unavailable') throw captchaRefusal('captchaUnavailable', fieldErrors.captchaUnavailable)
  if (verdict.kind === 'failed') throw captchaRefusal('captchaInvalid', fieldErrors.captchaInvalid)
  const { answerKey, expiresAt } = verdict
  if (answerKey === null || expiresAt === null) return
  const isFresh = await ctx.inOneTransaction((work) => spendCaptchaAnswer(work, answerKey, expiresAt))
  if (!isFresh) throw captchaRefusal('captchaInvalid', fieldErrors.captchaInvalid)
}

const captchaRefusal = (code: RefusalCode, sentence: string): Refusal => new Refusal(code, sentence, { captcha: sentence })

/**
 * Counts one request from a client address that can cause mail or texts (H1), after its captcha: false over the limit. Then nothing is
 * written and nothing caused, and the answer is the same.
 */
export const isClientAllowed = async ({ rateLimits, clientAddress }: Context): Promise<boolean> =>
  await rateLimits.take('requestFrom', clientNetwork(clientAddress)) === null
