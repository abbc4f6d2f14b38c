// One process of an evening on either engine: fork(engine-worker.ts), then an order. It opens its database once it is told which.
import { chooseEngine, engineOf } from '../db/engine.ts'
import { giveWay } from '../server/cli/give-way.ts'

export type WorkerOrder =
  | { readonly kind: 'giveWay' }
  | { readonly kind: 'plan'; readonly databaseUrl: string }
  | { readonly kind: 'prepare'; readonly databaseUrl: string; readonly providerUrl: string }
  | { readonly kind: 'go' }

/** `ms` is what the order itself took, without starting and opening. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly ms: number; readonly notices: number }

const say = (answer: WorkerAnswer): void => void process.send?.(answer)

let deliver: (() => Promise<number>) | undefined

async function open(databaseUrl: string) {
  chooseEngine(engineOf(databaseUrl))
  // Not before: the tables are made for the engine that was chosen.
  return import('./our-evening.ts')
}

async function plan(databaseUrl: string): Promise<void> {
  const { openWorkplace, planOurEvening } = await open(databaseUrl)
  const workplace = openWorkplace(databaseUrl)
  const began = performance.now()
  const notices = await planOurEvening(workplace)
  say({ kind: 'done', ms: performance.now() - began, notices })
  await workplace.close()
}

async function prepare(databaseUrl: string, providerUrl: string): Promise<void> {
  const { deliverOurs, openWorkplace } = await open(databaseUrl)
  const workplace = openWorkplace(databaseUrl)
  deliver = async () => {
    const sent = await deliverOurs(workplace, providerUrl)
    await workplace.close()
    return sent
  }
  say({ kind: 'ready' })
}

async function go(): Promise<void> {
  const began = performance.now()
  const notices = await deliver?.() ?? 0
  say({ kind: 'done', ms: performance.now() - began, notices })
}

process.on('message', (order: WorkerOrder) => {
  if (order.kind === 'giveWay') return giveWay()
  const doing = order.kind === 'plan' ? plan(order.databaseUrl)
    : order.kind === 'prepare' ? prepare(order.databaseUrl, order.providerUrl)
    : go()
  doing.catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
