import { lt } from 'drizzle-orm'
import { usedCaptchas } from '../../../db/schema.ts'
import type { Work } from '../../work.ts'

/** Takes a captcha's answer once: false when it was taken before. It is remembered until it would no longer pass anyway. */
export async function spendCaptchaAnswer({ tx, now }: Work, answerKey: string, expiresAt: Date): Promise<boolean> {
  await tx.delete(usedCaptchas).where(lt(usedCaptchas.expiresAt, now))
  const spent = await tx.insert(usedCaptchas).values({ answer: answerKey, expiresAt }).onConflictDoNothing()
    .returning({ answer: usedCaptchas.answer })
  return spent.length === 1
}
