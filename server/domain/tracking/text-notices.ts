import { inArray } from 'drizzle-orm'
import { phones, type subscriptions } from '../../../db/schema.ts'
import type { TextNotices } from '../../contract/views.ts'
import type { Reading } from '../../work.ts'

type Texts = Pick<typeof subscriptions.$inferSelect, 'textState' | 'phoneId' | 'pendingPhoneId'>
type Phone = Pick<typeof phones.$inferSelect, 'number' | 'stoppedAt'>

/** With one look, how texts of these subscriptions stand and of which phone that is said (E6, E8). */
export async function textNoticesAmong({ tx }: Reading, among: readonly Texts[]): Promise<(one: Texts) => { readonly texts: TextNotices; readonly phoneEnding: string | null }> {
  const phoneIds = [...new Set(among.flatMap(({ phoneId, pendingPhoneId }) => [phoneId, pendingPhoneId]).filter((id) => id !== null))]
  const phoneOf = new Map((await tx.select().from(phones).where(inArray(phones.id, phoneIds))).map((phone) => [phone.id, phone]))
  return (one) => textsOf(one, { phone: phoneOf.get(one.phoneId ?? 0), pending: phoneOf.get(one.pendingPhoneId ?? 0) })
}

function textsOf(
  { textState, pendingPhoneId }: Texts, { phone, pending }: { readonly phone: Phone | undefined; readonly pending: Phone | undefined },
): { readonly texts: TextNotices; readonly phoneEnding: string | null } {
  const of = textState === 'pending' ? pending : phone
  if (!of || (textState !== 'pending' && textState !== 'active')) return { texts: 'off', phoneEnding: null }
  const live = textState === 'pending' ? 'waiting' : pendingPhoneId === null ? 'on' : 'changing'
  return { texts: of.stoppedAt && live !== 'changing' ? 'stoppedByReply' : live, phoneEnding: of.number.slice(-4) }
}
