import type { phones, subscribers, subscriptions } from '../../../db/schema.ts'
import { formatDay, formatInstant } from '../../contract/court-time.ts'
import { fullStop } from '../../contract/full-stop.ts'
import { fateLabels, type Fate, type WhyAnswer } from '../../contract/sent-view.ts'
import type { ChangeKind, EntryChoice } from '../../contract/vocabulary.ts'
import type { CourtProfile } from '../../profile/schema.ts'
import type { MessageRow } from './list-messages.ts'
import { sayFate } from './say-fate.ts'

export interface ChangeFacts {
  readonly id: number
  readonly kind: ChangeKind
  readonly recordedAt: Date
  readonly isQuiet: boolean
  readonly runId: number | null
  readonly isTexted: boolean
  /** Whether the kinds of entry that the subscription chose now let it through. */
  readonly isChosen: boolean
  /** The e-mail that told this change: that of its evening, or a later one that told what was missed; null where none did. */
  readonly notice: { readonly message: MessageRow; readonly isMissed: boolean } | null
  readonly text: MessageRow | null
}

export interface TrackingFacts {
  readonly subscription: typeof subscriptions.$inferSelect
  readonly subscriber: typeof subscribers.$inferSelect
  readonly phone: typeof phones.$inferSelect | null
  readonly profile: CourtProfile
  readonly now: Date
  /** Why nothing is told of the case (A5); null where it is. */
  readonly untold: string | null
  readonly nextEveningOn: string
}

type Said = Omit<WhyAnswer, 'sentId'>

const answered = (said: string, todo: string | null = null): WhyAnswer => ({ said, todo, sentId: null })

const entryChoiceSaid = {
  all: 'all entries', withoutRoutine: 'all entries but routine ones', decisions: 'orders, judgments, warrants and hearings only',
} as const

/** What came of a change by e-mail, or why nothing did: the first reason that holds (G8). */
export function explainEmail(facts: TrackingFacts, change: ChangeFacts): WhyAnswer {
  const { subscription, profile } = facts
  if (change.notice) {
    return fateSaid(facts, change.notice.message, change.notice.isMissed ? 'It was missed at first, and told in short in a later notice.' : 'It was in the notice of that evening.')
  }
  if (change.isQuiet) return answered('It came with older records that were taken in without telling anybody.', 'Look at the case page for the whole docket.')
  if (facts.untold !== null) return answered(facts.untold, 'Look at the case page from time to time.')
  const paused = pauseOver(facts, change.id)
  if (paused) return { ...paused, sentId: null }
  const stopped = stopBefore(facts, change.recordedAt)
  if (stopped) return { ...stopped, sentId: null }
  if (subscription.emailActiveAfter === null) return answered('E-mail of this case was not confirmed.', confirmTodo)
  if (change.id <= subscription.emailActiveAfter) {
    return answered(subscription.emailActiveAt === null ? 'It arrived before tracking by e-mail began.'
      : fullStop(`It arrived before tracking by e-mail began, or began again, on ${formatInstant(subscription.emailActiveAt, profile.timeZone)}`))
  }
  if (!change.isChosen) return { ...chosenSaid(subscription.entryChoice), sentId: null }
  if (change.runId === null) {
    return answered(`No evening has taken it yet. The next is that of ${formatDay(facts.nextEveningOn)}.`, 'Look for the notice after that evening.')
  }
  if (change.kind === 'rescheduled' && !(subscription.eventTenDays || subscription.eventTwoDays)) {
    return answered('A changed hearing without an entry is told to who chose notices before events.', 'Choose notices before scheduled events in My Cases.')
  }
  return answered('When the evening was held nothing of it was left to tell: it had been changed back, or was not tracked yet.', 'Look at the case page for what stands there now.')
}

/** The same by text; null where no text is owed in any case. */
export function explainText(facts: TrackingFacts, change: ChangeFacts): WhyAnswer | null {
  const { subscription, profile } = facts
  if (change.text) return fateSaid(facts, change.text, 'A text was made of it.')
  if (profile.policy.texts === 'off' || !change.isTexted || subscription.textState === 'none') return null
  if (change.isQuiet || facts.untold !== null) return answered('No text is owed, for the same reason.')
  const standing = textStanding(facts)
  if (standing) return { ...standing, sentId: null }
  if (subscription.textActiveAfter !== null && change.id <= subscription.textActiveAfter) return answered('It arrived before texts of this case began.')
  if (subscription.pausedBecause === 'asked') return { ...pausedSaid(facts), sentId: null }
  if (!change.isChosen) return { ...chosenSaid(subscription.entryChoice), sentId: null }
  return answered('No text of it is on record.', `Ask the ${profile.helpDesk.name}.`)
}

/** What keeps notices of a case from coming as things stand. */
export function sayStanding(facts: TrackingFacts): Said[] {
  const { subscription, profile } = facts
  const { emailState, entryChoice } = subscription
  const over = facts.untold !== null ? { said: facts.untold, todo: 'Look at the case page from time to time.' }
    : emailState === 'pending' ? { said: 'E-mail of this case is not confirmed.', todo: confirmTodo }
    : emailState === 'paused' ? pausedSaid(facts)
    : emailState === 'stopped' ? { said: 'You stopped tracking this case.', todo: 'Track it again to be told.' }
    : facts.subscriber.suppressedAt !== null ? suppressedSaid(facts)
    : null
  const chosen = entryChoice === 'all' ? null : chosenSaid(entryChoice)
  const texts = profile.policy.texts === 'off' || subscription.textState === 'none' ? null : textStanding(facts)
  return [over, chosen, texts].filter((one) => one !== null)
}

const chosenSaid = (choice: EntryChoice): Said =>
  ({ said: `You chose to be told of ${entryChoiceSaid[choice]}.`, todo: 'Choose all entries in My Cases to be told of every one.' })

const confirmTodo = 'Open the verification e-mail and press Confirm; look in spam for it too.'
const startTodo = 'Answer START to one of our texts from that phone.'
const mendTodo = 'Correct your address in My Account, or turn e-mail on again in My Cases.'

function pausedSaid({ subscription }: TrackingFacts): Said {
  if (subscription.pausedBecause === 'delivery' && subscription.pausedUntil !== null) {
    return { said: `Mail to your address came back: we try again on the evening of ${formatDay(subscription.pausedUntil)}.`, todo: 'See that your mailbox is not full.' }
  }
  if (subscription.pausedBecause === 'delivery') return { said: 'E-mail is paused because mail to your address came back.', todo: mendTodo }
  return {
    said: subscription.pausedUntil === null ? 'You paused notices of this case.' : `You paused notices of this case until ${formatDay(subscription.pausedUntil)}.`,
    todo: 'Turn it on again in My Cases.',
  }
}

const suppressedSaid = ({ subscriber }: TrackingFacts): Said => ({
  said: subscriber.suppressedBecause === 'complained' ? 'Nothing is sent to your address because a notice was marked as spam.' : 'Nothing is sent to your address because mail to it came back.',
  todo: mendTodo,
})

/** The pause that a change arrived in, if it lasts or its missed changes are not told yet. */
function pauseOver(facts: TrackingFacts, changeId: number): Said | null {
  const { missedAfter, missedThrough, pausedAt } = facts.subscription
  if (missedAfter === null || changeId <= missedAfter) return null
  if (pausedAt !== null) return { said: `It arrived while e-mail was paused. ${pausedSaid(facts).said}`, todo: pausedSaid(facts).todo }
  if (missedThrough === null || changeId > missedThrough) return null
  return { said: 'It arrived while e-mail was paused. The next notice tells in short what was missed.', todo: 'Look at the case page for all of it.' }
}

function stopBefore({ subscription, profile }: TrackingFacts, recordedAt: Date): Said | null {
  const { emailState, stoppedAt } = subscription
  if (emailState !== 'stopped' || stoppedAt === null || stoppedAt > recordedAt) return null
  return { said: fullStop(`You stopped tracking this case on ${formatInstant(stoppedAt, profile.timeZone)}`), todo: 'Track it again to be told.' }
}

function textStanding({ subscription, phone, profile }: TrackingFacts): Said | null {
  const ending = phone === null ? 'The phone' : `The phone ending in ${phone.number.slice(-4)}`
  if (subscription.textState === 'stopped') return { said: 'Texts of this case are stopped.', todo: 'Ask for texts again in My Cases.' }
  if (phone?.stoppedAt) return { said: fullStop(`${ending} answered STOP on ${formatInstant(phone.stoppedAt, profile.timeZone)}`), todo: startTodo }
  if (subscription.textState === 'pending') return { said: `${ending} is not confirmed yet.`, todo: 'Open the link in the verification text; ask for texts again to get another.' }
  return null
}

const todoOf: Readonly<Record<Fate, string | null>> = {
  queued: null,
  waitingForHours: null,
  sent: 'If it is not there, look in spam, and add our sender to your contacts.',
  delivered: 'If you do not see it, look in spam.',
  bounced: 'Check the address or phone, and that the mailbox is not full.',
  failed: 'Look at the case page; ask the help desk if it happens again.',
  cancelled: null,
  unknown: 'Look at the case page; nothing else is missed.',
}

function fateSaid({ profile, now }: TrackingFacts, message: MessageRow, lead: string): WhyAnswer {
  const { fate, fateSaid: more } = sayFate(message, profile, now)
  return { said: `${lead} ${fateLabels[fate]}: ${more}`, todo: todoOf[fate], sentId: message.id }
}
