import SuperJSON from 'superjson'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diceFor, type Dice } from '../domain/demo/dice.ts'
import { fieldOf } from '../contract/field-of.ts'
import { aContext, openCaptcha } from '../testing/a-context.ts'
import { badStrings, badValue } from '../testing/torture/bad-values.ts'
import { putTestAccount } from '../testing/put-account.ts'
import { putCase, putEntry } from '../testing/put-case.ts'
import { rowCounts } from '../testing/row-counts.ts'
import { counted, report, seed, sized } from '../testing/torture/scale.ts'
import { track } from '../testing/visitor.ts'
import { openWorld, type World } from '../testing/world.ts'
import { answerProcedures } from './answer-procedures.ts'
import { appRouter } from './app-router.ts'

interface Parser {
  safeParse(value: unknown): { readonly success: boolean }
}

const hasParser = (value: unknown): value is Parser => typeof fieldOf(value, 'safeParse') === 'function'

const procedures = Object.entries(appRouter._def.procedures).map(([name, procedure]: [string, unknown]) => {
  const definition: unknown = typeof procedure === 'function' && '_def' in procedure ? procedure._def : undefined
  const inputs = fieldOf(definition, 'inputs')
  return { name, isQuery: fieldOf(definition, 'type') === 'query', parsers: Array.isArray(inputs) ? inputs.filter(hasParser) : [] }
})
const withInput = procedures.filter(({ parsers }) => parsers.length > 0)

let world: World
let accountId: number
beforeAll(async () => {
  world = await openWorld()
  await world.work(async (work) => putEntry(work, await putCase(work, { number: '26BA-CV00077' })))
  await track(world, 'pat@example.com', '26BA-CV00077')
  accountId = await putTestAccount(world, 'pat@example.com', { isOperator: true })
})
afterAll(() => world.close())

const failures: string[] = []
const log = { info: () => undefined, error: (what: string, error: unknown) => void failures.push(`${what} ${String(error)}`) }

function call(address: string, body: string | null, isLoggedIn: boolean): Promise<Response> {
  const request = new Request(`http://localhost:3000/api/trpc/${address}`, body === null ? {} : { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  return answerProcedures(request, () => aContext(world, { log, captcha: openCaptcha, ...(isLoggedIn && { accountId }) }))
}

/** Everything that an input of ours can hold, rightly: what a procedure does not know it leaves out. */
const plausible = {
  number: '26BA-CV00077', court: '13-BOONE', q: 'Harbor', order: 'newest', filter: '', page: 1, token: '1-1-AAAA', purpose: 'stop', scope: 'case', choice: 'emailAndText', id: 1, ids: [1],
  form: { email: 'a@b.example', confirmEmail: 'a@b.example', wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false },
  captcha: 'x', email: 'a@b.example', password: 'seven quiet herons', name: 'Name', search: { q: 'Harbor' }, lines: [{ number: '26BA-CV00077', court: null }],
  options: { eventTenDays: true, eventTwoDays: true, paymentTwoDays: true }, before: '', through: 1, until: null, subscriptionId: 1, feed: 'atom',
}

/** One of its values, at any depth, replaced by what does not belong there; or another value altogether. */
function spoiled(dice: Dice, value: unknown = plausible): unknown {
  if (dice.chance(0.15) || typeof value !== 'object' || value === null || Object.keys(value).length === 0) return badValue(dice)
  const copy: Record<string, unknown> = { ...value }
  for (let times = dice.between(1, 3); times > 0; times--) {
    const name = dice.pick(Object.keys(copy))
    copy[name] = spoiled(dice, copy[name])
  }
  return copy
}

const rawBodies = [
  '', '{', '[', 'null', '"', '\u0000', '{"json":', '[]', '{"json":null,"meta":null}', '{"json":{},"meta":{"values":{"__proto__.x":["Date"]}}}', '{"json":{},"meta":{"values":{"a.b":["undefined"]}}}',
  '{"json":{"id":"x"},"meta":{"values":{"id":["bigint"]}}}', '{"json":{"id":"x"},"meta":{"values":{"id":["Date"]}}}', '{"json":{"id":"["},"meta":{"values":{"id":["regexp"]}}}', '{"json":{"id":5},"meta":{"values":{"id":["set"]}}}',
  '{"json":{"id":5},"meta":{"values":{"id":[["custom","x"]]}}}', '{"json":{"id":5},"meta":{"referentialEqualities":{"id":["__proto__"]}}}', '{"json":{"id":5},"meta":{"values":5}}', '{"json":{"id":5},"meta":[]}',
  '{"__proto__":{"isOperator":true},"json":{"__proto__":{"isOperator":true},"constructor":{"prototype":{"isOperator":true}}}}', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, `{"json":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
]

describe('S1: what is not in the right form, given to every procedure', () => {
  it('is refused, and nothing is written', async () => {
    const dice = diceFor(seed, 'malformed input')
    const count = sized(600, 60_000)
    const before = await rowCounts(world)
    const wrong: string[] = []
    let malformed = 0
    for (let nth = 0; nth < count; nth++) {
      const { name, isQuery, parsers } = nth % 8 === 0 ? dice.pick(procedures) : dice.pick(withInput)
      const isLoggedIn = dice.chance(0.8)
      const isRaw = dice.chance(0.2) || parsers.length === 0
      const body = isRaw ? dice.pick(rawBodies) : SuperJSON.stringify(spoiled(dice))
      const isWellFormed = !isRaw && parsers.every((parser) => parser.safeParse(SuperJSON.parse(body)).success)
      // What is in the right form may do what it asks; a raw one that says nothing may be enough for what takes nothing.
      if (!isQuery && (isWellFormed || parsers.length === 0)) continue
      malformed++
      const answer = isQuery && (body.length < 20_000 || isRaw)
        ? await call(`${name}?input=${encodeURIComponent(body)}`, null, isLoggedIn)
        : await call(name, body, isLoggedIn)
      const isRefused = answer.status >= 400 && answer.status < 500
      if (!isRefused && !(answer.status === 200 && isQuery)) wrong.push(`${answer.status} of ${name} for ${body.slice(0, 200)}`)
    }
    const after = await rowCounts(world)
    const isMet = wrong.length === 0 && failures.length === 0 && JSON.stringify(after) === JSON.stringify(before)
    report('S1', `${counted(malformed)} inputs to procedures, ${counted(wrong.length)} answers of 5xx`, isMet)
    expect([...wrong, ...failures].slice(0, 10), `seed ${seed}`).toEqual([])
    expect(after).toEqual(before)
    expect(Object.hasOwn(Object.prototype, 'isOperator')).toBe(false)
  })

  it('is refused where it is in the right form and makes no sense', async () => {
    const dice = diceFor(seed, 'odd input')
    const wrong: string[] = []
    let asked = 0
    for (const { name, isQuery, parsers } of withInput) {
      // A password is hashed for a twentieth of a second.
      const count = name.startsWith('account.') ? sized(2, 20) : sized(6, 1_000)
      for (let time = 0; time < count; time++) {
        const text = dice.pick(badStrings)
        const part = dice.pick(['number', 'court', 'q', 'filter', 'token', 'email', 'name', 'password', 'note', 'until', 'before', 'captcha', 'ids', 'id', 'page', 'search', 'lines', 'form'])
        const nested = part === 'search' ? { q: text } : part === 'lines' ? [{ number: text, court: text }] : part === 'form' ? { ...plausible.form, phone: text, wantsText: true, carrier: text }
          : part === 'ids' ? [dice.pick([1e15, 2 ** 53 - 1, 4_294_967_297])] : part === 'id' || part === 'page' ? dice.pick([1e15, 2 ** 53 - 1, 4_294_967_297]) : text
        const input = { ...plausible, mailingAddress: text, barNumber: text, [part]: nested, ...(part === 'email' && { form: { ...plausible.form, email: text, confirmEmail: text } }) }
        if (!parsers.every((parser) => parser.safeParse(input).success)) continue
        asked++
        const body = SuperJSON.stringify(input)
        const answer = isQuery ? await call(`${name}?input=${encodeURIComponent(body)}`, null, true) : await call(name, body, dice.chance(0.8))
        if (answer.status >= 500) wrong.push(`${answer.status} of ${name} for ${part} ${JSON.stringify(nested).slice(0, 200)}`)
      }
    }
    report('S1', `${counted(asked)} odd ones, ${counted(wrong.length)} answers of 5xx`, wrong.length === 0 && failures.length === 0)
    expect([...wrong, ...failures].slice(0, 10), `seed ${seed}`).toEqual([])
  })
})
