import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accounts, accountSessions } from '../../../db/schema.ts'
import { putTestAccount } from '../../testing/put-account.ts'
import { refusalOf } from '../../testing/refusal-of.ts'
import { openWorld, type World } from '../../testing/world.ts'
import { addOperator } from './add-operator.ts'
import { grantRegistered } from './grant-registered.ts'
import { findReset, requestPasswordReset, resetPassword } from './reset-password.ts'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const all = () => world.reading().tx.select().from(accounts).orderBy(accounts.id)

describe('a registered account (D7)', () => {
  it('is one that was there, with what is known of its owner', async () => {
    const id = await putTestAccount(world, 'dana@example.com')
    const granted = await world.work((work) => grantRegistered(work, { email: ' DANA@example.com ', name: ' Dana Lee ', mailingAddress: '1 Court St', barNumber: '12345' }))
    expect(granted).toEqual({ id, isNew: false })
    expect(await all()).toMatchObject([{ id, kind: 'registered', isOperator: false, name: 'Dana Lee', mailingAddress: '1 Court St', barNumber: '12345' }])
  })

  it('keeps what is not said again, and loses what is emptied', async () => {
    await world.work((work) => grantRegistered(work, { email: 'dana@example.com', name: 'Dana Lee', mailingAddress: '1 Court St', barNumber: '12345' }))
    await world.work((work) => grantRegistered(work, { email: 'dana@example.com', barNumber: '' }))
    expect(await all()).toMatchObject([{ name: 'Dana Lee', mailingAddress: '1 Court St', barNumber: null }])
  })

  it('is made where there is none: its owner gets a password as one who forgot it does', async () => {
    const { id, isNew } = await world.work((work) => grantRegistered(work, { email: 'dana@example.com' }))
    expect(isNew).toBe(true)
    expect(await all()).toMatchObject([{ id, emailVerified: false }])
    await world.work((work) => requestPasswordReset(work, world.site, 'dana@example.com'))
    expect(await findReset(world.reading(), 1)).toEqual({ accountId: id })
    await world.work((work) => resetPassword(work, 1, 'hash'))
    expect(await all()).toMatchObject([{ id, emailVerified: true, kind: 'registered' }])
    expect(await world.reading().tx.select().from(accountSessions)).toEqual([])
  })

  it('is refused to what is no address', async () => {
    expect(await refusalOf(world.work((work) => grantRegistered(work, { email: 'dana' })))).toBe('inputInvalid')
    expect(await refusalOf(world.work((work) => addOperator(work, '')))).toBe('inputInvalid')
    expect(await all()).toEqual([])
  })
})

describe('an operator', () => {
  it('is an account that was there or is made, and stays what else it is', async () => {
    await world.work((work) => grantRegistered(work, { email: 'dana@example.com' }))
    expect(await world.work((work) => addOperator(work, 'Dana@example.com'))).toMatchObject({ isNew: false })
    expect(await world.work((work) => addOperator(work, 'olive@example.com'))).toMatchObject({ isNew: true })
    expect(await all()).toMatchObject([{ kind: 'registered', isOperator: true }, { kind: 'public', isOperator: true }])
  })
})
