import { defineCommand } from 'citty'
import { addOperator } from '../../domain/accounts/add-operator.ts'
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

/** `ttc operator add EMAIL`: makes an operator. */
export const operatorCommand = defineCommand({
  meta: { name: 'operator', description: 'Makes operators.' },
  subCommands: { add: addCommand },
})
