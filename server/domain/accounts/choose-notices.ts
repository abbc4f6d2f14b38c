import { eq } from 'drizzle-orm'
import { subscribers } from '../../../db/schema.ts'
import type { Reading, Work } from '../../work.ts'

/** How a reader's notices come. */
export interface NoticeChoices {
  /** One e-mail an evening for all cases (F2). */
  readonly isBundled: boolean
  /** Case number and link only (F11). */
  readonly isPrivate: boolean
}

/** From the next evening on notices come so; privacy counts at once, also for what waits to leave. */
export async function chooseNotices({ tx }: Work, subscriberId: number, { isBundled, isPrivate }: NoticeChoices): Promise<void> {
  await tx.update(subscribers).set({ isBundled, isPrivate }).where(eq(subscribers.id, subscriberId))
}

export async function getNoticeChoices({ tx }: Reading, subscriberId: number): Promise<NoticeChoices> {
  const [found] = await tx.select({ isBundled: subscribers.isBundled, isPrivate: subscribers.isPrivate }).from(subscribers).where(eq(subscribers.id, subscriberId))
  if (!found) throw new Error('An account has no subscriber.')
  return found
}
