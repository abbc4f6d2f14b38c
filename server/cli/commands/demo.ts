import { defineCommand } from 'citty'
import { putDemoData } from '../../domain/demo/put-demo-data.ts'
import { showProgress } from '../progress.ts'
import { print, withRuntime } from '../with-runtime.ts'

const wholeNumber = (name: string, given: string): number => {
  if (!/^\d+$/.test(given)) throw new Error(`--${name} must be a whole number, not "${given}".`)
  return Number(given)
}

/** `ttc demo`: adds invented data of any size, the same for the same seed. */
export const demoCommand = defineCommand({
  meta: { name: 'demo', description: 'Adds deterministic demonstration data.' },
  args: {
    cases: { type: 'string', default: '2000', description: 'Cases with history, a rich one for the first 3,000' },
    subscriptions: { type: 'string', default: '0', description: 'Active subscriptions' },
    entries: { type: 'string', default: '0', description: 'Entries of today that arrive after those became active' },
    seed: { type: 'string', default: '1', description: 'Another seed, other data' },
  },
  run: ({ args }) => withRuntime('command', async ({ workplace, site, env }) => {
    if (env.isProduction) throw new Error('Demonstration data is for a loopback APP_URL only: its subscribers do not exist.')
    const size = {
      cases: wholeNumber('cases', args.cases),
      subscriptions: wholeNumber('subscriptions', args.subscriptions),
      entries: wholeNumber('entries', args.entries),
      seed: wholeNumber('seed', args.seed),
    }
    const progress = showProgress('Demonstration data', size.cases + size.subscriptions + size.entries, 'rows')
    await putDemoData(workplace, site, size, (done) => progress.to(done))
    progress.end()
    print(`Added ${size.cases} cases, ${size.subscriptions} subscriptions and ${size.entries} entries of today.`)
  }),
})
