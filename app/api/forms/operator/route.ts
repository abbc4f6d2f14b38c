import { getCaller } from '../../../_trpc/caller.ts'
import { readVisitor } from '../../../_trpc/visitor.ts'
import { answerAct } from '../answer-act.ts'
import { answerTyped } from '../answer-typed.ts'
import { answerForm, fieldOf } from '../read-form.ts'

const failures = '/operator/failures'
const outages = '/operator/outages'

/** The buttons and forms of the operator's pages. For who is no operator there is no such address (S15); the procedures decide. */
export const POST = (request: Request): Promise<Response> => answerForm(request, async (form) => {
  const visitor = await readVisitor()
  if (visitor?.isOperator !== true) return notThere()
  if (!visitor.hasSecondFactor) return new Response(null, { status: 303, headers: { location: '/login/second-factor?next=%2Foperator', 'cache-control': 'no-store' } })
  const { operator } = await getCaller()
  const id = Number(fieldOf(form, 'id'))
  const typed = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]))
  switch (fieldOf(form, 'action')) {
    case 'retry': return answerAct(failures, () => operator.retry({ id, mayLeaveTwice: fieldOf(form, 'mayLeaveTwice') !== '' }))
    case 'releaseEvening': return answerAct('/operator', () => operator.releaseEvening({ id }))
    case 'redriveJobs': return answerAct(failures, () => operator.redriveJobs())
    case 'liftSuppression': return answerAct(failures, () => operator.liftSuppression({ subscriberId: id }))
    case 'endOutage': return answerAct(outages, () => operator.endOutage({ id }))
    case 'announceOutage': return answerTyped({ page: outages, typed: typed('startsAt', 'startsAtTime', 'endsAt', 'endsAtTime', 'what', 'unplanned') }, () => operator.announceOutage({
      startsAt: fieldOf(form, 'startsAt'), startsAtTime: fieldOf(form, 'startsAtTime'), endsAt: fieldOf(form, 'endsAt'),
      endsAtTime: fieldOf(form, 'endsAtTime'), what: fieldOf(form, 'what'), isPlanned: fieldOf(form, 'unplanned') === '',
    }))
    case 'grantRegistered':
    case 'addOperator': return answerTyped({ page: '/operator/accounts', typed: typed('email', 'name', 'mailingAddress', 'barNumber') }, () => {
      const email = fieldOf(form, 'email')
      return fieldOf(form, 'action') === 'addOperator' ? operator.addOperator({ email }) : operator.grantRegistered({
        email, name: fieldOf(form, 'name'), mailingAddress: fieldOf(form, 'mailingAddress'), barNumber: fieldOf(form, 'barNumber'),
      })
    })
    default: return notThere()
  }
})

const notThere = (): Response => new Response('Not found.', { status: 404, headers: { 'cache-control': 'no-store' } })
