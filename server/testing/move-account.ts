import { accountRequests } from '../../db/schema.ts'
import { changeAddress, requestAddressChange } from '../domain/accounts/change-address.ts'
import { findAccount } from '../domain/accounts/find-account.ts'
import type { World } from './world.ts'

/** An account asks for another address, which confirms at once (G1). The mail about it waits. */
export async function moveAccount(world: World, accountId: number, email: string): Promise<void> {
  const account = await findAccount(world.reading(), accountId)
  if (!account) throw new Error('There is no such account.')
  await world.work((work) => requestAddressChange(work, world.site, account, email))
  const request = (await world.reading().tx.select().from(accountRequests)).at(-1)
  await world.work((work) => changeAddress(work, request?.id ?? 0, null))
}
