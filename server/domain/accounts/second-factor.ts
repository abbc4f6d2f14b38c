import { timingSafeEqual } from 'node:crypto'
import { and, eq, lt } from 'drizzle-orm'
import { accountSessions, secondFactors } from '../../../db/schema.ts'
import { Refusal } from '../../contract/refusals.ts'
import { secondFactorErrors, type SecondFactorView } from '../../contract/second-factor-view.ts'
import type { Reading, SecondFactors, Work } from '../../work.ts'
import type { Account } from './find-account.ts'
import { endOtherSessions } from './account-sessions.ts'

type Owner = Pick<Account, 'id' | 'emailAddress'>

/** Whose second factor it is, and in which session. */
export interface FactorSession {
  readonly account: Owner
  readonly sessionId: number
  /** Whether it was given in it. */
  readonly hasSecondFactor: boolean
  /** What it is known by once a code was given: whoever knew it before has no part in it (S16). */
  readonly newToken: string
}

interface Proposal {
  readonly secret: string
  readonly recoveryCodes: readonly string[]
}

/** What is sealed: the secret that codes are made with, and what is to take its place. */
interface Kept {
  readonly secret: string | null
  readonly proposed: Proposal | null
}

type Row = typeof secondFactors.$inferSelect

/** What the session may see (H6). Before a code was given nothing of a factor that stands. */
export async function getSecondFactor(reading: Reading, factors: SecondFactors, { account, hasSecondFactor }: Pick<FactorSession, 'account' | 'hasSecondFactor'>): Promise<SecondFactorView> {
  const row = await findRow(reading, account.id)
  const kept = open(factors, row)
  if (kept.secret !== null && !hasSecondFactor) return { state: 'due', proposed: null, recoveryCodesLeft: 0 }
  return {
    state: kept.secret === null ? 'none' : 'given',
    proposed: kept.proposed && { ...kept.proposed, address: factors.addressOf(kept.proposed.secret, account.emailAddress) },
    recoveryCodesLeft: row?.recoveryHashes.length ?? 0,
  }
}

/**
 * Proposes a secret and recovery codes: they hold once a code of it was given, and until then what stood before. Where one stands
 * it takes a code of that. Refuses `inputInvalid` a wrong one.
 */
export async function proposeSecondFactor(work: Work, factors: SecondFactors, of: FactorSession, code: string): Promise<void> {
  const { account } = of
  const row = await findRow(work, account.id)
  const kept = open(factors, row)
  if (kept.secret !== null) {
    refuseWithoutFactor(of)
    await spendCode(work, factors, row, kept.secret, code)
  }
  const sealed = factors.seal(account.id, JSON.stringify({ ...kept, proposed: factors.create() } satisfies Kept))
  await work.tx.insert(secondFactors).values({ accountId: account.id, secret: sealed, recoveryHashes: [], createdAt: work.now })
    .onConflictDoUpdate({ target: secondFactors.accountId, set: { secret: sealed } })
}

/** The first code of what was proposed: it holds from now on, in this session too; all others end. Refuses `inputInvalid` a wrong code. */
export async function confirmSecondFactor(work: Work, factors: SecondFactors, of: FactorSession, code: string): Promise<void> {
  const { account } = of
  const { secret, proposed } = open(factors, await findRow(work, account.id))
  if (secret !== null) refuseWithoutFactor(of)
  if (!proposed) throw new Refusal('notFound', 'Not found.')
  const step = factors.stepOf(proposed.secret, code, work.now)
  if (step === null) throw wrongCode()
  await work.tx.update(secondFactors).set({
    secret: factors.seal(account.id, JSON.stringify({ secret: proposed.secret, proposed: null } satisfies Kept)),
    confirmedAt: work.now, lastStep: step,
    recoveryHashes: proposed.recoveryCodes.map((one) => factors.hashRecoveryCode(account.id, one)),
  }).where(eq(secondFactors.accountId, account.id))
  await endOtherSessions(work, account.id, of)
  await markGiven(work, of)
}

/** Gives a code, or one of the recovery codes, in this session. Refuses `inputInvalid` what is wrong or was used. */
export async function giveSecondFactor(work: Work, factors: SecondFactors, of: FactorSession, code: string): Promise<void> {
  const row = await findRow(work, of.account.id)
  const { secret } = open(factors, row)
  if (secret === null) throw new Refusal('notFound', 'Not found.')
  await spendCode(work, factors, row, secret, code)
  await markGiven(work, of)
}

/** For an operator who lost it: the next log-in sets one up anew. Every session ends. */
export async function resetSecondFactor(work: Work, accountId: number): Promise<boolean> {
  const gone = await work.tx.delete(secondFactors).where(eq(secondFactors.accountId, accountId)).returning({ id: secondFactors.accountId })
  await endOtherSessions(work, accountId, null)
  return gone.length > 0
}

async function findRow({ tx }: Reading, accountId: number): Promise<Row | undefined> {
  const [row] = await tx.select().from(secondFactors).where(eq(secondFactors.accountId, accountId))
  return row
}

const open = (factors: SecondFactors, row: Row | undefined): Kept =>
  (row ? JSON.parse(factors.open(row.accountId, row.secret)) as Kept : { secret: null, proposed: null })

/** Each code once: of the app none that is not newer than the last, and a recovery code is gone with its use. */
async function spendCode({ tx, now }: Work, factors: SecondFactors, row: Row | undefined, secret: string, code: string): Promise<void> {
  if (!row) throw wrongCode()
  const step = factors.stepOf(secret, code, now)
  if (step !== null) {
    const spent = await tx.update(secondFactors).set({ lastStep: step }).where(and(eq(secondFactors.accountId, row.accountId), lt(secondFactors.lastStep, step)))
      .returning({ id: secondFactors.accountId })
    if (spent.length === 0) throw wrongCode()
    return
  }
  const given = Buffer.from(factors.hashRecoveryCode(row.accountId, code))
  const left = row.recoveryHashes.filter((hash) => !isSame(Buffer.from(hash), given))
  if (left.length === row.recoveryHashes.length) throw wrongCode()
  await tx.update(secondFactors).set({ recoveryHashes: left }).where(eq(secondFactors.accountId, row.accountId))
}

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

async function markGiven({ tx, now }: Work, { account, sessionId, newToken }: FactorSession): Promise<void> {
  await tx.update(accountSessions).set({ secondFactorAt: now, token: newToken }).where(and(eq(accountSessions.id, sessionId), eq(accountSessions.userId, account.id)))
}

function refuseWithoutFactor({ hasSecondFactor }: FactorSession): void {
  if (!hasSecondFactor) throw new Refusal('secondFactorNeeded', 'Give the code of your app first.')
}

const wrongCode = (): Refusal => new Refusal('inputInvalid', secondFactorErrors.codeWrong, { code: secondFactorErrors.codeWrong })
