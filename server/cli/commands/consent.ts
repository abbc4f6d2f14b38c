import { defineCommand } from 'citty'
import { findConsents } from '../../domain/consent/list-consents.ts'
import { print, printJson, withRuntime } from '../with-runtime.ts'

/** `ttc consent EMAIL|PHONE`: when, from where and in which words an address or a phone asked, confirmed and stopped (H6). */
export const consentCommand = defineCommand({
  meta: { name: 'consent', description: 'Shows when, from where and in which words an address or a phone asked, confirmed and stopped.' },
  args: {
    who: { type: 'positional', required: true, description: 'An e-mail address or a US phone number' },
    json: { type: 'boolean', default: false, description: 'Answer as JSON' },
  },
  run: ({ args: { who, json } }) => withRuntime('command', async ({ workplace }) => {
    const found = await findConsents(workplace.reading(), who)
    if (found === null) throw new Error(`“${who}” is neither an e-mail address nor a US phone number.`)
    if (json) printJson(found)
    else if (found.length === 0) print('Nothing is kept of it.')
    else for (const { at, act, emailAddress, phone, caseNumber, court, fromHash, words } of found) {
      const of = [emailAddress, ...(phone === null ? [] : [phone]), caseNumber === null ? 'no case' : `${caseNumber}, ${court}`, fromHash === null ? 'from nowhere known' : `from ${fromHash}`]
      print(`${at.toISOString()}\t${act}\t${of.join('\t')}\n${words.replace(/^/gm, '    ')}`)
    }
  }),
})
