import { defineCommand } from 'citty'
import { addOperator } from '../../domain/accounts/add-operator.ts'
import { Refusal } from '../../contract/refusals.ts'
import { findAccountOf } from '../../domain/accounts/find-account.ts'
import { resetSecondFactor } from '../../domain/accounts/second-factor.ts'
import { emailKey } from '../../domain/tracking/put-subscriber.ts'
import { howToLogIn } from '../how-to-log-in.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

const addCommand = defineCommand({
  meta: { name: 'add', description: 'Makes an account an operator\'s; makes the account where there is none.' },
  args: {
    email: { type: 'positional', required: true, description: 'The address of the account' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args: { email, json } }) => withRuntime('command', async ({ workplace, env }) => {
    const account = await workplace.inOneTransaction((work) => addOperator(work, email))
    if (json) printJson(account)
    else print(`${email} is an operator.${howToLogIn(account, env.appUrl)}`)
  }),
})

const resetCommand = defineCommand({
  meta: { name: 'reset-factor', description: 'Takes the second factor from an operator who lost it, and ends every session: the next log-in sets one up anew.' },
  args: {
    email: { type: 'positional', required: true, description: 'The address of the account' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args: { email, json } }) => withRuntime('command', async ({ workplace, log }) => {
    const { id, hadOne } = await workplace.inOneTransaction(async (work) => {
      const account = await findAccountOf(work, emailKey(email.trim()))
      if (!account?.isOperator) throw new Refusal('notFound', 'No operator has this address.')
      return { id: account.id, hadOne: await resetSecondFactor(work, account.id) }
    })
    log.info('The second factor of an operator was reset.', { account: id })
    if (json) printJson({ id, hadOne })
    else print(hadOne ? 'The second factor is gone and every session has ended. The next log-in sets one up anew.' : 'There was no second factor. Every session has ended.')
  }),
})

/** `ttc operator add EMAIL`: makes an operator; `reset-factor EMAIL`: for one who lost the second factor (H6). */
export const operatorCommand = defineCommand({
  meta: { name: 'operator', description: 'Makes operators.' },
  subCommands: { add: addCommand, 'reset-factor': resetCommand },
})
