import { defineCommand } from 'citty'
import { grantRegistered } from '../../domain/accounts/grant-registered.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'
import { howToLogIn } from '../how-to-log-in.ts'

const grantCommand = defineCommand({
  meta: { name: 'grant', description: 'Makes an account a registered one; makes the account where there is none.' },
  args: {
    email: { type: 'positional', required: true, description: 'The address of the account' },
    name: { type: 'string', description: 'The name of its owner' },
    address: { type: 'string', description: 'The mailing address' },
    bar: { type: 'string', description: 'The bar number' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args: { email, name, address, bar, json } }) => withRuntime('command', async ({ workplace, env }) => {
    const account = await workplace.inOneTransaction((work) => grantRegistered(work, { email, name, mailingAddress: address, barNumber: bar }))
    if (json) printJson(account)
    else print(`The account of ${email} is a registered one.${howToLogIn(account, env.appUrl)}`)
  }),
})

/** `ttc account grant EMAIL`: makes an account a registered one (D7). */
export const accountCommand = defineCommand({
  meta: { name: 'account', description: 'Grants registered accounts.' },
  subCommands: { grant: grantCommand },
})
