import type { StopChoice } from './vocabulary.ts'
import { notOfficial, stopAllQuestion, stopChoiceLabels, stopListedQuestion, stopQuestion } from './wording.ts'

// What is said beside a button, in one place for the page that says it and for the proof that keeps it (H6): other words on a page
// are other words in the proof. A proof names no case, so that it outlives one that is expunged (A9).

/** Stands in a proof where a page has the number. */
export const caseNumberHere = '[case number]'

export interface Terms {
  readonly sender: { readonly name: string; readonly email: string }
  /** Null where the court sends no texts. */
  readonly texts: { readonly sender: string; readonly takesReplies: boolean } | null
  /** Whose address is verified already, so that a text waits for nothing (C4). */
  readonly isLoggedIn: boolean
}

/** B7, point by point, with `caseNumberHere`. */
export const trackingTerms = ({ sender, texts }: Terms): readonly string[] => [
  'It is free, for any number of cases.',
  `Your request covers case number ${caseNumberHere} only. Every other case needs its own request, even one with the same names.`,
  'Notices are a courtesy. They are not official court notice, service of process or legal advice.',
  'Notices leave in the evening. They can be late or lost. That excuses no deadline and no appearance: a deadline runs from the filing date, not from the day you hear of it.',
  `E-mail comes from ${sender.name} (${sender.email}). Replies are not read.`,
  ...(texts === null ? [] : [
    `Texts come from ${texts.sender}. Replies are not read${texts.takesReplies ? ', except STOP and HELP' : ''}. Your carrier may charge you for texts. Only the carriers listed in the form are available.`,
  ]),
]
/** B7. */
export const emailBeforeText = 'IMPORTANT: your e-mail request must be verified before your text request can be activated.'

const pressed = (button: string): string => `Button: ${button}`
const together = (...said: readonly string[]): string => said.join('\n')

/** Of the form, by e-mail or for texts as well. */
export function askedWords(terms: Terms, isForTexts: boolean): string {
  return together(
    ...trackingTerms(terms), ...(terms.texts === null || terms.isLoggedIn ? [] : [emailBeforeText]),
    ...(isForTexts ? ['Chosen: Receive text notices'] : []), pressed('Track This Case'),
  )
}

/** C2: beside the button of a confirm link, by what it confirms. */
export const untilConfirmed = {
  tracking: 'Nothing is tracked until you press the button.',
  change: 'Nothing changes until you press the button.',
  text: 'No texts are sent until you press the button.',
} as const
export const notYourRequest = 'You did not ask for this? Close this page, and nothing happens.'
export const confirmedWords = (what: keyof typeof untilConfirmed): string => together(untilConfirmed[what], notYourRequest, pressed('Confirm'))

/** G1: where an account and another address for it are asked for, and beside the button of the link that confirms it. */
export const accountTerms = {
  register: 'An account shows all your cases on one page. What this address tracks already is there too.',
  changeAddress: 'We send a link to the new address. When it is used, all that you track moves there; what that address tracks already is in your account then.',
} as const
export const untilAccountConfirmed = {
  register: 'There is no account until you press the button.',
  changeAddress: 'The address of your account is the old one until you press the button. All that you track moves to this one then, and every other session ends.',
} as const
const accountButtons = { register: 'Register', changeAddress: 'Change the address' } as const
export const accountAskedWords = (what: keyof typeof accountTerms): string => together(accountTerms[what], pressed(accountButtons[what]))
export const accountConfirmedWords = (what: keyof typeof accountTerms): string => together(untilAccountConfirmed[what], notYourRequest, pressed('Confirm'))

/** D2: where an account adds cases by number or from a list. */
export const trackedAtOnce = `Notices of what is entered from now on go to the e-mail address of your account. ${notOfficial}`
export const addedWords = together('My Cases', trackedAtOnce)
export const resumedWords = together('My Cases', pressed('Resume'))

/** E1, E2. */
const stopWordsOf = (question: string, choice: StopChoice): string => together(question, stopChoiceLabels[choice], pressed('YES'))
export const stopWords = {
  case: (choice: StopChoice) => stopWordsOf(stopQuestion(caseNumberHere), choice),
  listed: (choice: StopChoice) => stopWordsOf(stopListedQuestion, choice),
  all: (choice: StopChoice) => stopWordsOf(stopAllQuestion, choice),
} as const
/** E4. */
export const oneClickWords = 'One click on “Unsubscribe” in the mail program (RFC 8058)'
export const stopInMyCases = { emailAndText: 'Stop e-mail and text', textOnly: 'Stop text only' } as const
export const myCasesStopWords = (choice: StopChoice): string => together('My Cases', pressed(stopInMyCases[choice]))
/** E6. */
export const repliedWords = (word: 'STOP' | 'START'): string => `Reply to a text: ${word}`
