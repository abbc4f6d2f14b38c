import { setTimeout as sleep } from 'node:timers/promises'
import SuperJSON from 'superjson'
import { describe, expect, it } from 'vitest'
import { evenMs, inEvenTime } from './even-time.ts'
import { answerProcedures } from './routers/answer-procedures.ts'
import { aContext, openCaptcha } from './testing/a-context.ts'
import { diceFor } from './domain/demo/dice.ts'
import { putTestAccount } from './testing/put-account.ts'
import { putCase } from './testing/put-case.ts'
import { rowCounts } from './testing/row-counts.ts'
import { differenceOf } from './testing/torture/mann-whitney.ts'
import { counted, isLong, report, seed, sized } from './testing/torture/scale.ts'
import { track } from './testing/visitor.ts'
import { openWorld, type World } from './testing/world.ts'

// What is known of an address or a case is told by no word, status, header or time of an answer (N5). The sides of a pair are asked in turn;
// the pairs side by side, for an answer mostly waits until its time is even. When is left to chance: as even as answers are, one side would
// always be asked beside the same of another pair.

const known = 'known@mail.example'
const unknown = 'other@mail.example'
const [open, closed, absent] = ['26BA-CV00001', '26BA-CV00002', '26BA-CV00003']
const evenly = inEvenTime(isLong ? evenMs : 20)

async function openKnown(): Promise<World> {
  const world = await openWorld()
  await world.work((work) => putCase(work, { number: open }))
  await world.work((work) => putCase(work, { number: closed, security: 'confidential' }))
  await putTestAccount(world, known)
  await track(world, known, open)
  return world
}

interface Asked {
  readonly status: number
  readonly headers: string
  readonly body: string
  readonly ms: number
}

async function ask(world: World, procedure: string, input: unknown, isQuery = false): Promise<Asked> {
  const body = SuperJSON.stringify(input)
  const address = `http://localhost:3000/api/trpc/${procedure}`
  const request = isQuery ? new Request(`${address}?input=${encodeURIComponent(body)}`) : new Request(address, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const began = performance.now()
  const answer = await answerProcedures(request, () => aContext(world, { captcha: openCaptcha, evenly }))
  const text = await answer.text()
  return { status: answer.status, headers: JSON.stringify([...answer.headers]), body: text, ms: performance.now() - began }
}

const form = (email: string) => ({ email, confirmEmail: email, wantsText: false, phone: '', carrier: '', eventTenDays: false, eventTwoDays: false, paymentTwoDays: false })
const ofCase = (procedure: string) => (world: World, number: string) => ask(world, procedure, procedure === 'cases.byNumber' || procedure === 'cases.parties' ? { number } : { number, order: 'newest', filter: '', page: 1 }, true)

/** Two sides of what nobody may know, and how each is asked. Those of `writes` leave other rows behind on each side: mail, for one. */
const pairs: Readonly<Record<string, { readonly sides: readonly [string, string]; readonly ask: (world: World, side: string) => Promise<Asked>; readonly writes: boolean }>> = {
  'a case tracked or not': { sides: [known, unknown], ask: (world, email) => ask(world, 'tracking.request', { number: open, form: form(email), captcha: 'x' }), writes: true },
  'a report of an address that tracks or not': { sides: [known, unknown], ask: (world, email) => ask(world, 'tracking.requestReport', { number: open, form: form(email), captcha: 'x' }), writes: true },
  'a new password of an address with an account or without': { sides: [known, unknown], ask: (world, email) => ask(world, 'account.requestReset', { email, captcha: 'x' }), writes: true },
  'a confidential case tracked, or one that is not there': { sides: [closed, absent], ask: (world, number) => ask(world, 'tracking.request', { number, form: form(unknown), captcha: 'x' }), writes: false },
  'a confidential case looked at, or one that is not there': { sides: [closed, absent], ask: ofCase('cases.byNumber'), writes: false },
  'the docket of one': { sides: [closed, absent], ask: ofCase('cases.docket'), writes: false },
}

const neutral = (text: string): string => [known, unknown, closed, absent].reduce((said, one) => said.replaceAll(one, '…'), text)

// So rare is what a measurement of two sides shows that are one.
const leastP = 0.01

describe.concurrent('S4: what is known', () => {
  for (const [what, { sides, ask: askOf, writes }] of Object.entries(pairs)) {
    it(`is told apart by no word, status, header or time: ${what}`, async ({ onTestFinished }) => {
      const count = sized(8, 2_000)
      const world = await openKnown()
      onTestFinished(() => world.close())
      const answers = new Set<string>()
      const before = await rowCounts(world)
      const times: number[] = []
      const dice = diceFor(seed, what)
      const measure = async () => {
        const [first, second]: [number[], number[]] = [[], []]
        // Neither side is always asked first, and what is done for the first time of all is not counted.
        for (let nth = -10; nth < count; nth++) {
          for (const at of dice.chance(0.5) ? [0, 1] as const : [1, 0] as const) {
            if (isLong) await sleep(dice.between(0, evenMs / 2))
            const { ms, ...told } = await askOf(world, sides[at])
            answers.add(neutral(JSON.stringify(told)))
            if (nth >= 0) (at === 0 ? first : second).push(ms)
          }
          // An address over its limits is sent no more, and takes less time: another day.
          if (nth % 2 === 0) world.clock.passMinutes(24 * 60)
        }
        times.push(...first, ...second)
        const { medians, p } = differenceOf(first, second)
        const apart = Math.abs(medians[0] - medians[1])
        return { isTimeless: apart <= 2 && p > leastP, said: `medians ${apart.toFixed(2)} ms apart, p = ${p.toFixed(3)}` }
      }
      const measured = [await measure()]
      // Of what cannot be told apart, one measurement in a hundred says otherwise; what can is seen again.
      if (isLong && measured[0]?.isTimeless === false) measured.push(await measure())
      const isTimeless = measured.some((one) => one.isTimeless)
      const isSilent = answers.size === 1 && (writes || JSON.stringify(await rowCounts(world)) === JSON.stringify(before))
      report('S4', `${what}: ${counted(count)} each, ${isSilent ? 'the same words' : `${answers.size} answers`}, ${measured.map(({ said }) => said).join(', and again ')}`, isSilent && (isTimeless || !isLong))
      expect([...answers], `seed ${seed}`).toHaveLength(1)
      if (!writes) expect(await rowCounts(world)).toEqual(before)
      if (isLong) expect(measured.filter((one) => !one.isTimeless).length).toBeLessThan(measured.length)
      else if (writes) expect(Math.min(...times)).toBeGreaterThan(18)
    })
  }
})
