import { inArray } from 'drizzle-orm'
import { accountRequests } from '../../../db/schema.ts'
import { fieldOf } from '../../contract/field-of.ts'
import type { Reading } from '../../work.ts'

/** Whether mail about an account still has a link that does something, by what it says (G1). */
export async function listAccountFacts({ tx, now }: Reading, payloads: readonly (string | undefined)[]): Promise<(payload: string | undefined) => boolean> {
  const ids = payloads.flatMap((payload) => linkedRequest(payload) ?? [])
  if (ids.length === 0) return () => true
  const open = new Set((await tx.select().from(accountRequests).where(inArray(accountRequests.id, ids)))
    .filter((request) => request.usedAt === null && request.withdrawnAt === null && request.expiresAt > now).map(({ id }) => id))
  return (payload) => {
    const id = linkedRequest(payload)
    return id === undefined || open.has(id)
  }
}

const withLink = ['register', 'resetPassword', 'changeAddress', 'mend']

/** The request that a mail's link confirms; undefined for one that has none, or that cannot be read: composing it says so. */
function linkedRequest(payload: string | undefined): number | undefined {
  try {
    const content: unknown = JSON.parse(payload ?? '')
    const [what, id] = [fieldOf(content, 'what'), fieldOf(content, 'requestId')]
    return typeof id === 'number' && typeof what === 'string' && withLink.includes(what) ? id : undefined
  } catch {
    return undefined
  }
}
